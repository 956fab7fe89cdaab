package io.plutorun.demo;

import io.plutorun.demo.DemoProgram.Curve;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a training program with the agent attached, in a JVM of its own and exactly as a user would start it. Then shows the runs that
 * the server has, curves of each, and what to do next.
 *
 * <p>The server is a fake one on this machine, so the demo needs no account. If {@code PLUTO_API_KEY} is set, the server is the real one
 * that the environment names.
 */
public final class DemoRunner {

    private static final String NEXT_WITH_KEY = """

            The runs are on the server that PLUTO_API_KEY belongs to: follow the links above.

            What to do next
              Track your training:   java -javaagent:agent/target/pluto-agent.jar -jar training.jar
                                     README.md, "Your first run", shows how""";

    private DemoRunner() {}

    /**
     * Ends with the program's exit code, or with 1 if no run reached the server: a demo that fails must fail the build. A machine that
     * lacks what XGBoost needs is no failure.
     *
     * @param args the agent's jar, the folder of the module {@code demo-app}, and the name of the program
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Optional<DemoProgram> named = DemoProgram.named(args[2]);
        if (named.isEmpty()) {
            System.err.println("demo: there is no program \"" + args[2] + "\"; write -Ddemo=tribuo or -Ddemo=xgboost");
            System.exit(1);
        }
        DemoProgram program = named.orElseThrow();
        List<Path> classPath = program.classPath(Path.of(args[1]).normalize());
        String missing = program.equals(DemoProgram.XGBOOST) ? NativeLibrary.whyItDoesNotLoad(classPath) : null;
        if (missing != null) {
            System.err.println("demo: XGBoost's own library does not load on this machine (" + missing
                    + "). It needs OpenMP: install libgomp1 (Debian, Ubuntu), libgomp (Fedora) or libomp (macOS), and try"
                    + " again. The other demo needs nothing: mvn -q -Pdemo");
            System.exit(0);
        }
        ProcessBuilder process = program.start(Path.of(args[0]).normalize(), classPath);
        String key = System.getenv().getOrDefault("PLUTO_API_KEY", "");
        System.exit(key.isBlank() ? runWithFakeServer(program, process) : runWithRealServer(process));
    }

    private static int runWithFakeServer(DemoProgram program, ProcessBuilder process)
            throws IOException, InterruptedException {
        Texts texts = program.texts();
        System.out.println(texts.intro());
        System.out.println(
                "The server is a stand-in on this machine. It ends with the demo, so the links lead nowhere.\n");
        try (FakePluto pluto = FakePluto.start()) {
            Map<String, String> environment = process.environment();
            // Other PLUTO_* variables stay: they can be tried with the demo.
            environment.keySet().removeIf(name -> name.equals("PLUTO_HOST") || name.startsWith("PLUTO_URL_"));
            environment.putAll(pluto.environment());
            int exit = process.start().waitFor();

            if (pluto.runs().isEmpty()) {
                System.err.println("demo: no run reached the server. The agent's lines above say why.");
                return exit == 0 ? 1 : exit;
            }
            System.out.println("\n" + texts.runs() + "\n");
            System.out.print(pluto.table());
            System.out.println("\n" + texts.curves());
            pluto.runs().forEach(run -> System.out.println(curves(pluto, run, program.curves())));
            System.out.println(texts.next());
            return exit;
        }
    }

    /** A run in one line: its curves, and what each came to. */
    private static String curves(FakePluto pluto, FakeRun run, List<Curve> curves) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-6s %-15s", run.displayId(), run.name()));
        for (Curve curve : curves) {
            double[] values = pluto.series(run.id(), curve.series()).values();
            line.append(' ').append(curve.label()).append(' ');
            if (values.length > 1) {
                line.append(Sparkline.of(values)).append(' ');
            }
            line.append(last(values)).append(' ');
        }
        return line.toString().stripTrailing();
    }

    private static String last(double[] values) {
        return values.length == 0 ? "none" : String.format(Locale.ROOT, "%.4f", values[values.length - 1]);
    }

    private static int runWithRealServer(ProcessBuilder process) throws IOException, InterruptedException {
        int exit = process.start().waitFor();
        System.out.println(NEXT_WITH_KEY);
        return exit;
    }
}

package io.plutorun.demo;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the training program with the agent attached, in a JVM of its own and exactly as a user would start it. Then shows the runs that
 * the server has, a curve of each, and what to do next.
 *
 * <p>The server is a fake one on this machine, so the demo needs no account. If {@code PLUTO_API_KEY} is set, the server is the real one
 * that the environment names.
 */
public final class DemoRunner {

    private static final String PROGRAM = "com.example.digits.DigitsTraining";

    /** The loss stands in Tribuo's own log: "At iteration 50, average loss = 0.41 with 16 examples per batch". */
    private static final String LOSS = """
            [{"line": "At iteration (\\\\d+), average loss = (\\\\S+)", "step": 1, "values": {"train/loss": 2}}]""";

    private static final String NEXT_WITHOUT_KEY = """

            What to do next
              1. Look at the program:   demo-app/src/main/java/com/example/digits/DigitsTraining.java
              2. See it on Pluto:       make a key at https://pluto.trainy.ai/api-keys, then
                                        PLUTO_API_KEY=... mvn -q -Pdemo
              3. Track your training:   java -javaagent:agent/target/pluto-agent.jar -jar training.jar
                                        README.md, "Your first run", shows how""";

    private static final String NEXT_WITH_KEY = """

            The runs are on the server that PLUTO_API_KEY belongs to: follow the links above.

            What to do next
              Track your training:   java -javaagent:agent/target/pluto-agent.jar -jar training.jar
                                     README.md, "Your first run", shows how""";

    private DemoRunner() {}

    /**
     * Ends with the program's exit code, or with 1 if no run reached the server: a demo that fails must fail the build.
     *
     * @param args the agent's jar, and the {@code target} folder of the program's module
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        ProcessBuilder program =
                program(Path.of(args[0]).normalize(), Path.of(args[1]).normalize());
        String key = System.getenv().getOrDefault("PLUTO_API_KEY", "");
        System.exit(key.isBlank() ? runWithFakeServer(program) : runWithRealServer(program));
    }

    private static int runWithFakeServer(ProcessBuilder program) throws IOException, InterruptedException {
        System.out.println(
                "The demo trains six models on handwritten digits. Lines that begin with \"pluto:\" are the agent's.");
        System.out.println(
                "The server is a stand-in on this machine. It ends with the demo, so the links lead nowhere.\n");
        try (FakePluto pluto = FakePluto.start()) {
            Map<String, String> environment = program.environment();
            // Other PLUTO_* variables stay: they can be tried with the demo.
            environment.keySet().removeIf(name -> name.equals("PLUTO_HOST") || name.startsWith("PLUTO_URL_"));
            environment.putAll(pluto.environment());
            int exit = program.start().waitFor();

            if (pluto.runs().isEmpty()) {
                System.err.println("demo: no run reached the server. The agent's lines above say why.");
                return exit == 0 ? 1 : exit;
            }
            System.out.println("\nThe server now has these runs. The best one was resumed for the final evaluation:\n");
            System.out.print(pluto.table());
            System.out.println("""

                    Their loss, which PLUTO_METRIC_LINES reads from Tribuo's own log (a log-likelihood, so 0 is best), and
                    the accuracy that the program logs:
                    """);
            pluto.runs().forEach(run -> System.out.println(curves(pluto, run)));
            System.out.println(NEXT_WITHOUT_KEY);
            return exit;
        }
    }

    /** A run in one line: how its loss fell, and what it came to. */
    private static String curves(FakePluto pluto, FakeRun run) {
        double[] losses = pluto.series(run.id(), "train/loss").values();
        double[] accuracies = pluto.series(run.id(), "validation/accuracy").values();
        return String.format(
                Locale.ROOT,
                "  %-6s %-15s loss %s %s  accuracy %s",
                run.displayId(),
                run.name(),
                Sparkline.of(losses),
                last(losses),
                last(accuracies));
    }

    private static String last(double[] values) {
        return values.length == 0 ? "none" : String.format(Locale.ROOT, "%.4f", values[values.length - 1]);
    }

    private static int runWithRealServer(ProcessBuilder program) throws IOException, InterruptedException {
        int exit = program.start().waitFor();
        System.out.println(NEXT_WITH_KEY);
        return exit;
    }

    private static ProcessBuilder program(Path agent, Path target) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String libraries = Files.readString(target.resolve("class-path.txt")).strip();
        String classPath = target.resolve("classes") + File.pathSeparator + libraries;
        ProcessBuilder program = new ProcessBuilder(java, "-javaagent:" + agent, "-cp", classPath, PROGRAM).inheritIO();
        program.environment().putIfAbsent("PLUTO_METRIC_LINES", LOSS);
        return program;
    }
}

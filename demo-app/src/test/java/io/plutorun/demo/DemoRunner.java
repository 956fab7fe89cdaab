package io.plutorun.demo;

import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs the training program with the agent attached, in a JVM of its own and exactly as a user would start it, then shows what the
 * server has of it.
 *
 * <p>The server is a fake, so that the demo needs no account. With {@code PLUTO_API_KEY} in the environment it is the real one, and the
 * environment says where that is.
 */
public final class DemoRunner {

    private static final String PROGRAM = "com.example.digits.DigitsTraining";

    private DemoRunner() {}

    /** Ends with the program's exit code, or with 1 where there was nothing to show: a demo that fails, fails the build. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path agent = Path.of(System.getProperty("demo.agent")).normalize();
        if (!Files.isRegularFile(agent)) {
            System.err.println("demo: there is no agent at " + agent
                    + ". Run mvn -Pdemo at the root of the project: it builds the agent first.");
            System.exit(1);
        }
        String key = System.getenv().getOrDefault("PLUTO_API_KEY", "");
        System.exit(key.isBlank() ? trackOnFake(agent) : trackOnReal(agent));
    }

    private static int trackOnFake(Path agent) throws IOException, InterruptedException {
        try (FakePluto pluto = FakePluto.start()) {
            ProcessBuilder program = program(agent);
            Map<String, String> environment = program.environment();
            // Not all of PLUTO_*: the demo is also a place to try the other settings.
            environment.keySet().removeIf(name -> name.equals("PLUTO_HOST") || name.startsWith("PLUTO_URL_"));
            environment.putAll(pluto.environment());
            int exit = program.start().waitFor();

            if (pluto.runs().isEmpty()) {
                System.err.println("demo: no run has arrived at the server. The agent's lines above tell why.");
                return exit == 0 ? 1 : exit;
            }
            System.out.println(
                    "\nThe runs as the server has them, each training one, the evaluation added to the best:\n");
            System.out.println(pluto.table());
            return exit;
        }
    }

    private static int trackOnReal(Path agent) throws IOException, InterruptedException {
        int exit = program(agent).start().waitFor();
        System.out.println(
                "\nThe runs are on the server that PLUTO_API_KEY belongs to; the agent's lines above say where.");
        return exit;
    }

    private static ProcessBuilder program(Path agent) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(), "-javaagent:" + agent, "-cp", System.getProperty("demo.classpath"), PROGRAM)
                .inheritIO();
    }
}

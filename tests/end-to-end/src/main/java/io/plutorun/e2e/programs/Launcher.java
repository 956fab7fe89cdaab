package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs that inherit its environment and are to do what {@link Ids} does; from within a tracked call, or not. */
public final class Launcher {

    private Launcher() {}

    /**
     * Starts them.
     *
     * @param arguments {@code tracked} or not; the agent's jar; the folder that they work in; then a call of {@link Ids} for each
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments[0].equals("tracked")) {
            launch(arguments);
        } else {
            children(arguments);
        }
    }

    @PlutoRun(project = "ids")
    static void launch(String[] arguments) throws IOException, InterruptedException {
        children(arguments);
    }

    private static void children(String[] arguments) throws IOException, InterruptedException {
        for (int i = 3; i < arguments.length; i++) {
            List<String> command = new ArrayList<>(List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-XX:TieredStopAtLevel=1",
                    "-Duser.home=" + System.getProperty("user.home"),
                    "-javaagent:" + arguments[1],
                    "-cp",
                    System.getProperty("java.class.path"),
                    Ids.class.getName(),
                    arguments[i]));
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.directory(new File(arguments[2]));
            builder.environment().put("PLUTO_TAGS", "child-" + i);
            int exitCode = builder.start().waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("a child ended with " + exitCode);
            }
        }
    }
}

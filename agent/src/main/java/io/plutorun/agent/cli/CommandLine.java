package io.plutorun.agent.cli;

import io.plutorun.agent.describe.AgentVersion;
import java.io.PrintStream;

/** Runs a command. */
public final class CommandLine {

    private static final int OK = 0;
    private static final int WRONG_USE = 2;

    private CommandLine() {}

    /** Runs what the arguments ask for, and answers with the exit status. */
    public static int run(String[] arguments) {
        return run(arguments, System.out, System.err);
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        String command = arguments.length == 0 ? "help" : arguments[0];
        switch (command) {
            case "version", "--version", "-V" -> out.println("pluto-agent " + AgentVersion.get());
            case "help", "--help", "-h" -> out.println(help());
            default -> {
                err.println("pluto: there is no command \"" + command + "\"; try: java -jar pluto-agent.jar help");
                return WRONG_USE;
            }
        }
        return OK;
    }

    private static String help() {
        return """
                pluto-agent %s: tracks JVM training programs on Pluto

                As an agent:
                  java -javaagent:pluto-agent.jar -jar training.jar
                  with PLUTO_API_KEY set, and @PlutoRun on a method or PLUTO_METHODS="com.acme.Trainer#train"

                As a command:
                  java -jar pluto-agent.jar version    prints the version
                  java -jar pluto-agent.jar help       prints this""".formatted(AgentVersion.get());
    }
}

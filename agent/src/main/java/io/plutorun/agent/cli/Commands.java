package io.plutorun.agent.cli;

import io.plutorun.agent.host.AgentVersion;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.settings.Settings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands of {@code java -jar pluto-agent.jar}. Exit codes: 0 done, 1 something is left to do, 2 wrong use. */
@Command(
        name = "java -jar pluto-agent.jar",
        description = {
            "Tracks JVM training programs on Pluto.",
            "As an agent: java -javaagent:pluto-agent.jar -jar training.jar, with PLUTO_API_KEY set, and @PlutoRun on a method or"
                    + " PLUTO_METHODS=\"com.acme.Trainer#train\"."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        subcommands = HelpCommand.class)
public final class Commands implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * Runs what the arguments ask for.
     *
     * @param settings what the environment and the settings file say
     * @param jvm the environment
     * @param arguments the command line
     * @return the exit code
     */
    public static int run(Settings settings, JvmEnvironment jvm, String[] arguments) {
        return line(settings, jvm)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    static CommandLine line(Settings settings, JvmEnvironment jvm) {
        return new CommandLine(new Commands())
                .addSubcommand(new Sync(settings, jvm))
                .addSubcommand("version", new VersionCommand())
                .setParameterExceptionHandler(Commands::refuse)
                .setUsageHelpAutoWidth(true);
    }

    private static int refuse(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println("pluto: " + mistake.getMessage() + "; try: java -jar pluto-agent.jar help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"pluto-agent " + AgentVersion.get()};
        }
    }

    @Command(name = "version", description = "Prints the version.")
    static final class VersionCommand implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            spec.commandLine().getOut().println("pluto-agent " + AgentVersion.get());
        }
    }
}

package io.plutorun.e2e;

import io.plutorun.PlutoRun;
import io.plutorun.fake.FakePluto;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to be run in a JVM of its own.
 *
 * <pre>{@code
 * Result result = Program.of(OneRun.class).against(pluto).run();
 * }</pre>
 *
 * <p>Its environment has no {@code PLUTO_*} variable and no {@code JAVA_TOOL_OPTIONS} but those that the test sets, and its working
 * directory is an empty one, outside any git repository. It has a {@link Home} of its own. It has the {@link PlantedSecrets}, and what the agent sent, printed and wrote is searched for them when the
 * program has ended.
 */
final class Program {

    private Jdk jdk = Jdk.current();
    private @Nullable Path agent = agentJar();
    private String agentArguments = "";
    private List<String> wrapper = List.of();
    private final List<String> jvmOptions = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    private final List<Path> classPath = new ArrayList<>(List.of(programs(), annotationsJar()));
    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Home home = new Home();
    private Path directory = Directories.outsideTheRepository();
    private @Nullable FakePluto pluto;
    private boolean secretsPlanted = true;

    private Program() {}

    /** A class with a main method. */
    static Program of(Class<?> main, String... arguments) {
        return of(main.getName(), arguments);
    }

    /** A class with a main method, by name. */
    static Program of(String main, String... arguments) {
        Program program = new Program();
        program.command.add(main);
        program.command.addAll(List.of(arguments));
        return program;
    }

    /** {@code -jar}, {@code -m} or whatever else stands behind the JVM's options; the class path is the test's to set. */
    static Program command(String... words) {
        Program program = new Program();
        program.classPath.clear();
        program.command.addAll(List.of(words));
        return program;
    }

    /** The agent's jar as the build leaves it. */
    static Path agentJar() {
        return Path.of(System.getProperty("pluto.agent.jar")).normalize();
    }

    /** The same agent with every class file as its compiler wrote it; each build makes it beside the other. */
    static Path plainAgentJar() {
        return Path.of(System.getProperty("pluto.agent.jar.plain")).normalize();
    }

    /** The classes of {@code src/main}. */
    static Path programs() {
        return Path.of(System.getProperty("pluto.programs"));
    }

    /** The annotations as the program's compiler had them. */
    static Path annotationsJar() {
        try {
            return Path.of(PlutoRun.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Program on(Jdk jdk) {
        this.jdk = jdk;
        return this;
    }

    /** Sets the URLs and the key of a server. */
    Program against(FakePluto pluto) {
        environment.putAll(pluto.environment());
        this.pluto = pluto;
        return this;
    }

    /** For a test of what stands in the environment or on the command line. */
    Program withoutPlantedSecrets() {
        secretsPlanted = false;
        return this;
    }

    Program withoutAgent() {
        this.agent = null;
        return this;
    }

    /** Another copy of the agent's jar. */
    Program agent(Path jar) {
        this.agent = jar;
        return this;
    }

    /** What stands behind {@code -javaagent:pluto-agent.jar=}. */
    Program agentArguments(String arguments) {
        this.agentArguments = arguments;
        return this;
    }

    Program env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Program withoutEnv(String name) {
        environment.remove(name);
        return this;
    }

    Program jvmOption(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /** Without the options that make short programs fast, C1 alone and the serial collector. */
    Program withJvmDefaults() {
        jvmOptions.clear();
        return this;
    }

    Program property(String name, String value) {
        return jvmOption("-D" + name + "=" + value);
    }

    /** Replaces the class path. */
    Program classPath(Path... entries) {
        classPath.clear();
        classPath.addAll(List.of(entries));
        return this;
    }

    /** Adds to the class path, behind what is there. */
    Program alsoOnClassPath(Path... entries) {
        classPath.addAll(List.of(entries));
        return this;
    }

    /** What starts the JVM, {@code sh} for example; the JVM's own command line comes behind these words. */
    Program startedBy(String... words) {
        this.wrapper = List.of(words);
        return this;
    }

    Program directory(Path directory) {
        this.directory = directory;
        return this;
    }

    /** A home folder that another program has, too; otherwise each has its own. */
    Program home(Home home) {
        this.home = home;
        return this;
    }

    /** Runs the program to its end. */
    Result run() {
        return start().await();
    }

    /** Starts the program. */
    Running start() {
        List<String> words = new ArrayList<>(wrapper);
        words.add(jdk.java().toString());
        words.addAll(jvmOptions);
        if (agent != null) {
            words.add("-javaagent:" + agent + (agentArguments.isEmpty() ? "" : "=" + agentArguments));
        }
        if (!classPath.isEmpty()) {
            words.add("-cp");
            words.add(String.join(
                    File.pathSeparator, classPath.stream().map(Path::toString).toList()));
        }
        words.addAll(command);
        if (!secretsPlanted) {
            return Running.start(words, environment, directory, home, result -> {});
        }
        words.addAll(wrapper.size() + 1, PlantedSecrets.options()); // behind the launcher
        Map<String, String> all = new HashMap<>(PlantedSecrets.variables());
        all.putAll(environment);
        FakePluto server = pluto;
        boolean commandLine = command.size() > 1
                && command.get(0).equals("-jar")
                && command.get(1).equals(agentJar().toString());
        return Running.start(
                words,
                all,
                directory,
                home,
                result -> PlantedSecrets.search(commandLine ? result.allOfTheAgent() : result, directory, all, server));
    }
}

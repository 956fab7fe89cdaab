package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Idle;
import io.plutorun.e2e.programs.NeverEnding;
import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P2: a JVM that never meets a tracked class pays next to nothing, and nobody can tell that the agent is there. */
class IdleTest {

    /** All that an idle JVM may load of the agent. Whoever makes this list longer makes every javac of every user slower. */
    private static final Set<String> IDLE_CLASSES = Set.of(
            "AgentArguments",
            "Engine",
            "JavaVersion",
            "LaunchSettings",
            "NamedMethods",
            "PlutoAgent",
            "SettingsFile",
            "TrackedClassFilter");

    /** Main classes of build tools and their daemons, of test runners and of a cluster's workers. */
    private static final List<String> TOOLS = List.of(
            "org.gradle.launcher.daemon.bootstrap.GradleDaemon",
            "org.codehaus.plexus.classworlds.launcher.Launcher",
            "org.apache.maven.surefire.booter.ForkedBooter",
            "xsbt.boot.Boot",
            "org.apache.spark.executor.YarnCoarseGrainedExecutorBackend",
            "org.apache.spark.deploy.worker.Worker");

    private static final Path TOOL_CLASSES = toolClasses();

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void an_idle_jvm_is_as_it_is_without_the_agent(Jdk jdk) throws IOException {
        Path classes = Directories.fresh().resolve("classes.log");
        try (FakePluto pluto = FakePluto.start()) {
            Result without = idle(jdk).withoutAgent().run();
            Result result = idle(jdk)
                    .against(pluto)
                    .jvmOption("-Xlog:class+load:file=" + classes)
                    .run();

            assertThat(withoutLog(result, classes)).isEqualTo(without.stdout());
            assertThat(result.stderr()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout())
                    .contains("threads [", "started ", "files []")
                    .doesNotContain("socket:");
            assertThat(pluto.exchanges()).isEmpty();
        }
        assertThat(loadedFromTheAgent(classes)).isEqualTo(IDLE_CLASSES);
        assertThat(Files.readString(classes))
                .contains("io.plutorun.e2e.programs.Idle source:")
                .doesNotContain("okhttp3.", "okio.", "com.fasterxml.", "kotlin.", "net.bytebuddy.", "PlutoBridge");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void methods_named_for_other_programs_leave_a_jvm_idle(Jdk jdk) throws IOException {
        Path classes = Directories.fresh().resolve("classes.log");
        Result result = idle(jdk)
                .withoutAgent()
                .env("JAVA_TOOL_OPTIONS", "-javaagent:" + Program.agentJar())
                .env("PLUTO_METHODS", "com.acme.Trainer#train; com.acme.*Job#run(java.lang.String[])")
                .env("PLUTO_METRIC_LINES", "loss=(?<loss>\\S+)")
                .jvmOption("-Xlog:class+load:file=" + classes)
                .run();

        assertThat(withoutLog(result, classes))
                .isEqualTo(idle(jdk).withoutAgent().run().stdout());
        assertThat(result.stderr()).isEqualTo("Picked up JAVA_TOOL_OPTIONS: -javaagent:" + Program.agentJar() + "\n");
        Set<String> more = new TreeSet<>(IDLE_CLASSES);
        more.addAll(Set.of("Glob", "MethodPattern", "MethodPattern$SyntaxException"));
        assertThat(loadedFromTheAgent(classes)).isEqualTo(more);
    }

    static Stream<Arguments> jdksAndTools() {
        return Jdk.all().stream().flatMap(jdk -> TOOLS.stream().map(tool -> Arguments.of(jdk, tool)));
    }

    /** Which program a JVM was started for is found out by its command line. */
    @ParameterizedTest
    @MethodSource("jdksAndTools")
    void a_tool_stays_idle_where_main_methods_are_tracked(Jdk jdk, String tool) throws IOException {
        Path classes = Directories.fresh().resolve("classes.log");
        Result without = tool(jdk, tool).withoutAgent().run();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = tool(jdk, tool)
                    .against(pluto)
                    .env("PLUTO_TRACK_MAIN", "true")
                    .env("PLUTO_METHODS", "com.acme.Trainer#train; @com.acme.Experiment")
                    .jvmOption("-Xlog:class+load:file=" + classes)
                    .run();

            assertThat(withoutLog(result, classes)).isEqualTo(without.stdout());
            assertThat(result.stderr()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(pluto.exchanges()).isEmpty();
        }
        assertThat(loadedFromTheAgent(classes))
                .containsAll(IDLE_CLASSES)
                .contains("program.MainClass")
                .isSubsetOf(Stream.of(
                                IDLE_CLASSES,
                                Set.of("Glob", "MethodPattern", "MethodPattern$SyntaxException"),
                                Set.of(
                                        "program.MainClass",
                                        "program.Launchers",
                                        "program.Tools",
                                        "program.SparkPrograms"),
                                tool.endsWith("ExecutorBackend")
                                        ? Set.of("program.SparkExecutorJvm", "program.FrameworkClasses")
                                        : Set.<String>of())
                        .flatMap(Set::stream)
                        .toList());
    }

    private static Program tool(Jdk jdk, String mainClass) {
        return Program.of(mainClass).classPath(TOOL_CLASSES, Program.programs()).on(jdk);
    }

    /** Each does what {@link Idle} does. */
    private static Path toolClasses() {
        Sources sources = new Sources().classPath(Program.programs()).options("--release", "17");
        for (String name : TOOLS) {
            int dot = name.lastIndexOf('.');
            sources.file(
                    name.replace('.', '/') + ".java", """
                    package %s;

                    public class %s {
                        public static void main(String[] args) throws Exception {
                            io.plutorun.e2e.programs.Idle.main(args);
                        }
                    }
                    """.formatted(name.substring(0, dot), name.substring(dot + 1)));
        }
        return sources.compile();
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void the_tools_of_the_jdk_do_and_print_what_they_do_without_the_agent(Jdk jdk) throws IOException {
        Path directory = Directories.fresh();
        Files.writeString(directory.resolve("Good.java"), "class Good { @io.plutorun.PlutoRun void train() {} }");
        Files.writeString(directory.resolve("Bad.java"), "class Bad { int a = \"\"; }");
        String annotations = Program.annotationsJar().toString();

        assertSameTool(0, jdk, directory, "javac", "-cp", annotations, "Good.java");
        assertSameTool(1, jdk, directory, "javac", "Bad.java");
        assertSameTool(0, jdk, directory, "jar", "--list", "--file", annotations);
        assertSameTool(1, jdk, directory, "jar", "--list", "--file", "absent.jar");
        assertSameTool(0, jdk, directory, "keytool", "-list", "-cacerts", "-storepass", "changeit");
        assertSameTool(1, jdk, directory, "keytool", "-list", "-keystore", "absent", "-storepass", "changeit");
        assertSameTool(0, jdk, directory, "jshell", "--version");
        assertThat(directory.resolve(".pluto")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void maven_does_and_prints_what_it_does_without_the_agent(Jdk jdk) {
        Path directory = Directories.fresh();
        Path maven = Path.of(System.getProperty("pluto.maven"), "bin", "mvn");
        Map<String, String> home = Map.of("JAVA_HOME", jdk.home().toString());

        assertSame(0, List.of(maven.toString(), "-version"), home, directory);
        assertSame(1, List.of(maven.toString(), "-q", "-o", "-B", "nonsense"), home, directory);
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_daemon_whose_main_thread_never_ends_has_no_additional_thread_and_exits_as_without_the_agent(Jdk jdk) {
        Running without = Program.of(NeverEnding.class).on(jdk).withoutAgent().start();
        Running with = Program.of(NeverEnding.class).on(jdk).start();
        without.endInput();
        with.endInput();
        Result result = with.await();

        assertThat(result.stdout()).contains("threads [", "files []");
        assertThat(result).isEqualTo(without.await());
        assertThat(result.exitCode()).isEqualTo(7);
    }

    private static Program idle(Jdk jdk) {
        return Program.of(Idle.class).on(jdk);
    }

    /** The one file that the JVM holds open because the test wants it. */
    private static String withoutLog(Result result, Path log) {
        return result.stdout().replace(log.toString(), "");
    }

    private static void assertSameTool(int exitCode, Jdk jdk, Path directory, String tool, String... arguments) {
        List<String> command = Stream.concat(
                        Stream.of(jdk.home().resolve("bin").resolve(tool).toString()), Stream.of(arguments))
                .toList();
        assertSame(exitCode, command, Map.of(), directory);
    }

    private static void assertSame(
            int exitCode, List<String> command, Map<String, String> environment, Path directory) {
        String options = "-javaagent:" + Program.agentJar();
        Map<String, String> withAgent = new HashMap<>(environment);
        withAgent.put("JAVA_TOOL_OPTIONS", options);
        withAgent.put("PLUTO_TRACK_MAIN", "true");
        Result without = Running.start(command, environment, directory).await();
        Result with = Running.start(command, withAgent, directory).await();

        assertThat(with.exitCode()).isEqualTo(exitCode).isEqualTo(without.exitCode());
        assertThat(with.stdout()).isEqualTo(without.stdout());
        assertThat(with.stderr()).isEqualTo("Picked up JAVA_TOOL_OPTIONS: " + options + "\n" + without.stderr());
    }

    /** The simple names of the classes whose source is the agent's jar. */
    private static Set<String> loadedFromTheAgent(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("source: ") && line.contains("pluto-agent.jar"))
                    .map(line -> line.substring(line.lastIndexOf(']') + 1, line.indexOf(" source: "))
                            .strip()
                            .replace("io.plutorun.agent.launch.", ""))
                    .collect(Collectors.toSet());
        }
    }
}

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.AgentClasses;
import io.plutorun.e2e.programs.EveryClass;
import io.plutorun.e2e.programs.Globals;
import io.plutorun.e2e.programs.Unloading;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P1: the agent's libraries and the program's do not meet. */
class GuestTest {

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_program_with_other_versions_of_the_agents_libraries_has_its_own(Jdk jdk) throws IOException {
        Path[] libraries = libraries();
        Path classes = new Sources()
                .resource("GuestLibraries.java")
                .classPath(libraries)
                .compile();
        try (FakePluto pluto = FakePluto.start()) {
            Result without = guest(jdk, classes, libraries).withoutAgent().run();
            Result result = guest(jdk, classes, libraries).against(pluto).run();

            assertThat(without.stdout())
                    .contains("200 http/1.1 {epochs=3}", "okhttp 4.12.0", "jackson 2.17.2", "byte-buddy-1.14.18.jar");
            assertThat(result.stdout()).isEqualTo(without.stdout());
            assertThat(result.otherLines()).isEqualTo(without.otherLines());
            assertThat(result.exitCode()).isZero();
            assertThat(pluto.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED));
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_tracked_program_can_not_find_the_agents_classes(Jdk jdk) {
        List<String> names = List.of(
                "okhttp3.OkHttpClient",
                "okio.Buffer",
                "kotlin.Unit",
                "com.fasterxml.jackson.core.JsonFactory",
                "net.bytebuddy.jar.asm.ClassReader",
                "io.plutorun.agent.run.Tracker",
                "io.plutorun.agent.quiet.Logger",
                "io.plutorun.agent.Wiring");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(AgentClasses.class.getName(), names.toArray(String[]::new))
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout().lines())
                    .containsExactlyElementsOf(names.stream()
                            .map(name -> name + ": false false false null")
                            .toList());
            assertThat(pluto.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED));
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void every_class_of_these_libraries_initialises_with_every_method_woven(Jdk jdk) throws IOException {
        Result without = everyClass(jdk).withoutAgent().run();
        Result result = everyClass(jdk)
                .jvmOption("-Xverify:all")
                .env("PLUTO_METHODS", "com.fasterxml.**#*; kotlin.**#*; net.bytebuddy.**#*; okhttp3.**#*; okio.**#*")
                .env("PLUTO_MODE", "noop")
                .run();

        assertThat(without.stdout()).contains("initialised ");
        assertThat(result.stdout()).isEqualTo(without.stdout());
        assertThat(result.agentLines())
                .as("one a pattern")
                .hasSizeBetween(1, 5)
                .allMatch(line -> line.contains("a Kotlin suspend function returns when"));
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void what_a_jvm_has_only_one_of_is_left_to_the_program(Jdk jdk) {
        Path directory = Directories.fresh();
        Home home = new Home(); // the program prints where it is
        try (FakePluto pluto = FakePluto.start()) {
            Result without = Program.of(Globals.class)
                    .on(jdk)
                    .directory(directory)
                    .home(home)
                    .withoutAgent()
                    .run();
            Result result = Program.of(Globals.class)
                    .on(jdk)
                    .directory(directory)
                    .home(home)
                    .against(pluto)
                    .run();

            assertThat(without.stdout()).contains("java.version = ", Globals.OwnLogManager.class.getName());
            assertThat(result.stdout()).isEqualTo(without.stdout());
            assertThat(result.otherLines()).isEqualTo(without.otherLines());
            assertThat(pluto.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED));
        }
    }

    /** The JVM's own way to name one; it must not be asked for, and made, before the program wants it. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_log_manager_that_the_command_line_names_is_the_programs(Jdk jdk) {
        Path classes = new Sources()
                .file("Logs.java", """
                        import java.util.logging.LogManager;

                        public class Logs {
                            static boolean made;
                            public static class Own extends LogManager {
                                public Own() { made = true; }
                            }
                            @io.plutorun.PlutoRun
                            public static void main(String[] args) {
                                System.out.println("made " + made + ", " + LogManager.getLogManager().getClass());
                            }
                        }
                        """)
                .classPath(Program.annotationsJar())
                .compile();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("Logs")
                    .classPath(classes, Program.annotationsJar())
                    .property("java.util.logging.manager", "Logs$Own")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("made false, class Logs$Own\n");
            assertThat(result.otherLines()).isEmpty();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_class_loader_is_collected_though_its_methods_were_tracked(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(
                            Unloading.class.getName(),
                            Program.programs().toString(),
                            Program.annotationsJar().toString())
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("own\ncollected true\n");
            assertThat(pluto.runs()).extracting(FakeRun::status).containsExactly(RunStatus.COMPLETED, RunStatus.FAILED);
        }
    }

    private static Program everyClass(Jdk jdk) throws IOException {
        Path[] libraries = libraries();
        return Program.of(
                        EveryClass.class.getName(),
                        Stream.of(libraries).map(Path::toString).toArray(String[]::new))
                .on(jdk)
                .alsoOnClassPath(libraries);
    }

    private static Program guest(Jdk jdk, Path classes, Path[] libraries) {
        return Program.of("GuestLibraries").on(jdk).classPath(classes).alsoOnClassPath(libraries);
    }

    /** What the build laid out, and the annotations. */
    private static Path[] libraries() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("pluto.guest.libraries")))) {
            return Stream.concat(jars.sorted(), Stream.of(Program.annotationsJar()))
                    .toArray(Path[]::new);
        }
    }
}

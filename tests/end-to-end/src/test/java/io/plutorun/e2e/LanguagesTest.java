package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P1: methods in classes of other compilers are tracked as they are in Java's. Only with {@code -Pcompat}: the compilers are large. */
@Tag("compat")
class LanguagesTest {

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void kotlins_functions_are_tracked_and_a_suspend_function_is_refused_with_one_line(Jdk jdk) {
        Path[] libraries = kotlinLibraries();
        Path classes = kotlin();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("lang.KotlinKt")
                    .classPath(classes)
                    .alsoOnClassPath(libraries)
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("""
                    top level, 3 epochs: KOT-1
                    member, 5 epochs at 0.1: KOT-2
                    suspending: nobody
                    blocking, suspending: KOT-3
                    companion: KOT-4
                    static: KOT-5
                    object: KOT-6
                    data 1: KOT-7
                    """);
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains("not tracked"))
                    .containsExactly("pluto: lang.Trainer.suspending is not tracked: a Kotlin suspend function returns"
                            + " when it first suspends; annotate the function that calls runBlocking");
            assertCompleted(pluto, 7);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void methods_of_scalas_classes_objects_and_traits_are_tracked(Jdk jdk) {
        Path[] libraries = scalaLibraries();
        Path classes = scala();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("lang.trainAll")
                    .classPath(classes)
                    .alsoOnClassPath(libraries)
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("""
                    top level, 3 epochs: SCA-1
                    member, 5 epochs at 0.1: SCA-2
                    trait: SCA-3
                    companion: SCA-4
                    object: SCA-5
                    case 1: SCA-6
                    """);
            assertThat(result.agentLines()).noneMatch(line -> line.contains("not tracked"));
            assertCompleted(pluto, 6);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void the_main_functions_of_kotlin_are_one_run_each(Jdk jdk) {
        Path classes = kotlin();
        assertMainIsOneRun(jdk, classes, kotlinLibraries(), "lang.KotlinKt", "KotlinKt");
        assertMainIsOneRun(jdk, classes, kotlinLibraries(), "lang.Program", "Program");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void the_main_methods_of_scala_are_one_run_each(Jdk jdk) {
        Path classes = scala();
        assertMainIsOneRun(jdk, classes, scalaLibraries(), "lang.trainAll", "trainAll");
        assertMainIsOneRun(jdk, classes, scalaLibraries(), "lang.Program", "Program");
    }

    private static void assertMainIsOneRun(Jdk jdk, Path classes, Path[] libraries, String main, String name) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(main)
                    .classPath(classes)
                    .alsoOnClassPath(libraries)
                    .on(jdk)
                    .against(pluto)
                    .env("PLUTO_TRACK_MAIN", "true")
                    .run();

            assertThat(result.exitCode()).as(result.stderr()).isZero();
            assertThat(pluto.runs()).extracting(FakeRun::name).containsExactly(name);
            assertCompleted(pluto, 1);
        }
    }

    private static Path[] kotlinLibraries() {
        return new Path[] {
            Program.annotationsJar(),
            ThirdPartyJars.jar("kotlin", "kotlin-stdlib"),
            ThirdPartyJars.jar("kotlin", "kotlinx-coroutines")
        };
    }

    private static Path kotlin() {
        return compile(
                "kotlin",
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "lang/Kotlin.kt",
                kotlinLibraries(),
                "-no-stdlib",
                "-no-reflect",
                "-jvm-target",
                "17");
    }

    private static Path[] scalaLibraries() {
        return new Path[] {
            Program.annotationsJar(),
            ThirdPartyJars.jar("scala", "scala3-library"),
            ThirdPartyJars.jar("scala", "scala-library")
        };
    }

    private static Path scala() {
        return compile("scala", "dotty.tools.dotc.Main", "lang/Scala.scala", scalaLibraries(), "-release", "17");
    }

    /** Compiles one of the tests' sources with a compiler that is a Java program itself. */
    private static Path compile(String language, String compiler, String source, Path[] classPath, String... options) {
        Path classes = Directories.fresh();
        List<String> words = new ArrayList<>(List.of(
                Jdk.current().java().toString(), "-cp", path(ThirdPartyJars.jars(language)), compiler, "-classpath"));
        words.add(path(classPath));
        words.addAll(List.of("-d", classes.toString()));
        words.addAll(List.of(options));
        words.add(Path.of(System.getProperty("basedir"), "src/test/resources/sources", source)
                .toString());
        Result result = Running.start(words, Map.of(), classes).await();
        assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isZero();
        return classes;
    }

    private static void assertCompleted(FakePluto pluto, int runs) {
        assertThat(pluto.runs()).hasSize(runs);
        assertThat(pluto.runs()).extracting(FakeRun::status).containsOnly(RunStatus.COMPLETED);
    }

    private static String path(Path... entries) {
        return Arrays.stream(entries).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}

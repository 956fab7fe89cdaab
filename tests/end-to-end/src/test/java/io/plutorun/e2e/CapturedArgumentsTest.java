package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Hyperparameters;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is recorded of a call's arguments, and that the program is not called for it. */
class CapturedArgumentsTest {

    private static final String PROGRAM = Hyperparameters.class.getName();

    /** What the run of a call has under {@code x}, by the call's name. */
    private static Map<String, Object> recorded() {
        Map<String, Object> recorded = new LinkedHashMap<>();
        recorded.put("map that holds itself", Map.of("itself", "java.util.HashMap (a cycle)"));
        recorded.put("list that holds itself", List.of("java.util.ArrayList (a cycle)"));
        recorded.put("lazy collection", PROGRAM + "$LazyBag");
        recorded.put("view of a lazy collection", "java.util.Collections$UnmodifiableList");
        recorded.put("computing map", PROGRAM + "$ComputingMap");
        recorded.put("view of a computing map", "java.util.Collections$SynchronizedMap");
        recorded.put("hostile object", PROGRAM + "$Hostile");
        recorded.put("hostile elements", List.of(PROGRAM + "$Hostile", Map.of("name", "adam", "momentum", 0.5)));
        recorded.put("views", List.of(1L, List.of(List.of("java.util.ArrayList (a cycle)"))));
        recorded.put("ten million numbers", hundred(0L, 10_000_000));
        recorded.put("ten million objects", hundred(1L, 10_000_000));
        recorded.put("two billion", hundred(1L, Integer.MAX_VALUE));
        recorded.put("locked", List.of(1L));
        return recorded;
    }

    private static List<Object> hundred(Object element, int count) {
        List<Object> elements = new ArrayList<>(Collections.nCopies(100, element));
        elements.add("… (cut, " + count + " elements)");
        return elements;
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P1_arguments_of_every_kind_are_recorded_without_a_call_into_the_program(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Hyperparameters.class)
                    .jvmOption("-Xmx1g")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("calls: 0\n");
            assertThat(result.exitCode()).isZero();
            assertThat(pluto.runs()).extracting(FakeRun::status).containsOnly(RunStatus.COMPLETED);
            assertAll(pluto.run(1).configOfProgram());
            Map<String, Object> found = new LinkedHashMap<>();
            for (FakeRun run : pluto.runs()) {
                found.put(run.name(), run.config().getOrDefault("x", "no x"));
            }
            assertThat(found).containsAllEntriesOf(recorded());
            assertThat(String.valueOf(found.get("proxy"))).contains("$Proxy");
            assertThat((Map<?, ?>) found.get("a million keys")).hasSize(501);
        }
    }

    private static void assertAll(Map<String, ?> config) {
        assertThat(config)
                .isEqualTo(Map.ofEntries(
                        Map.entry("epochs", 5L),
                        Map.entry("lr", 0.1),
                        Map.entry("unit", "SECONDS"),
                        Map.entry("limit", "PT1H30M"),
                        Map.entry("day", "2026-12-31"),
                        Map.entry("data", "data/train.csv"),
                        Map.entry("model", "s3://bucket/model"),
                        Map.entry("loss", "java.lang.String"),
                        Map.entry("betas", List.of(0.9, 0.999)),
                        Map.entry(
                                "hyper",
                                Map.of(
                                        "lr",
                                        0.1,
                                        "epochs",
                                        5L,
                                        "optimizer",
                                        Map.of("name", "sgd", "momentum", 0.9),
                                        "apiPassword",
                                        "[redacted]",
                                        "layers",
                                        List.of(64L, 32L),
                                        "more",
                                        Map.of("seed", 7L),
                                        "callback",
                                        PROGRAM + "$Hyper$$Lambda")),
                        Map.entry("params", Map.of("eta", 0.3, "max_depth", 6L, "objective", "binary:logistic"))));
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void the_options_on_the_command_line_are_config_of_a_tracked_main(Jdk jdk) throws IOException {
        Path source = Files.writeString(Directories.fresh().resolve("Train.java"), """
                public class Train {
                    public static void main(String[] args) { fit(0.5, args.length); }
                    static void fit(double rate, int count) {}
                }
                """);
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.command(
                            source.toString(),
                            "fit",
                            "--lr=0.1",
                            "--batch",
                            "32",
                            "-momentum",
                            "0.9",
                            "-Dseed.data=7",
                            "optimizer=sgd",
                            "--password",
                            "onTheLine",
                            "--verbose")
                    .on(jdk)
                    .against(pluto)
                    .env("PLUTO_TRACK_MAIN", "true")
                    .env("PLUTO_CAPTURE_ARGUMENTS", "true")
                    .run();

            assertThat(result.exitCode()).as(result.stderr()).isZero();
            assertThat(pluto.run(1).configOfProgram())
                    .isEqualTo(Map.ofEntries(
                            Map.entry("lr", 0.1),
                            Map.entry("batch", 32L),
                            Map.entry("momentum", 0.9),
                            Map.entry("seed", Map.of("data", 7L)),
                            Map.entry("optimizer", "sgd"),
                            Map.entry("password", "[redacted]"),
                            Map.entry("verbose", true),
                            Map.entry("args", List.of("fit"))));
        }
    }

    static Stream<Arguments> namesInClassFiles() {
        Map<String, Object> names = Map.of("rate", 0.5, "count", 0L);
        return Stream.of(
                Arguments.of(List.of("-g"), names),
                Arguments.of(List.of("-g:none", "-parameters"), names),
                Arguments.of(List.of("-g:none"), Map.of("arg0", 0.5, "arg1", 0L)));
    }

    /** The launcher of sources compiles with neither. */
    @ParameterizedTest
    @MethodSource("namesInClassFiles")
    void parameters_are_named_as_in_the_debug_table_or_as_parameters_and_else_by_their_number(
            List<String> options, Map<String, Object> config) {
        Path classes = new Sources()
                .file("Train.java", """
                        public class Train {
                            public static void main(String[] args) { fit(0.5, args.length); }
                            static void fit(double rate, int count) {}
                        }
                        """)
                .options(options.toArray(String[]::new))
                .compile();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("Train")
                    .classPath(classes)
                    .against(pluto)
                    .env("PLUTO_METHODS", "Train#fit")
                    .env("PLUTO_CAPTURE_ARGUMENTS", "true")
                    .run();

            assertThat(result.exitCode()).isZero();
            assertThat(pluto.run(1).configOfProgram()).isEqualTo(config);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void collections_of_scala_and_kotlin_are_gone_through_and_those_that_compute_are_not(Jdk jdk) throws IOException {
        Path[] libraries = languageLibraries();
        Path classes = new Sources()
                .resource("languages/Collections.java")
                .classPath(Stream.concat(Stream.of(Program.annotationsJar()), Arrays.stream(libraries))
                        .toArray(Path[]::new))
                .compile();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("languages.Collections")
                    .classPath(classes)
                    .alsoOnClassPath(Program.annotationsJar())
                    .alsoOnClassPath(libraries)
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).as(result.stderr()).isEqualTo("calls: 0\n");
            Map<String, Object> scala = new LinkedHashMap<>();
            scala.put("list", List.of(1L, 2L));
            scala.put("vector", List.of(1L, 2L));
            scala.put("buffer", List.of(1L, 2L));
            scala.put("map", Map.of("lr", 0.1, "layers", List.of(1L, 2L)));
            scala.put("mutableMap", Map.of("lr", 0.1));
            scala.put("set", List.of(1L));
            scala.put("range", List.of(1L, 2L, 3L));
            scala.put("some", "x");
            scala.put("none", null);
            scala.put("tuple", List.of("a", 1L));
            scala.put("decimal", 0.5);
            scala.put("large", largeList());
            scala.put("lazyList", "scala.collection.immutable.LazyList");
            scala.put("wrapped", "scala.collection.convert.JavaCollectionWrappers$JListWrapper");
            assertThat(pluto.run(1).configOfProgram()).isEqualTo(scala);
            Map<String, Object> kotlin = new LinkedHashMap<>();
            kotlin.put("list", List.of(1L, 2L));
            kotlin.put("built", List.of(1L, 2L));
            kotlin.put("map", Map.of("lr", 0.1));
            kotlin.put("deque", List.of(1L, 2L));
            kotlin.put("pair", Map.of("first", "a", "second", 1L));
            kotlin.put("range", "1..3");
            kotlin.put("reversed", "kotlin.collections.ReversedList");
            assertThat(pluto.run(2).configOfProgram()).isEqualTo(kotlin);
        }
    }

    private static List<Object> largeList() {
        List<Object> elements = new ArrayList<>(Collections.nCopies(100, 1L));
        elements.add("… (cut)");
        return elements;
    }

    private static Path[] languageLibraries() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("pluto.corpus")))) {
            return files.filter(file -> file.getFileName().toString().matches("(scala-library|kotlin-stdlib)-.*\\.jar"))
                    .toArray(Path[]::new);
        }
    }
}

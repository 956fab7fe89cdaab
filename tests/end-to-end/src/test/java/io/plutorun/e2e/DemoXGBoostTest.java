package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo's second program, which trains with XGBoost and never had a line of tracking; and how the demo shows it. */
class DemoXGBoostTest {

    private static final Path DEMO = Path.of(System.getProperty("pluto.demo"));
    private static final Path MODULE = DEMO.resolve("xgboost");
    private static final String MAIN = "com.example.boosting.BoostedDigits";

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void without_a_line_of_tracking_each_training_has_a_curve_for_each_of_its_watches(Jdk jdk) throws IOException {
        String printed = withoutAgent().stdout();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program()
                    .on(jdk)
                    .against(pluto)
                    .env("PLUTO_METHODS", MAIN + "#train")
                    .env("PLUTO_CAPTURE_ARGUMENTS", "true")
                    .run();

            assertThat(result.stdout()).isEqualTo(printed);
            assertThat(pluto.runs())
                    .hasSize(3)
                    .allSatisfy(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED))
                    .allSatisfy(run -> assertThat(run.tags()).contains("framework:xgboost"))
                    .extracting(run -> run.config().get("depth"))
                    .containsExactly(1L, 3L, 6L);
            for (FakeRun run : pluto.runs()) {
                for (String curve : List.of("xgboost/train-mlogloss", "xgboost/validation-mlogloss")) {
                    double[] values = pluto.series(run.id(), curve).values();
                    assertThat(values).as(curve).hasSize(40);
                    assertThat(values[39]).as(curve).isLessThan(values[0] / 2);
                }
            }
        }
    }

    @Test
    void neither_its_source_nor_its_class_path_knows_of_pluto() throws IOException {
        try (Stream<Path> files = Files.list(MODULE.resolve("src/main/java/com/example/boosting"))) {
            assertThat(files.filter(file -> !file.endsWith("package-info.java")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContainIgnoringCase("pluto"));
        }
        assertThat(libraries())
                .noneMatch(library -> library.getFileName().toString().startsWith("pluto"));
    }

    @Test
    void the_demo_draws_what_xgboost_computed() throws IOException {
        withoutAgent();

        Result result = demo(DEMO, "xgboost").run();

        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(result.stdout())
                .containsPattern("DIG-1 +depth 1 +train █[▁-█]{39} 0\\.\\d{4}  validation █[▁-█]{39} 0\\.\\d{4}\\R")
                .containsPattern("DIG-3 +depth 6 +train █[▁-█]{39} 0\\.\\d{4}  validation █[▁-█]{39} 0\\.\\d{4}\\R");
    }

    @Test
    void the_demo_tells_what_xgboost_lacks_on_a_machine_and_does_not_fail(@TempDir Path folder) throws IOException {
        Path classes = new Sources()
                .file("ml/dmlc/xgboost4j/java/XGBoostJNI.java", """
                        package ml.dmlc.xgboost4j.java;
                        class XGBoostJNI {
                            static final Object LIBRARY = load();
                            static Object load() { throw new UnsatisfiedLinkError("libgomp.so.1: cannot open"); }
                        }""")
                .compile();
        Path target = Files.createDirectories(folder.resolve("xgboost/target"));
        Files.writeString(target.resolve("class-path.txt"), classes.toString());

        Result result = demo(folder, "xgboost").run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr().lines())
                .singleElement()
                .asString()
                .contains("libgomp.so.1: cannot open", "install libgomp1", "mvn -q -Pdemo");
    }

    @Test
    void the_demo_names_its_programs_where_it_is_asked_for_another() {
        Result result = demo(DEMO, "lightgbm").run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stderr()).contains("\"lightgbm\"", "-Ddemo=tribuo", "-Ddemo=xgboost");
    }

    private static Program program() throws IOException {
        return Program.of(MAIN)
                .classPath(MODULE.resolve("target/classes"))
                .alsoOnClassPath(libraries().toArray(Path[]::new));
    }

    /** The test is skipped where XGBoost's own library does not load. */
    private static Result withoutAgent() throws IOException {
        return FrameworkTraining.assumeItsLibraryLoads(program().withoutAgent().run());
    }

    /** The demo as its build starts it. */
    private static Program demo(Path folder, String program) {
        String ownClassPath = System.getProperty("java.class.path"); // with the stand-in server
        return Program.of("io.plutorun.demo.DemoRunner", Program.agentJar().toString(), folder.toString(), program)
                .withoutAgent()
                .property("stdout.encoding", "UTF-8") // of Java 19 and later
                .property("file.encoding", "UTF-8")
                .classPath(DEMO.resolve("runner/target/classes"))
                .alsoOnClassPath(Stream.of(ownClassPath.split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toArray(Path[]::new));
    }

    /** The program's class path, as its build wrote it down. */
    private static List<Path> libraries() throws IOException {
        return Stream.of(Files.readString(MODULE.resolve("target/class-path.txt"))
                        .strip()
                        .split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }
}

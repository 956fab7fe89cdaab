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
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo's training, with its annotations, and with all of Pluto taken out of its source. */
class DemoTest {

    private static final Path DEMO = Path.of(System.getProperty("pluto.demo"));
    /** {@code org.tribuo:tribuo-core:jar:4.3.2:compile}, and perhaps the name of its module. */
    private static final Pattern DEPENDENCY = Pattern.compile("([^: ]+:[^: ]+):jar:([^: ]+):\\w+.*");

    private static final String MAIN = "com.example.digits.DigitsTraining";

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void without_a_line_of_code_the_environment_makes_the_same_runs_as_the_annotations(Jdk jdk) throws IOException {
        List<FakeRun> annotated;
        String printed;
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(MAIN)
                    .classPath(DEMO.resolve("target/classes"))
                    .alsoOnClassPath(libraries().toArray(Path[]::new))
                    .on(jdk)
                    .against(pluto)
                    .run();
            assertThat(result.exitCode()).isZero();
            annotated = pluto.runs();
            printed = result.stdout();
            FakeRun last = annotated.get(annotated.size() - 1);
            PageShapes.assertFit(last);
            assertThat(PageShapes.requirements(last)).containsExactlyInAnyOrderElementsOf(dependencies());
        }

        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(MAIN)
                    .classPath(withoutPluto())
                    .alsoOnClassPath(otherLibraries())
                    .on(jdk)
                    .against(pluto)
                    .withoutAgent()
                    .env("JAVA_TOOL_OPTIONS", "-javaagent:" + Program.agentJar())
                    .env("PLUTO_METHODS", MAIN + "#train")
                    .env("PLUTO_PROJECT", "digits")
                    .env("PLUTO_RUN_NAME", "${arg.optimiser} lr=${arg.learningRate}")
                    .env("PLUTO_TAGS", "${arg.optimiser}")
                    .env("PLUTO_CONFIG", "{\"model\": \"logistic regression\", \"batchSize\": 16, \"seed\": 1998}")
                    .env("PLUTO_CAPTURE_ARGUMENTS", "true")
                    .run();

            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout()).isEqualTo(printed);
            assertThat(pluto.runs()).hasSize(6).extracting(FakeRun::status).containsOnly(RunStatus.COMPLETED);
            assertThat(trainings(pluto.runs())).isEqualTo(trainings(annotated));
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void the_whole_demo_is_one_run_where_its_main_method_is_tracked(Jdk jdk) throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(MAIN)
                    .classPath(withoutPluto())
                    .alsoOnClassPath(otherLibraries())
                    .on(jdk)
                    .against(pluto)
                    .withoutAgent()
                    .env("JAVA_TOOL_OPTIONS", "-javaagent:" + Program.agentJar())
                    .env("PLUTO_TRACK_MAIN", "true")
                    .run();

            assertThat(result.exitCode()).isZero();
            assertThat(pluto.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.name()).isEqualTo("DigitsTraining"))
                    .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED));
        }
    }

    /**
     * A run as its training made it. The annotated evaluation resumes the best run and adds to it; the environment has no id for an
     * evaluation to resume, since only the annotated program knows its runs.
     */
    private static List<Training> trainings(List<FakeRun> runs) {
        return runs.stream()
                .map(run -> {
                    Map<String, @Nullable Object> config = new TreeMap<>(run.configOfProgram());
                    config.remove("evaluation");
                    config.remove("tribuo"); // which notes when the data was read
                    Object sweep = config.remove("sweep");
                    assertThat(String.valueOf(sweep)).contains("learningRate={values=[0.01, 0.1");
                    List<String> tags = run.tags().stream()
                            .filter(tag -> !tag.equals("evaluated") && !tag.startsWith("sweep:"))
                            .sorted()
                            .toList();
                    return new Training(run.project(), run.name(), run.status(), tags, config);
                })
                .toList();
    }

    private record Training(
            String project, String name, RunStatus status, List<String> tags, Map<String, @Nullable Object> config) {}

    /** The demo as it was before somebody tracked it. */
    private static Path withoutPluto() throws IOException {
        Sources sources = new Sources();
        try (Stream<Path> files = Files.list(DEMO.resolve("src/main/java/com/example/digits"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                sources.file("com/example/digits/" + name, name.equals("CurrentRun.java") ? NOBODY : plain(file));
            }
        }
        Path classes = sources.classPath(otherLibraries()).options("-g").compile();
        try (Stream<Path> data = Files.list(DEMO.resolve("src/main/resources/com/example/digits"))) {
            for (Path file : data.toList()) {
                Files.copy(file, classes.resolve("com/example/digits").resolve(file.getFileName()));
            }
        }
        return classes;
    }

    private static final String NOBODY =
            "package com.example.digits; final class CurrentRun { static String id() { return \"\"; } }";

    private static String plain(Path file) throws IOException {
        return Files.readString(file)
                .replaceAll("(?m)^import io\\.plutorun\\..*\\R", "")
                .replaceAll("(?ms)^ *@PlutoRun\\(.*?\\)\\R", "")
                .replaceAll("(?m)^ *Pluto\\..*\\R", "")
                .replaceAll("@PlutoParam(\\(\"[^\"]*\"\\))? ", "");
    }

    private static Path[] otherLibraries() throws IOException {
        Path annotations = Program.annotationsJar();
        return libraries().stream()
                .filter(library -> !library.getFileName().toString().startsWith("pluto-annotations"))
                .filter(library -> !library.equals(annotations))
                .toArray(Path[]::new);
    }

    /** What the demo needs, as {@code mvn dependency:list} has told its build, in the form of the run's page. */
    private static List<String> dependencies() throws IOException {
        return Files.readString(DEMO.resolve("target/dependencies.txt"))
                .lines()
                .map(line -> DEPENDENCY.matcher(line.strip()))
                .filter(Matcher::matches)
                .map(line -> line.group(1) + "==" + line.group(2))
                .toList();
    }

    /** The demo's class path, as its build wrote it down. */
    private static List<Path> libraries() throws IOException {
        return Stream.of(Files.readString(DEMO.resolve("target/class-path.txt"))
                        .strip()
                        .split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }
}

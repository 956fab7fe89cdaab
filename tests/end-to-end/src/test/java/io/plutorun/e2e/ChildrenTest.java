package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Launcher;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P4: JVMs that a tracked one starts inherit its environment, and leave its run alone. */
class ChildrenTest {

    private final Path directory;

    ChildrenTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Program launcher(FakePluto pluto, String how, Path where, String... calls) {
        String[] arguments = Stream.concat(
                        Stream.of(how, Program.agentJar().toAbsolutePath().toString(), where.toString()),
                        Stream.of(calls))
                .toArray(String[]::new);
        return Program.of(Launcher.class, arguments).against(pluto).directory(directory);
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P4_a_child_does_not_take_the_run_that_its_parent_has_and_says_so(Jdk jdk) throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = launcher(pluto, "tracked", directory, "none")
                    .on(jdk)
                    .env("PLUTO_RUN_ID", "nightly")
                    .run();

            assertThat(pluto.runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.COMPLETED);
            assertThat(pluto.run(1).externalId()).isEqualTo("nightly");
            assertThat(pluto.run(1).tags()).isEmpty();
            assertThat(result.stdout().strip()).isEqualTo("started IDS-2");
            assertThat(result.agentLines().stream().filter(line -> line.contains("was taken by")))
                    .hasSize(1)
                    .allMatch(line ->
                            line.matches("pluto: Ids.none: external id \"nightly\" \\(PLUTO_RUN_ID\\) was taken by"
                                    + " process [0-9]+, which started this one; this call goes on without it"));
            assertThat(left()).as("the marks are gone").isEmpty();
        }
    }

    @Test
    void P4_a_child_that_works_in_another_folder_does_not_take_its_parents_run(@TempDir Path elsewhere) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = launcher(pluto, "tracked", elsewhere, "none")
                    .env("PLUTO_EXTERNAL_ID", "nightly")
                    .run();

            assertThat(result.stdout().strip()).isEqualTo("started IDS-2");
            assertThat(pluto.runs()).hasSize(2);
        }
    }

    @Test
    void P4_a_child_does_not_take_the_run_of_its_parents_job() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = launcher(pluto, "tracked", directory, "none")
                    .env("PLUTO_RESUME", "auto")
                    .env("SLURM_JOB_ID", "7")
                    .run();

            assertThat(pluto.runs()).as("two methods, two runs").hasSize(2);
            assertThat(pluto.runs().get(1).externalId()).endsWith("Ids#none");
            assertThat(result.stdout().strip()).isEqualTo("started IDS-2");
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P4_the_processes_of_a_launcher_that_has_no_run_itself_all_take_it(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = launcher(pluto, "untracked", directory, "none", "none")
                    .on(jdk)
                    .env("PLUTO_RUN_ID", "nightly")
                    .run();

            assertThat(pluto.runs()).hasSize(1);
            assertThat(result.stdout().lines()).containsExactly("started IDS-1", "resumed IDS-1");
            assertThat(result.agentLines()).noneMatch(line -> line.contains("was taken"));
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_spark_executor_runs_tracked_methods_untracked(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("org.apache.spark.executor.CoarseGrainedExecutorBackend", "--cores", "1")
                    .on(jdk)
                    .against(pluto)
                    .env("PLUTO_RUN_ID", "nightly")
                    .env("PLUTO_ON_ERROR", "fail")
                    .run();

            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout().lines()).containsExactly("active false", "active false");
            assertThat(pluto.exchanges()).isEmpty();
            assertThat(result.agentLines())
                    .containsExactly("pluto: CoarseGrainedExecutorBackend.train runs untracked, as this JVM is a Spark"
                            + " executor; the run is the driver's");
        }
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(".pluto/jvm"))) {
            return files.toList();
        }
    }
}

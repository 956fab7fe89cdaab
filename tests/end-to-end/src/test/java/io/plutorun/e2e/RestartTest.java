package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Rank;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P4, P5: a job that is killed and started again goes on with its run. */
class RestartTest {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final String METHOD = "/io.plutorun.e2e.programs.Rank#train";

    private final Path directory;

    RestartTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Program job(FakePluto pluto, Map<String, String> environment, String... calls) {
        Program program = Program.of(Rank.class, calls)
                .against(pluto)
                .directory(directory)
                .env("PLUTO_RESUME", "auto")
                .env("PLUTO_START_TIMEOUT", "100s") // none of the tests is about time
                .env("PLUTO_SHUTDOWN_TIMEOUT", "60s");
        environment.forEach(program::env);
        return program;
    }

    private static long starts(FakePluto pluto) {
        return pluto.exchanges().stream()
                .filter(exchange -> exchange.path().equals("/api/runs/create") && exchange.status() == 200)
                .count();
    }

    private static Running started(FakePluto pluto, Program program) {
        long before = starts(pluto);
        Running running = program.start();
        pluto.await(p -> starts(p) > before, LONG);
        return running;
    }

    private static Map<String, String> variables(String assignments) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String assignment : assignments.isEmpty() ? new String[0] : assignments.split(" ", -1)) {
            variables.put(assignment.split("=", -1)[0], assignment.split("=", -1)[1]);
        }
        return variables;
    }

    static Stream<Arguments> durableIds() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(
                                Arguments.of(
                                        "PLUTO_EXTERNAL_ID=mine SLURM_JOB_ID=7",
                                        "mine",
                                        "mine\" from PLUTO_EXTERNAL_ID"),
                                Arguments.of(
                                        "KONDUKTOR_JOB_NAME=night",
                                        "konduktor:night" + METHOD,
                                        "from KONDUKTOR_JOB_NAME"),
                                Arguments.of("SLURM_JOB_ID=123", "slurm:123" + METHOD, "from SLURM_JOB_ID"),
                                Arguments.of(
                                        "SLURM_JOB_ID=125 SLURM_ARRAY_JOB_ID=123 SLURM_ARRAY_TASK_ID=4",
                                        "slurm:123_4" + METHOD,
                                        "from SLURM_ARRAY_JOB_ID"),
                                Arguments.of(
                                        "KUBERNETES_SERVICE_HOST=10.0.0.1 KUBERNETES_JOB_NAME=night",
                                        "kubernetes:night" + METHOD,
                                        "from KUBERNETES_JOB_NAME"),
                                Arguments.of("", null, ".state"))
                        .map(kind -> Arguments.of(jdk, kind.get()[0], kind.get()[1], kind.get()[2])));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("durableIds")
    void P4_P5_a_job_that_was_killed_goes_on_with_its_run_and_says_where_the_id_came_from(
            Jdk jdk, String environment, String externalId, String origin) {
        try (FakePluto pluto = FakePluto.start()) {
            Running first = started(
                    pluto, job(pluto, variables(environment), "until the end").on(jdk));
            first.kill();
            Result killed = first.await();
            Running second = started(
                    pluto, job(pluto, variables(environment), "until the end").on(jdk));
            second.endInput();
            Result result = second.await();

            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status())
                    .as(killed + "\n" + result + "\n" + pluto.run(1).events())
                    .isEqualTo(RunStatus.COMPLETED);
            if (externalId != null) {
                assertThat(pluto.run(1).externalId()).isEqualTo(externalId);
            }
            assertThat(killed.exitCode()).isEqualTo(128 + 9);
            assertThat(result.stdout().strip()).isEqualTo("train WOR-1 resumed");
            assertThat(result.agentLines()).hasSize(2);
            assertThat(result.agentLines().get(0))
                    .startsWith("pluto: run WOR-1 resumed: ")
                    .contains(" (external id \"", origin);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_what_a_job_left_that_was_killed_while_it_started_changes_nothing_once_the_next_one_has_ended(Jdk jdk) {
        Map<String, String> mine = Map.of("PLUTO_EXTERNAL_ID", "mine");
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().next("/api/runs/create", Fault.hangAfterProcessing());
            Running first = job(pluto, mine, "until the end").on(jdk).start();
            pluto.await(p -> p.runs().size() == 1, LONG);
            first.kill();
            first.await();
            Result result = job(pluto, mine, "at once").on(jdk).run();

            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).events().stream().map(event -> event.to()))
                    .as(result.toString())
                    .containsExactly(RunStatus.RUNNING, RunStatus.COMPLETED);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_after_a_run_that_was_completed_the_next_start_begins_another_one(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result first = job(pluto, Map.of(), "at once").on(jdk).run();
            Result second = job(pluto, Map.of(), "at once").on(jdk).run();

            assertThat(first.stdout().strip()).isEqualTo("train WOR-1");
            assertThat(second.stdout().strip()).isEqualTo("train WOR-2");
            assertThat(pluto.runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.COMPLETED);
            assertThat(pluto.run(1).timesResumed()).isZero();
        }
    }

    @Test
    void P5_a_run_that_failed_or_was_terminated_is_continued() {
        try (FakePluto pluto = FakePluto.start()) {
            Running failing = started(pluto, job(pluto, Map.of(), "fail"));
            failing.endInput();
            failing.await();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
            Running terminated = started(pluto, job(pluto, Map.of(), "return"));
            terminated.terminate();
            terminated.await();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.TERMINATED);
            job(pluto, Map.of(), "at once").run();

            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.run(1).timesResumed()).isEqualTo(2);
        }
    }

    @Test
    void P4_of_two_jobs_at_once_the_second_has_a_run_of_its_own_and_says_so() {
        try (FakePluto pluto = FakePluto.start()) {
            Running first = started(pluto, job(pluto, Map.of(), "return"));
            Result second = job(pluto, Map.of(), "at once").run();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
            first.endInput();
            first.await();

            assertThat(pluto.runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.COMPLETED);
            assertThat(second.stdout().strip()).isEqualTo("train WOR-2");
            assertThat(second.agentLines().stream().filter(line -> line.contains("another process's, which is alive")))
                    .hasSize(1);
        }
    }

    @Test
    void P4_methods_have_runs_of_their_own_and_so_has_a_methods_second_call() {
        try (FakePluto pluto = FakePluto.start()) {
            Map<String, String> slurm = Map.of("SLURM_JOB_ID", "5");
            Result first =
                    job(pluto, slurm, "at once", "test", "at once", "test").run();
            Result second = job(pluto, slurm, "at once", "test").run();

            assertThat(first.stdout().lines())
                    .containsExactly("train WOR-1", "test WOR-2", "train WOR-3", "test WOR-4");
            assertThat(second.stdout().lines()).containsExactly("train WOR-1 resumed", "test WOR-2 resumed");
            assertThat(first.agentLines()).as("no complaint").hasSize(8);
        }
    }

    @Test
    void P4_after_a_kill_in_a_later_call_the_first_one_does_not_take_its_run() {
        try (FakePluto pluto = FakePluto.start()) {
            Running first = job(pluto, Map.of(), "at once", "until the end").start();
            pluto.await(p -> p.runs().size() == 2, LONG);
            first.kill();
            first.await();
            Result second = job(pluto, Map.of(), "at once").run();

            assertThat(second.stdout().strip()).isEqualTo("train WOR-3");
        }
    }

    @Test
    void where_nothing_can_be_kept_one_line_says_that_there_is_no_durable_id() throws IOException {
        Path notAFolder = Files.createFile(directory.resolve("file"));
        try (FakePluto pluto = FakePluto.start()) {
            Result result = job(pluto, Map.of(), "at once", "at once")
                    .env("PLUTO_DIR", notAFolder.resolve("x").toString())
                    .env("XDG_CACHE_HOME", notAFolder.toString())
                    .property("java.io.tmpdir", notAFolder.toString())
                    .run();

            assertThat(pluto.runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.COMPLETED);
            assertThat(result.agentLines().stream().filter(line -> line.contains("there is no durable id")))
                    .containsExactly(
                            "pluto: Rank.train: resume = auto (PLUTO_RESUME), but there is no durable id: no scheduler names"
                                    + " this job, and nothing can be kept on disk; set PLUTO_EXTERNAL_ID, or PLUTO_DIR to a"
                                    + " folder that can be written");
        }
    }

    @Test
    void a_plain_pod_with_an_empty_disk_says_so_once_and_one_with_a_volume_not_again() {
        Map<String, String> pod = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "HOSTNAME", "night-x7k2p");
        try (FakePluto pluto = FakePluto.start()) {
            Result first = job(pluto, pod, "at once", "at once").run();
            Result second = job(pluto, pod, "at once").run();

            assertThat(durable(first)).hasSize(1).allMatch(line -> line.contains("nothing names this pod's job"));
            assertThat(durable(second)).isEmpty();
        }
    }

    private static List<String> durable(Result result) {
        return result.agentLines().stream()
                .filter(line -> line.contains("no durable id"))
                .toList();
    }
}

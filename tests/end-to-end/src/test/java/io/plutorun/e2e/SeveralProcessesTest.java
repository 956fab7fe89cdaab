package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Ids;
import io.plutorun.e2e.programs.Rank;
import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** P4, P5: the processes of a distributed training are one run, for which rank 0 speaks. */
class SeveralProcessesTest {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final String STATUS = "/api/runs/status/update";

    private final Path directory;

    SeveralProcessesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    static Program rank(FakePluto pluto, Path directory, int rank, int world, String how) {
        return asRank(Program.of(Rank.class, how), pluto, directory, rank, world);
    }

    /** Makes any program a rank of the run that these tests share. */
    static Program asRank(Program program, FakePluto pluto, Path directory, int rank, int world) {
        return program.against(pluto)
                .directory(directory)
                .env("PLUTO_START_TIMEOUT", "100s") // many JVMs begin at once here, and none of the tests is about time
                .env("PLUTO_SHUTDOWN_TIMEOUT", "60s")
                .env("PLUTO_EXTERNAL_ID", "shared")
                .env("WORLD_SIZE", String.valueOf(world))
                .env("RANK", String.valueOf(rank));
    }

    private Program rank(FakePluto pluto, int rank, int world, String how) {
        return rank(pluto, directory, rank, world, how);
    }

    private static boolean isStart(Exchange exchange) {
        return (exchange.path().equals("/api/runs/create") || exchange.path().equals("/api/runs/resume"))
                && exchange.status() == 200;
    }

    static void awaitStarts(FakePluto pluto, int starts) {
        pluto.await(
                p -> p.exchanges().stream()
                                .filter(SeveralProcessesTest::isStart)
                                .count()
                        >= starts,
                LONG);
    }

    static Result ended(Running program) {
        program.endInput();
        return program.await();
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_rank_0_alone_gives_tags_and_config_and_says_completed(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            List<Running> ranks = new ArrayList<>();
            for (int rank = 0; rank < 3; rank++) {
                ranks.add(rank(pluto, rank, 3, "return")
                        .on(jdk)
                        .env("PLUTO_TAGS", "of-rank-" + rank)
                        .env("PLUTO_CONFIG", "{\"rank\": " + rank + "}")
                        .start());
            }
            awaitStarts(pluto, 3);

            Result second = ended(ranks.get(2));
            Result first = ended(ranks.get(1));
            assertThat(pluto.exchanges(STATUS)).as("from those that leave").isEmpty();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
            Result leader = ended(ranks.get(0));

            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(Requests.bodies(pluto, STATUS)).hasSize(1);
            assertThat(pluto.run(1).tags()).containsExactlyInAnyOrder("declared", "of-rank-0");
            assertThat(pluto.run(1).configOfProgram()).isEqualTo(Map.of("optimizer", "sgd", "rank", 0L));
            assertThat(leader.agentLines()).hasSize(2);
            assertThat(first.agentLines()).containsExactly("pluto: run WOR-1, rank 1 of 3");
            assertThat(second.agentLines()).containsExactly("pluto: run WOR-1, rank 2 of 3");
            assertThat(first.stdout()).contains("train WOR-1");
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_a_rank_that_fails_fails_the_run_also_after_rank_0_has_completed_it(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Running leader = rank(pluto, 0, 3, "return").on(jdk).start();
            Running healthy = rank(pluto, 1, 3, "return")
                    .on(jdk)
                    .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                    .start();
            Running failing = rank(pluto, 2, 3, "fail").on(jdk).start();
            awaitStarts(pluto, 3);

            ended(leader);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            pluto.await(SeveralProcessesTest::aBeatHasSeenTheEnd, LONG);
            Result failed = ended(failing);
            Result calm = ended(healthy);

            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
            assertThat(pluto.run(1).statusMetadata()).containsEntry("message", "a rank has failed");
            assertThat(failed.agentLines()).hasSize(2);
            assertThat(failed.agentLines().get(1)).startsWith("pluto: run WOR-1 FAILED after ");
            assertThat(calm.agentLines()).containsExactly("pluto: run WOR-1, rank 1 of 3");
        }
    }

    @Test
    void P5_a_run_that_another_rank_has_failed_is_not_completed_by_rank_0_that_comes_late() {
        try (FakePluto pluto = FakePluto.start()) {
            Running leader = rank(pluto, 0, 2, "return").start();
            awaitStarts(pluto, 1);
            Running failing = rank(pluto, 1, 2, "fail").start();
            awaitStarts(pluto, 2);
            ended(failing);
            ended(leader);

            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
        }
    }

    @Test
    void P4_processes_of_one_id_that_know_nothing_of_each_other_are_one_run_too() {
        int processes = 6;
        try (FakePluto pluto = FakePluto.builder().newProjectRaces(3).start()) {
            List<Running> all = new ArrayList<>();
            for (int i = 0; i < processes; i++) {
                all.add(Program.of(Rank.class, "return")
                        .against(pluto)
                        .directory(directory)
                        .env("PLUTO_EXTERNAL_ID", "shared")
                        .env("PLUTO_START_TIMEOUT", "100s")
                        .env("PLUTO_SHUTDOWN_TIMEOUT", "60s")
                        .start());
            }
            awaitStarts(pluto, processes);
            List<Result> results = all.stream().map(SeveralProcessesTest::ended).toList();

            assertThat(pluto.exchanges("/api/runs/create").stream().filter(exchange -> exchange.status() == 500))
                    .hasSize(3);
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(results)
                    .allSatisfy(result ->
                            assertThat(result.agentLines().get(0)).matches("pluto: run WOR-1 (started|resumed): .*"));
            assertThat(results)
                    .allSatisfy(result -> assertThat(result.agentLines())
                            .noneMatch(line -> line.contains("500") || line.contains("starts without")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PLUTO_WORLD_SIZE     | PLUTO_RANK           | WORLD_SIZE   | RANK
            OMPI_COMM_WORLD_SIZE | OMPI_COMM_WORLD_RANK | SLURM_NTASKS | SLURM_NPROCS
            PMI_SIZE             | PMI_RANK             | SLURM_NTASKS | SLURM_NPROCS
            SLURM_NTASKS         | SLURM_PROCID         | PMI_SIZE     | NOTHING
            """)
    void every_launcher_is_understood_and_ours_go_before_theirs(
            String size, String rank, String otherSize, String otherRank) {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.seedRun("world", "there", seed -> seed.externalId("shared"));
            Result result = Program.of(Rank.class, "at once")
                    .against(pluto)
                    .env("PLUTO_EXTERNAL_ID", "shared")
                    .env(otherSize, "1")
                    .env(otherRank, "0")
                    .env(size, "8")
                    .env(rank, "5")
                    .run();

            assertThat(result.agentLines()).containsExactly("pluto: run WOR-1, rank 5 of 8");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
        }
    }

    @Test
    void a_rank_without_a_world_size_is_told_once_and_the_process_counts_as_the_only_one() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Ids.class, "none", "none")
                    .against(pluto)
                    .env("PLUTO_EXTERNAL_ID", "shared")
                    .env("PLUTO_RANK", "3")
                    .run();

            assertThat(result.agentLines().stream().filter(line -> line.contains("PLUTO_RANK")))
                    .containsExactly("pluto: Ids.none: PLUTO_RANK is set without PLUTO_WORLD_SIZE, and is left out; set"
                            + " both");
            assertThat(pluto.runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.COMPLETED);
        }
    }

    @Test
    void without_an_id_each_process_has_its_run_and_rank_0_alone_says_how_to_have_one() {
        try (FakePluto pluto = FakePluto.start()) {
            for (int rank = 0; rank < 2; rank++) {
                Result result = Program.of(Ids.class, "none", "none")
                        .against(pluto)
                        .env("WORLD_SIZE", "2")
                        .env("RANK", String.valueOf(rank))
                        .run();
                assertThat(result.agentLines().stream().filter(line -> line.contains("PLUTO_EXTERNAL_ID")))
                        .hasSize(rank == 0 ? 1 : 0)
                        .allMatch(line ->
                                line.contains("rank 0 of 2, by WORLD_SIZE and RANK; each has a run of its own"));
            }

            assertThat(pluto.runs()).hasSize(4).allMatch(run -> run.status() == RunStatus.COMPLETED);
        }
    }

    @Test
    void P5_an_id_that_is_made_of_the_rank_is_a_run_of_its_own() {
        try (FakePluto pluto = FakePluto.start()) {
            rank(pluto, 1, 2, "at once")
                    .env("PLUTO_EXTERNAL_ID", "vision-${env.RANK}")
                    .run();

            assertThat(pluto.run(1).externalId()).isEqualTo("vision-1");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.run(1).tags()).containsExactly("declared");
        }
    }

    /** Whether a beat has come behind the verdict. */
    private static boolean aBeatHasSeenTheEnd(FakePluto pluto) {
        boolean ended = false;
        for (Exchange exchange : pluto.exchanges()) {
            ended |= exchange.path().equals(STATUS) && exchange.body().contains("COMPLETED");
            if (ended && exchange.path().equals("/api/runs/trigger") && exchange.status() == 200) {
                return true;
            }
        }
        return false;
    }
}

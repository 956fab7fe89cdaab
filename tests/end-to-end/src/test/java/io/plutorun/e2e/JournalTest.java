package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.OneRun;
import io.plutorun.e2e.programs.Waiting;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P6: what could not be delivered is on disk, and is delivered later, with its original times. */
class JournalTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Path directory;

    JournalTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void P6_a_run_of_a_server_that_is_away_is_recorded_and_delivered_by_sync_with_its_own_times() throws IOException {
        FakePluto gone = FakePluto.start();
        Program program =
                Program.of(OneRun.class).against(gone).directory(directory).env("PLUTO_START_TIMEOUT", "1s");
        gone.close();
        Result training = program.run();
        Instant afterTraining = Instant.now();

        assertThat(training.exitCode()).isZero();
        assertThat(training.stdout().lines())
                .containsExactly("before: false", "active true, resumed false, none", "after: false");
        assertThat(training.agentLines())
                .anySatisfy(line -> assertThat(line).contains("1 run could not be delivered", "pluto-agent.jar sync"));
        assertThat(journals()).hasSize(1);

        try (FakePluto pluto = FakePluto.start()) {
            Result sync = sync(pluto);
            assertThat(sync.exitCode()).isZero();
            assertThat(sync.stdout())
                    .contains("delivering to " + pluto.apiUrl(), "run DIG-1 COMPLETED", "1 delivered, 0 left");
            FakeRun run = pluto.run(1);
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(run.createdAt()).isBefore(afterTraining);
            assertThat(run.statusUpdated()).isBefore(afterTraining);
            assertThat(run.heartbeats()).isZero();
            assertThat(journals()).isEmpty();

            assertThat(sync(pluto).stdout()).contains("0 delivered, 0 left");
            assertThat(pluto.runs()).hasSize(1);
        }
    }

    @Test
    void P6_offline_no_call_is_made_and_sync_delivers_what_was_recorded() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Result training = Program.of(OneRun.class)
                    .against(pluto)
                    .directory(directory)
                    .env("PLUTO_MODE", "offline")
                    .run();

            assertThat(training.exitCode()).isZero();
            assertThat(pluto.exchanges()).isEmpty();
            assertThat(training.agentLines().get(0))
                    .contains("is recorded in", "PLUTO_MODE is offline", "pluto-agent.jar sync");

            assertThat(sync(pluto).exitCode()).isZero();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.run(1).config()).containsEntry("epochs", 3L);
        }
    }

    @Test
    void P6_without_a_key_a_run_is_recorded_and_one_line_says_what_to_set() throws IOException {
        Result training = Program.of(OneRun.class).directory(directory).run();

        assertThat(training.exitCode()).isZero();
        assertThat(training.agentLines().get(0)).contains("set PLUTO_API_KEY", "pluto-agent.jar sync");
        assertThat(journals()).hasSize(1);
        assertThat(Files.getPosixFilePermissions(journals().get(0)).toString())
                .doesNotContain("GROUP")
                .doesNotContain("OTHERS");
    }

    @Test
    void P5_P6_a_run_whose_process_was_killed_is_failed_by_sync_with_the_reason() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Running training = Program.of(Waiting.class)
                    .against(pluto)
                    .directory(directory)
                    .start();
            pluto.await(server -> server.runs().size() == 1 && server.run(1).heartbeats() > 0, SOON);

            assertThat(sync(pluto).stdout()).contains("a process is at work on it");
            training.kill();
            assertThat(training.await().exitCode()).isEqualTo(137);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);

            assertThat(sync(pluto).stdout()).contains("run VER-1 FAILED");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
            assertThat(String.valueOf(pluto.run(1).statusMetadata().get("reason")))
                    .contains("died without a verdict");
            assertThat(journals()).isEmpty();
        }
    }

    @Test
    void P5_a_training_that_is_started_again_under_its_id_does_not_fail_its_own_run_for_the_killed_one()
            throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Program program = Program.of(Waiting.class)
                    .against(pluto)
                    .directory(directory)
                    .env("PLUTO_EXTERNAL_ID", "nightly")
                    .env("PLUTO_HEARTBEAT_INTERVAL", "1s");
            Running first = program.start();
            pluto.await(server -> server.runs().size() == 1 && server.run(1).heartbeats() > 0, SOON);
            first.kill();
            first.await();
            Path left = journals().get(0);

            Running second = program.start();
            pluto.await(server -> !Files.exists(left), SOON); // woken by the beats
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
            second.terminate();
            second.await();

            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.TERMINATED);
            assertThat(pluto.run(1).events()).hasSize(2);
        }
    }

    @Test
    void P6_the_next_training_in_the_same_folder_delivers_what_was_left_and_says_how_many() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Program.of(OneRun.class)
                    .against(pluto)
                    .directory(directory)
                    .env("PLUTO_MODE", "offline")
                    .run();

            Running training = Program.of(Waiting.class)
                    .against(pluto)
                    .directory(directory)
                    .start();
            pluto.await(server -> server.runs().size() == 2 && server.run(2).status() == RunStatus.COMPLETED, SOON);
            training.terminate();

            assertThat(training.await().agentLines())
                    .anySatisfy(line -> assertThat(line).contains("1 earlier run delivered"));
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.TERMINATED);
            assertThat(journals()).isEmpty();
        }
    }

    @Test
    void a_rejected_key_leaves_the_run_on_disk_for_a_sync_with_a_good_one() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Result training = Program.of(OneRun.class)
                    .against(pluto)
                    .env("PLUTO_API_KEY", pluto.expiredKey())
                    .directory(directory)
                    .run();

            assertThat(training.agentLines()).hasSize(1);
            assertThat(training.agentLines().get(0))
                    .contains("401", "API key has expired", "PLUTO_API_KEY", "pluto-agent.jar sync");
            assertThat(sync(pluto).exitCode()).isZero();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void sync_refuses_to_send_a_self_hosted_run_to_the_public_service() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Program.of(OneRun.class)
                    .against(pluto)
                    .directory(directory)
                    .env("PLUTO_MODE", "offline")
                    .run();
            Result sync = Program.command("-jar", Program.agentJar().toString(), "sync", directory.toString())
                    .withoutAgent()
                    .env("PLUTO_API_KEY", pluto.apiKey())
                    .run();

            assertThat(sync.exitCode()).isEqualTo(2);
            assertThat(sync.stdout()).contains("it was recorded for " + pluto.apiUrl());
            assertThat(sync.stderr()).contains("set PLUTO_URL_API");
            assertThat(journals()).hasSize(1);
        }
    }

    private Result sync(FakePluto pluto) {
        return Program.command("-jar", Program.agentJar().toString(), "sync", directory.toString())
                .withoutAgent()
                .against(pluto)
                .run();
    }

    private List<Path> journals() throws IOException {
        Path folder = directory.resolve(".pluto").resolve("jvm");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}

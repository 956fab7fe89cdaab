package io.plutorun.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ProcessLife;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalFormat;
import io.plutorun.agent.journal.JournalFormat.Line;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.Written;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P5: a copy of a journal has no lock, so a free lock does not say that the run's process is gone. */
class CopiedJournalsTest {

    private static final String ANOTHER_MACHINE = "another boot pid:[1]";
    private static final long NO_FILE = 1;

    private final FakePluto pluto = FakePluto.start();
    private final Path directory;
    private final long there = pluto.seedRun(
            "proj",
            "run ü",
            seed -> seed.externalId("random-1")
                    .createdAt(Written.START)
                    .loggerSettings("{\"startMark\":\"" + Written.MARK + "\"}"));

    CopiedJournalsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private ReplayResult deliver(Path journal) {
        PlutoApi api = new PlutoApi(
                pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
        return new Replay(api, null, Duration.ofSeconds(10), false).deliver(journal);
    }

    private String textOf(long pid, JournalFormat.Origin origin) {
        Line header = new JournalFormat.Header(null, "1", pid, "node-7", origin);
        return Written.text(header, Written.start(Written.random()), Written.started(there, Written.START));
    }

    private Path copy(long pid, JournalFormat.Origin origin) {
        return Written.file(directory, textOf(pid, origin));
    }

    private RunStatus status() {
        return pluto.run(there).status();
    }

    @Test
    void P5_the_run_of_a_process_that_is_alive_is_left_until_the_process_has_ended() throws Exception {
        Process alive = new ProcessBuilder("sleep", "60").start();
        long born = ProcessLife.birth(alive.pid()).orElseThrow();
        JournalFormat.Origin origin = new JournalFormat.Origin(ProcessLife.space(), born, NO_FILE);
        Path copy = copy(alive.pid(), origin);
        try {
            assertThat(deliver(copy)).isEqualTo(new ReplayResult.InUse());
            assertThat(pluto.exchanges()).isEmpty();
            assertThat(copy).exists();
        } finally {
            alive.destroyForcibly().waitFor();
        }

        assertThat(deliver(copy)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void P5_a_number_that_another_process_has_now_keeps_no_journal() throws Exception {
        Process alive = new ProcessBuilder("sleep", "60").start();
        try {
            long born = ProcessLife.birth(alive.pid()).orElseThrow() - 1;
            JournalFormat.Origin origin = new JournalFormat.Origin(ProcessLife.space(), born, NO_FILE);

            assertThat(deliver(copy(alive.pid(), origin))).isInstanceOf(ReplayResult.Delivered.class);
        } finally {
            alive.destroyForcibly().waitFor();
        }
    }

    @Test
    void P5_the_run_of_a_process_that_can_t_be_seen_is_left_until_the_server_has_ended_it() {
        Path copy = copy(1, new JournalFormat.Origin(ANOTHER_MACHINE, 7, NO_FILE));

        assertThat(deliver(copy))
                .isEqualTo(new ReplayResult.Left(
                        "run PRO-1 is RUNNING on the server, and this is a copy of its journal: process 1 of node-7 may be"
                                + " at work on it; try again when the run has ended",
                        false));
        assertThat(status()).isEqualTo(RunStatus.RUNNING);
        assertThat(copy).exists();

        pluto.clock().advance(Duration.ofHours(1));
        assertThat(pluto.reap()).isEqualTo(1);
        assertThat(deliver(copy)).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(copy).doesNotExist();
    }

    @Test
    void P6_the_journal_itself_in_a_folder_that_machines_share_is_delivered_when_its_lock_is_free() throws IOException {
        Path journal = Files.createFile(directory.resolve("1-1-a.jsonl"));
        long inode = (Long) Files.getAttribute(journal, "unix:ino");
        Files.writeString(journal, textOf(1, new JournalFormat.Origin(ANOTHER_MACHINE, 7, inode)));

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void P5_a_copy_of_what_this_process_is_writing_is_left() throws IOException {
        JournalStore store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, line -> {});
        RunJournal writing = store.open();
        writing.append(Written.start(Written.random()).record());
        writing.startDelivered(Written.started(there, Instant.now()).run());
        Path original = Path.of(Objects.requireNonNull(writing.path()));
        Path copy = Files.copy(original, directory.resolve("0-1-a.jsonl"));

        assertThat(deliver(copy)).isEqualTo(new ReplayResult.InUse());
        writing.append(Written.end(io.plutorun.agent.api.RunStatus.COMPLETED).record());
        Files.copy(original, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(deliver(copy)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(status()).isEqualTo(RunStatus.COMPLETED);
    }
}

package io.plutorun.agent.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.Written;
import io.plutorun.agent.replay.Replay;
import io.plutorun.agent.replay.ReplayResult;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that nobody waits for any more, and that the server processes behind the verdict of its run. */
class LateRequestTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String CREATE = "/api/runs/create";
    private static final RunRecord.End COMPLETED =
            new RunRecord.End(Written.END, io.plutorun.agent.api.RunStatus.COMPLETED, Map.of());

    private final FakePluto pluto = FakePluto.start();
    private final JournalStore store;

    LateRequestTest(@TempDir Path directory) {
        store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, line -> {});
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private PlutoApi api() {
        return new PlutoApi(
                pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
    }

    private ReplayResult replay() throws IOException {
        List<Path> journals = store.journals();
        assertThat(journals).hasSize(1);
        return new Replay(api(), null, LONG, false).deliver(journals.get(0));
    }

    private boolean is(RunStatus status) {
        return pluto.runs().size() == 1 && pluto.run(1).status() == status;
    }

    /** Delivers a run whose first create is given up by the client, and by nobody else. */
    private void deliverWithALateCreate(Fault fault) {
        pluto.faults().next(CREATE, fault);
        Delivery hurried = new Delivery(api(), store, Duration.ofMillis(500));
        RunJournal journal = hurried.open(new HeardWords()).journal();
        journal.append(Written.start(Written.random()).record());
        journal.append(COMPLETED);
        assertThat(hurried.finish(LONG)).isZero();
        assertThat(is(RunStatus.COMPLETED)).isTrue();
    }

    @Test
    void P5_a_create_that_is_processed_behind_the_verdict_does_not_undo_it_for_good() throws IOException {
        deliverWithALateCreate(Fault.delay(Duration.ofSeconds(3)));
        pluto.await(p -> is(RunStatus.RUNNING), LONG);

        assertThat(replay()).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(is(RunStatus.COMPLETED)).isTrue();
        assertThat(replay()).as("while another one may come").isInstanceOf(ReplayResult.Nothing.class);
        assertThat(is(RunStatus.COMPLETED)).isTrue();
        assertThat(store.journals()).hasSize(1);
    }

    @Test
    void the_journal_goes_when_no_such_request_can_come_any_more() throws IOException {
        deliverWithALateCreate(Fault.hangAfterProcessing());
        Path journal = store.journals().get(0);
        String text = Files.readString(journal);
        Files.writeString(
                journal,
                text.replaceAll(
                        "\"unanswered\":\"[^\"]+\"",
                        "\"unanswered\":\"" + Instant.now().minus(Duration.ofMinutes(11)) + "\""));

        assertThat(replay()).isEqualTo(new ReplayResult.Nothing("it is delivered already"));
        assertThat(store.journals()).isEmpty();
        assertThat(is(RunStatus.COMPLETED)).isTrue();
    }

    @Test
    void a_run_that_another_process_has_taken_up_meanwhile_goes_on() throws IOException {
        deliverWithALateCreate(Fault.hangAfterProcessing());
        api().updateLoggerSettings(1, Map.of(RunRecord.Start.MARK, "another process's"), LONG);

        assertThat(replay()).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(is(RunStatus.RUNNING)).isTrue();
        assertThat(store.journals()).isEmpty();
    }

    @Test
    void P4_where_every_request_was_answered_or_never_sent_nothing_is_kept() throws IOException {
        deliverWithALateCreate(Fault.status(503, "{\"error\":\"busy\"}"));

        assertThat(store.journals()).isEmpty();
    }
}

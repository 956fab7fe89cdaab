package io.plutorun.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.delivery.Delivery;
import io.plutorun.agent.delivery.HeardStarts;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalFormat;
import io.plutorun.agent.journal.JournalFormat.Line;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.journal.Written;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import io.plutorun.fake.StatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal is never delivered into the wrong run: of another server, of another organization, or of a living process. */
class ForeignJournalsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final io.plutorun.agent.api.RunStatus COMPLETED = io.plutorun.agent.api.RunStatus.COMPLETED;
    private static final io.plutorun.agent.api.RunStatus FAILED = io.plutorun.agent.api.RunStatus.FAILED;

    private final FakePluto pluto = FakePluto.start();
    private final Path directory;

    ForeignJournalsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private PlutoApi api(String key) {
        return new PlutoApi(pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), key, "1", Transport.DIRECT);
    }

    private ReplayResult deliver(Path journal) {
        return new Replay(api(pluto.apiKey()), null, LONG, false).deliver(journal);
    }

    private Path journal(Line... lines) {
        return Written.file(directory, Written.text(lines));
    }

    private Line here() {
        return Written.header(pluto.apiUrl().toString());
    }

    private long running(String externalId, String mark) {
        return pluto.seedRun(
                "proj",
                "run",
                seed -> seed.externalId(externalId)
                        .createdAt(Written.START)
                        .loggerSettings("{\"startMark\":\"" + mark + "\"}"));
    }

    @Test
    void P5_a_journal_of_another_server_makes_a_run_of_its_own_and_a_colleague_s_run_of_that_number_goes_on() {
        long colleagues = running("theirs", "other");
        Path journal = journal(
                Written.header("http://another"),
                Written.start(Written.random()),
                Written.started(colleagues, Written.START),
                Written.end(FAILED));

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(pluto.run(colleagues).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(pluto.runs())
                .filteredOn(run -> "random-1".equals(run.externalId()))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
                    assertThat(run.config()).containsEntry("lr", 0.1);
                });
    }

    @Test
    void P5_a_journal_of_another_server_that_knows_its_run_by_number_only_is_left() {
        long colleagues = running("theirs", "other");
        Path journal = journal(
                Written.header("http://another"),
                Written.start(new Target.Resume(new RunReference.ByRunId(colleagues))),
                Written.started(colleagues, Written.START),
                Written.end(FAILED));

        assertThat(deliver(journal)).isEqualTo(new ReplayResult.ForAnother("http://another"));
        assertThat(pluto.run(colleagues).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(journal).exists();
    }

    @Test
    void P5_a_run_of_the_same_number_with_another_external_id_is_another_run() {
        long colleagues = running("theirs", "other");
        Path journal = journal(
                here(),
                Written.start(Written.random()),
                Written.started(colleagues, Written.START),
                Written.end(FAILED));

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.ForAnother.class);
        assertThat(pluto.run(colleagues).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(journal).exists();
    }

    @Test
    void P6_with_a_key_of_another_organization_a_journal_is_left_and_not_set_aside() {
        long there = running("random-1", Written.MARK);
        Path journal = journal(
                here(), Written.start(Written.random()), Written.started(there, Written.START), Written.end(COMPLETED));
        String organization = Written.started(there, Written.START).run().organization();

        assertThat(new Replay(api(pluto.otherOrganizationKey()), null, LONG, false).deliver(journal))
                .isEqualTo(new ReplayResult.ForAnother("organization " + organization));
        assertThat(journal).exists();
    }

    @Test
    void P5_a_run_that_another_process_has_taken_up_from_another_folder_goes_on(@TempDir Path otherFolder) {
        long there = running("chosen", "mark of the first");
        Path killed = journal(
                here(),
                new JournalFormat.Happened(start(new Target.Create("chosen", true), "mark of the first")),
                Written.started(there, Written.START));
        RunJournal successor = new Delivery(
                        api(pluto.apiKey()),
                        new JournalStore(
                                otherFolder,
                                ThisJvm.ENVIRONMENT,
                                new Redactor(Map.of()),
                                null,
                                "1",
                                "host",
                                false,
                                line -> {}),
                        LONG)
                .open(new HeardStarts())
                .journal();
        successor.append(start(new Target.Resume(new RunReference.ByRunId(there)), "mark of the second"));
        pluto.await(p -> !p.exchanges("/api/runs/status/update").isEmpty(), LONG);
        pluto.await(p -> p.exchanges("/api/runs/status/update").get(0).status() == 200, LONG);
        assertThat(pluto.run(there).events())
                .as("a resume of a RUNNING run leaves no event")
                .hasSize(1);

        assertThat(deliver(killed))
                .isInstanceOfSatisfying(
                        ReplayResult.Nothing.class,
                        nothing -> assertThat(nothing.why()).contains("was resumed since"));
        assertThat(pluto.run(there).status()).isEqualTo(RunStatus.RUNNING);
        successor.append(new RunRecord.Left(Instant.now()));
        successor.release();
    }

    private static RunRecord.Start start(Target target, String mark) {
        return new RunRecord.Start(
                Written.START,
                target,
                "proj",
                "run",
                List.of(),
                Map.of(),
                Map.of(RunRecord.Start.MARK, mark),
                Map.of(),
                RunRecord.Part.ALONE);
    }

    // ---- what stands already, and stamps

    @Test
    void P5_a_verdict_that_stands_already_is_delivered_and_adds_nothing_to_the_history() {
        long there = running("random-1", Written.MARK);
        api(pluto.apiKey()).updateStatus(there, COMPLETED, Map.of(), Written.END, LONG);
        int events = pluto.run(there).events().size();
        Path journal = journal(
                here(), Written.start(Written.random()), Written.started(there, Written.START), Written.end(COMPLETED));

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(pluto.run(there).events()).hasSize(events);
        assertThat(journal).doesNotExist();
    }

    @Test
    void P5_the_stamps_of_a_revived_run_are_in_the_order_of_its_history() {
        long there = running("random-1", Written.MARK);
        pluto.clock().advance(Duration.ofHours(1));
        assertThat(pluto.reap()).isEqualTo(1);
        Path journal = journal(
                here(), Written.start(Written.random()), Written.started(there, Written.START), Written.end(COMPLETED));

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        List<StatusEvent> byStamp = pluto.run(there).events().stream()
                .sorted(java.util.Comparator.comparing(StatusEvent::at))
                .toList();
        assertThat(byStamp.stream().map(event -> event.to().name()))
                .containsExactly("RUNNING", "FAILED", "RUNNING", "COMPLETED");
        assertThat(byStamp.stream().map(StatusEvent::at)).doesNotHaveDuplicates();
    }

    @Test
    void a_replay_of_a_run_that_the_server_never_heard_of_asks_no_more_than_it_must() {
        Path journal = journal(here(), Written.start(Written.random()), Written.end(COMPLETED));

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(pluto.exchanges().stream().map(exchange -> exchange.path()))
                .containsExactly("/api/runs/create", "/api/runs/status/update");
    }
}

package io.plutorun.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunReference;
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
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process has left, delivered. */
class ReplayTest {

    private static final String CREATE = "/api/runs/create";
    private static final String STATUS = "/api/runs/status/update";
    private static final io.plutorun.agent.api.RunStatus COMPLETED = io.plutorun.agent.api.RunStatus.COMPLETED;
    private static final io.plutorun.agent.api.RunStatus FAILED = io.plutorun.agent.api.RunStatus.FAILED;
    private static final Line HEADER = Written.header(null);

    private final FakePluto pluto = FakePluto.start();
    private final Path directory;

    ReplayTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private Replay replay(@Nullable String onlyFor, String key) {
        return new Replay(api(pluto.apiUrl(), key), onlyFor, Duration.ofSeconds(10), false);
    }

    private PlutoApi api(URI url, String key) {
        return new PlutoApi(url, pluto.heartbeatUrl(), pluto.ingestUrl(), key, "1", Transport.DIRECT);
    }

    private ReplayResult deliver(Path journal) {
        return replay(null, pluto.apiKey()).deliver(journal);
    }

    private Path journal(Line... lines) {
        return Written.file(directory, Written.text(lines));
    }

    private FakeRun onlyRun() {
        assertThat(pluto.runs()).hasSize(1);
        return pluto.runs().get(0);
    }

    /** A run as the server has it whose start this process, or another, has delivered. */
    private long running() {
        return pluto.seedRun(
                "proj",
                "run ü",
                seed -> seed.externalId("random-1")
                        .createdAt(Written.START)
                        .loggerSettings("{\"startMark\":\"" + Written.MARK + "\"}"));
    }

    @Test
    void P6_a_run_that_the_server_never_heard_of_gets_its_own_times_and_no_beat() {
        Path journal = journal(HEADER, Written.start(Written.random()), Written.end(COMPLETED));
        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);

        FakeRun run = onlyRun();
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.createdAt()).isEqualTo(Written.START);
        assertThat(run.statusUpdated()).isEqualTo(Written.END);
        assertThat(run.updatedAt()).isAfter(Written.END.plusSeconds(3600));
        assertThat(run.heartbeats()).isZero();
        assertThat(run.config()).containsEntry("lr", 0.1);
        assertThat(journal).doesNotExist();
    }

    @Test
    void a_journal_that_somebody_has_just_delivered_is_no_complaint() {
        assertThat(deliver(directory.resolve("gone.jsonl"))).isInstanceOf(ReplayResult.InUse.class);
    }

    @Test
    void P6_a_run_whose_start_is_delivered_gets_the_rest() {
        long there = running();
        Path journal = journal(
                HEADER,
                Written.start(Written.random()),
                Written.started(there, Written.START),
                new JournalFormat.Happened(new RunRecord.Config(Map.of("more", 1L))),
                Written.end(COMPLETED));
        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);

        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(onlyRun().config()).containsEntry("more", 1L);
        assertThat(pluto.exchanges(CREATE)).isEmpty();
    }

    @Test
    void P5_a_run_whose_process_died_without_a_verdict_is_failed_as_of_its_last_word() throws IOException {
        long there = running();
        Path journal = journal(HEADER, Written.start(Written.random()), Written.started(there, Written.START));
        Instant lastWord = Files.getLastModifiedTime(journal).toInstant();
        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);

        assertThat(onlyRun().status()).isEqualTo(RunStatus.FAILED);
        assertThat(String.valueOf(onlyRun().statusMetadata().get("reason"))).contains("died without a verdict");
        assertThat(onlyRun().statusMetadata()).containsEntry("pid", 4711L).containsEntry("host", "node-7");
        assertThat(Duration.between(lastWord, onlyRun().statusUpdated()).abs()).isLessThan(Duration.ofMillis(2));
    }

    @Test
    void P5_a_run_that_was_resumed_since_by_another_process_is_left_alone() {
        long there = running();
        api(pluto.apiUrl(), pluto.apiKey()).updateStatus(there, FAILED, null, null, Duration.ofSeconds(10));
        api(pluto.apiUrl(), pluto.apiKey()).resume(new RunReference.ByRunId(there), Duration.ofSeconds(10));
        Path journal = journal(
                HEADER, Written.start(Written.random()), Written.started(there, Written.START), Written.end(COMPLETED));

        assertThat(deliver(journal))
                .isInstanceOfSatisfying(
                        ReplayResult.Nothing.class,
                        nothing -> assertThat(nothing.why()).contains("was resumed since"));
        assertThat(onlyRun().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(journal).doesNotExist();
    }

    @Test
    void P5_a_run_that_goes_on_in_this_very_process_is_left_alone() throws IOException {
        long there = running();
        Path dead = journal(HEADER, Written.start(Written.random()), Written.started(there, Written.START));
        JournalStore store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, line -> {});
        RunJournal alive = store.open();
        alive.append(Written.start(Written.random()).record());
        alive.startDelivered(Written.started(there, Instant.now()).run());

        Path beside = Objects.requireNonNull(store.folder()).resolve("0-1-a.jsonl");
        assertThat(deliver(Files.move(dead, beside))).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(onlyRun().status()).isEqualTo(RunStatus.RUNNING);
        alive.release();
    }

    @Test
    void P5_of_two_journals_of_one_run_the_younger_has_the_say() throws IOException {
        long there = running();
        Line[] lines = {HEADER, Written.start(Written.random()), Written.started(there, Written.START)};
        Path older = Files.writeString(directory.resolve("1700000000001-1-a.jsonl"), Written.text(lines));
        Path younger = Files.writeString(
                directory.resolve("1700000000002-1-a.jsonl"),
                Written.text(lines) + Written.text(Written.end(COMPLETED)));

        assertThat(deliver(older)).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(onlyRun().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(deliver(younger)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void P5_a_verdict_that_another_process_gave_since_stays() {
        long there = running();
        api(pluto.apiUrl(), pluto.apiKey()).updateStatus(there, FAILED, null, null, Duration.ofSeconds(10));
        Path journal = journal(
                HEADER, Written.start(Written.random()), Written.started(there, Written.START), Written.end(COMPLETED));

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(onlyRun().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void P5_a_resume_that_an_earlier_replay_made_is_not_taken_for_another_process_s() {
        long there = running();
        Instant ourResume = Instant.now();
        api(pluto.apiUrl(), pluto.apiKey()).updateStatus(there, FAILED, null, null, Duration.ofSeconds(10));
        api(pluto.apiUrl(), pluto.apiKey()).resume(new RunReference.ByRunId(there), Duration.ofSeconds(10));
        Path journal = journal(
                HEADER,
                Written.start(Written.random()),
                Written.end(COMPLETED),
                Written.started(there, ourResume)); // and then it was killed

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void P5_a_cancelled_run_stays_cancelled() {
        long there = running();
        pluto.cancel(there);
        api(pluto.apiUrl(), pluto.apiKey()).beat(there, Duration.ofSeconds(10));
        assertThat(onlyRun().status()).isEqualTo(RunStatus.CANCELLED);
        Path journal = journal(
                HEADER, Written.start(Written.random()), Written.started(there, Written.START), Written.end(COMPLETED));

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(onlyRun().status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void P5_a_run_that_the_reaper_failed_gets_the_verdict_that_is_recorded() {
        long there = running();
        pluto.clock().advance(Duration.ofHours(1));
        assertThat(pluto.reap()).isEqualTo(1);
        Path journal = journal(
                HEADER, Written.start(Written.random()), Written.started(there, Written.START), Written.end(COMPLETED));

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(pluto.reap()).isZero();
    }

    @Test
    void P4_a_start_whose_answer_the_process_did_not_live_to_see_is_one_run() {
        running();
        Path journal = journal(HEADER, Written.start(Written.random()), Written.end(COMPLETED));

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(pluto.exchanges("/api/runs/tags/update")).isEmpty();
    }

    @Test
    void a_rejected_key_leaves_the_journal_and_says_that_no_other_will_fare_better() {
        Path journal = journal(HEADER, Written.start(Written.random()), Written.end(COMPLETED));

        assertThat(replay(null, pluto.expiredKey()).deliver(journal))
                .isInstanceOfSatisfying(ReplayResult.Left.class, left -> {
                    assertThat(left.serverAway()).isTrue();
                    assertThat(left.why()).contains("401");
                });
        assertThat(journal).exists();
    }

    @Test
    void a_server_that_fails_leaves_the_journal_for_another_time() {
        pluto.faults().always(CREATE, Fault.status(500, "{}"));
        Path journal = journal(HEADER, Written.start(Written.random()), Written.end(COMPLETED));

        assertThat(deliver(journal))
                .isInstanceOfSatisfying(
                        ReplayResult.Left.class,
                        left -> assertThat(left.serverAway())
                                .as("one run's failure")
                                .isFalse());
        pluto.faults().always(CREATE, Fault.status(503, "{}"));
        assertThat(deliver(journal))
                .isInstanceOfSatisfying(
                        ReplayResult.Left.class,
                        left -> assertThat(left.serverAway()).as("away").isTrue());
        pluto.faults().clear();
        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(pluto.runs()).hasSize(1);
    }

    @Test
    void P4_answers_that_are_lost_on_the_way_make_no_second_run_and_no_other_verdict() {
        pluto.faults().next(CREATE, Fault.dropAfterProcessing()).next(STATUS, 2, Fault.dropAfterProcessing());
        Path journal = journal(HEADER, Written.start(Written.random()), Written.end(COMPLETED));

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void P7_a_run_for_another_server_is_left() {
        Path journal = journal(Written.header("http://api"), Written.start(Written.random()), Written.end(COMPLETED));

        assertThat(replay("http://other", pluto.apiKey()).deliver(journal))
                .isEqualTo(new ReplayResult.ForAnother("http://api"));
        assertThat(journal).exists();
        assertThat(pluto.exchanges()).isEmpty();
        assertThat(replay("http://api", pluto.apiKey()).deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
    }

    @Test
    void a_journal_without_a_word_is_nobody_s_and_goes() {
        for (String text : new String[] {"", Written.text(HEADER)}) {
            Path journal = Written.file(directory, text);
            assertThat(deliver(journal)).isInstanceOf(ReplayResult.Nothing.class);
            assertThat(journal).doesNotExist();
        }
    }

    @Test
    void a_journal_that_is_being_written_is_in_use() throws IOException {
        JournalStore store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, line -> {});
        RunJournal writing = store.open();
        writing.append(Written.start(Written.random()).record());

        assertThat(deliver(Path.of(String.valueOf(writing.path())))).isEqualTo(new ReplayResult.InUse());
        writing.release();
        assertThat(deliver(Path.of(String.valueOf(writing.path())))).isInstanceOf(ReplayResult.Delivered.class);
    }

    @Test
    void P7_a_link_and_a_file_that_is_no_journal_are_left_and_told() throws IOException {
        Path nonsense = Written.file(directory, "\u0000 not mine\n");
        Path link = Files.createSymbolicLink(directory.resolve("2-1-a.jsonl"), nonsense);

        assertThat(deliver(link)).isInstanceOf(ReplayResult.Left.class);
        assertThat(deliver(nonsense)).isInstanceOf(ReplayResult.SetAside.class);
        assertThat(directory.resolve("set-aside").resolve(nonsense.getFileName()))
                .exists();
    }

    @Test
    void a_run_that_does_not_exist_has_its_journal_set_aside_and_the_reason_is_told() {
        Path journal = journal(
                HEADER, Written.start(new Target.Resume(new RunReference.ByRunId(4711))), Written.end(COMPLETED));

        assertThat(deliver(journal))
                .isInstanceOfSatisfying(
                        ReplayResult.SetAside.class,
                        aside -> assertThat(aside.why()).contains("404"));
        assertThat(pluto.runs()).isEmpty();
        Path aside = directory.resolve("set-aside").resolve(journal.getFileName());
        assertThat(deliver(aside)).as("tried again, as asked").isInstanceOf(ReplayResult.Left.class);
        assertThat(aside).exists();
    }

    @Test
    void P6_a_journal_cut_off_at_any_byte_is_delivered_to_one_run_or_set_aside() throws IOException {
        long there = running();
        byte[] whole = Written.text(
                        HEADER,
                        Written.start(Written.random()),
                        Written.started(there, Written.START),
                        Written.end(COMPLETED))
                .getBytes(StandardCharsets.UTF_8);
        String text = new String(whole, StandardCharsets.UTF_8);
        int header = Written.text(HEADER).getBytes(StandardCharsets.UTF_8).length;
        int start = Written.text(HEADER, Written.start(Written.random())).getBytes(StandardCharsets.UTF_8).length;
        int begun = text.substring(0, text.indexOf("\n{\"started")).getBytes(StandardCharsets.UTF_8).length + 1;
        for (int length = 0; length <= whole.length; length++) {
            pluto.faults().clear();
            api(pluto.apiUrl(), pluto.apiKey())
                    .updateStatus(there, io.plutorun.agent.api.RunStatus.RUNNING, null, null, Duration.ofSeconds(10));
            Path journal = directory.resolve("1-1-cut.jsonl");
            Files.write(journal, Arrays.copyOf(whole, length));

            ReplayResult result = deliver(journal);
            assertThat(journal).as("cut at %s: %s", length, result).doesNotExist();
            boolean tellsNothing = length == 0 || length == header;
            assertThat(result instanceof ReplayResult.SetAside)
                    .as("cut at %s: %s", length, result)
                    .isEqualTo(length < start && !tellsNothing);
            Files.deleteIfExists(directory.resolve("set-aside").resolve(journal.getFileName()));
            RunStatus status = length < begun
                    ? RunStatus.RUNNING
                    : length == whole.length ? RunStatus.COMPLETED : RunStatus.FAILED;
            assertThat(onlyRun().status()).as("cut at %s: %s", length, result).isEqualTo(status);
        }
    }

    @Test
    void P6_a_torn_journal_whose_delivery_is_cut_short_can_be_read_again() {
        Path journal = Written.file(
                directory, Written.text(HEADER, Written.start(Written.random())) + "{\"record\":\"end\",\"at");
        pluto.faults().always(STATUS, Fault.status(500, "{}"));
        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Left.class);
        pluto.faults().clear();

        assertThat(deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(onlyRun().status()).isEqualTo(RunStatus.FAILED);
    }
}

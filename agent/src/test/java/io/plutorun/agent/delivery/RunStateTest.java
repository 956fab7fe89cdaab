package io.plutorun.agent.delivery;

import static io.plutorun.agent.api.RunStatus.CANCELLED;
import static io.plutorun.agent.api.RunStatus.COMPLETED;
import static io.plutorun.agent.api.RunStatus.FAILED;
import static io.plutorun.agent.api.RunStatus.RUNNING;
import static io.plutorun.agent.api.RunStatus.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.journal.Written;
import io.plutorun.agent.replay.Replay;
import io.plutorun.agent.replay.ReplayResult;
import io.plutorun.agent.send.ServerState;
import io.plutorun.agent.send.StatusResult;
import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import io.plutorun.fake.StatusEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** P5: what the agent says of a run's state holds on the server, or a person hears what holds instead. */
class RunStateTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String STATUS = "/api/runs/status/update";
    private static final String DETAILS = "/api/runs/details/1";

    private final FakePluto pluto = FakePluto.start();
    private final PlutoApi api = new PlutoApi(
            pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
    private final Heard heard = new Heard();
    private final JournalStore store;
    private final Delivery delivery;
    private final RunJournal journal;
    private final ServerState state;

    RunStateTest(@TempDir Path directory) {
        store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, line -> {});
        delivery = new Delivery(api, store, LONG);
        Delivery.Opened opened = delivery.open(heard);
        journal = opened.journal();
        state = opened.state();
    }

    @AfterEach
    void close() {
        journal.release(); // else a replay of a later test takes its run for one that goes on in this process
        pluto.close();
    }

    private void start(Target target) {
        start(target, RunRecord.Part.ALONE);
    }

    private void start(Target target, RunRecord.Part part) {
        journal.append(new RunRecord.Start(
                Instant.now(),
                target,
                "proj",
                "run",
                List.of(),
                Map.of(),
                Map.of(RunRecord.Start.MARK, "m"),
                Map.of(),
                part));
        heard.await(1);
    }

    private void startAlone() {
        start(new Target.Create("random-1", false));
    }

    private void end(RunStatus status) {
        journal.append(new RunRecord.End(Instant.now(), status, Map.of("duration_seconds", 1.5)));
        assertThat(delivery.finish(LONG)).as("undelivered").isZero();
    }

    /** Another program's word, or a person's. */
    private void decide(RunStatus status) {
        api.updateStatus(1, status, null, null, LONG);
    }

    private void cancelByABeat() {
        pluto.cancel(1);
        api.beat(1, LONG);
    }

    private void reap() {
        pluto.clock().advance(HOUR);
        assertThat(pluto.reap()).isEqualTo(1);
        state.isDoubtful();
    }

    private FakeRun run() {
        return pluto.run(1);
    }

    private String status() {
        return run().status().name();
    }

    private List<String> history() {
        return run().events().stream().map(RunStateTest::event).toList();
    }

    private static String event(StatusEvent event) {
        return event.to() + " by " + event.source();
    }

    private long statusUpdates() {
        return pluto.exchanges(STATUS).size();
    }

    // ---- the verdict

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"COMPLETED", "TERMINATED"})
    void P5_a_verdict_of_a_run_that_has_just_been_heard_to_be_running_costs_one_request(RunStatus verdict) {
        startAlone();
        state.isDoubtful();
        state.isRunning();
        end(verdict);

        assertThat(pluto.exchanges()).extracting(Exchange::path).containsExactly("/api/runs/create", STATUS);
        assertThat(status()).isEqualTo(verdict.name());
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"COMPLETED", "FAILED", "TERMINATED"})
    void P5_a_run_that_was_declared_dead_alive_gets_its_true_verdict(RunStatus verdict) {
        startAlone();
        reap();
        end(verdict);

        assertThat(status()).isEqualTo(verdict.name());
        assertThat(run().statusMetadata()).containsEntry("duration_seconds", 1.5);
        assertThat(heard.words)
                .isEqualTo(
                        verdict == FAILED
                                ? List.of("started", "ended FAILED")
                                : List.of("started", "revived", "ended " + verdict));
    }

    @Test
    void P5_a_verdict_whose_answer_is_lost_after_the_run_was_revived_arrives_all_the_same() {
        startAlone();
        reap();
        pluto.faults()
                .next(DETAILS, Fault.status(500, "{}"))
                .next("/api/runs/status/history", Fault.status(500, "{}"))
                .next("/api/runs/resume", Fault.statusAfterProcessing(502, "gateway"));
        end(COMPLETED);

        assertThat(status()).isEqualTo("COMPLETED");
        assertThat(heard.words).last().isEqualTo("ended COMPLETED");
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"COMPLETED", "FAILED", "TERMINATED"})
    void P5_no_verdict_goes_over_a_cancel_that_only_the_server_knows_of(RunStatus verdict) {
        startAlone();
        state.isDoubtful(); // as after a beat whose answer was lost
        cancelByABeat();
        end(verdict);

        assertThat(status()).isEqualTo("CANCELLED");
        assertThat(history()).containsExactly("RUNNING by api");
        assertThat(run().statusMetadata()).isEmpty();
        assertThat(heard.words).containsExactly("started", verdict + " overruled: CANCELLED by ");
    }

    @Test
    void P5_a_run_that_was_cancelled_while_it_was_executing_gets_no_word_more() {
        startAlone();
        cancelByABeat();
        long before = pluto.exchanges().size();
        end(CANCELLED);

        assertThat(pluto.exchanges()).hasSize((int) before);
        assertThat(heard.words).containsExactly("started", "ended CANCELLED");
    }

    @Test
    void P5_a_failure_is_sent_where_the_state_can_t_be_read() {
        startAlone();
        pluto.faults().always(DETAILS, Fault.status(500, "{}"));
        end(FAILED);

        assertThat(status()).isEqualTo("FAILED");
        assertThat(pluto.exchanges(DETAILS)).hasSize(3);
    }

    @Test
    void P5_a_verdict_of_a_run_that_others_may_know_is_read_back_and_what_the_server_holds_instead_is_told() {
        start(new Target.Create("nightly", true));
        decide(FAILED);
        end(COMPLETED);

        assertThat(status()).isEqualTo("FAILED");
        assertThat(history()).containsExactly("RUNNING by api", "FAILED by api");
        assertThat(heard.words).containsExactly("started", "COMPLETED overruled: FAILED by api");
    }

    @Test
    void P5_a_run_that_another_process_has_resumed_behind_our_verdict_is_not_ended_again() {
        start(new Target.Create("nightly", true));
        pluto.faults().next(DETAILS, Fault.delay(Duration.ofMillis(300)));
        journal.append(new RunRecord.End(Instant.now(), COMPLETED, Map.of()));
        pluto.await(p -> statusUpdates() == 1 && status().equals("COMPLETED"), LONG);
        api.resume(new RunReference.ByRunId(1), LONG);
        assertThat(delivery.finish(LONG)).isZero();

        assertThat(status()).isEqualTo("RUNNING");
    }

    @Test
    void P5_a_verdict_waits_for_the_beat_that_may_cancel_the_run() throws InterruptedException {
        startAlone();
        assertThat(state.beatBegins()).isTrue();
        journal.append(new RunRecord.End(Instant.now(), COMPLETED, Map.of()));
        assertThat(state.beatBegins()).as("no beat behind the end").isFalse();
        state.beatIsOver();
        assertThat(delivery.finish(LONG)).isZero();

        assertThat(status()).isEqualTo("COMPLETED");
    }

    // ---- a run that goes on

    @Test
    void P5_a_run_that_was_declared_dead_alive_is_resumed_and_goes_on() {
        startAlone();
        reap();
        journal.stillAlive();
        heard.await(2);
        assertThat(status()).isEqualTo("RUNNING");
        end(COMPLETED);

        assertThat(history())
                .containsExactly("RUNNING by api", "FAILED by stale-monitor", "RUNNING by resume", "COMPLETED by api");
        assertThat(heard.words).containsExactly("started", "revived", "ended COMPLETED");
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"COMPLETED", "FAILED", "TERMINATED"})
    void P5_a_run_that_somebody_has_ended_is_not_revived_neither_now_nor_at_its_end(RunStatus decision) {
        startAlone();
        decide(decision);
        journal.stillAlive();
        heard.await(2);
        long before = statusUpdates();
        end(TERMINATED);

        assertThat(statusUpdates()).isEqualTo(before);
        assertThat(history()).containsExactly("RUNNING by api", decision + " by api");
        assertThat(heard.words)
                .containsExactly(
                        "started",
                        "alive overruled: " + decision + " by api",
                        decision == TERMINATED ? "ended TERMINATED" : "TERMINATED overruled: " + decision + " by api");
    }

    /** One of several processes of a run that fails fails the run, also when another one was done. */
    @Test
    void P5_a_failure_goes_over_what_another_process_of_the_run_has_said_but_a_cancel() {
        start(new Target.Create("shared", true), new RunRecord.Part(1, 2));
        decide(COMPLETED);
        journal.stillAlive();
        heard.await(2);
        end(FAILED);

        assertThat(status()).isEqualTo("FAILED");
    }

    @Test
    void P5_a_failure_leaves_what_somebody_else_has_decided() {
        startAlone();
        decide(COMPLETED);
        end(FAILED);

        assertThat(status()).isEqualTo("COMPLETED");
        assertThat(heard.words).containsExactly("started", "FAILED overruled: COMPLETED by api");
    }

    @Test
    void P5_a_run_is_kept_alive_only_while_the_server_says_that_it_is_running() {
        startAlone();
        journal.stillAlive();
        journal.append(new RunRecord.Config(Map.of("a", 1L)));
        pluto.await(p -> !run().config().isEmpty(), LONG); // so the word before it has been answered
        cancelByABeat();
        journal.stillAlive();
        heard.await(2);

        assertThat(heard.words).containsExactly("started", "alive overruled: CANCELLED by ");
        assertThat(statusUpdates()).isEqualTo(1);
    }

    @Test
    void P5_no_beat_finds_a_cancel_while_the_run_is_reported_as_running_which_would_undo_it() {
        startAlone();
        pluto.faults().next(STATUS, Fault.delay(Duration.ofMillis(300)));
        journal.stillAlive();
        pluto.await(p -> statusUpdates() == 1, LONG);
        assertThat(state.beatBegins()).as("a beat beside the report").isFalse();
        journal.append(new RunRecord.Config(Map.of("a", 1L)));
        pluto.await(p -> !run().config().isEmpty(), LONG); // so the report has been answered
        assertThat(state.beatBegins()).isTrue();
        state.beatIsOver();
    }

    @Test
    void a_word_that_the_server_does_not_take_is_not_told_since_the_next_one_comes_by_itself() {
        startAlone();
        pluto.faults().next(DETAILS, Fault.status(500, "{}"));
        journal.stillAlive();
        pluto.await(p -> p.exchanges(DETAILS).size() == 1, LONG);
        end(COMPLETED);

        assertThat(heard.words).containsExactly("started", "ended COMPLETED");
    }

    // ---- a cancel from before the resume

    private void resumeCancelled() {
        pluto.seedRun("proj", "before");
        cancelByABeat();
        start(new Target.Resume(new RunReference.ByRunId(1)));
        api.beat(1, LONG);
        assertThat(status()).isEqualTo("CANCELLED");
        state.cancelIsOld();
    }

    @Test
    void P5_a_run_that_an_old_cancel_has_ended_again_is_resumed_once_more() {
        resumeCancelled();
        journal.stillAlive();
        pluto.await(p -> status().equals("RUNNING"), LONG);
        end(COMPLETED);

        assertThat(status()).isEqualTo("COMPLETED");
        assertThat(heard.words).containsExactly("resumed", "ended COMPLETED");
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"COMPLETED", "FAILED", "TERMINATED"})
    void P5_an_old_cancel_that_comes_right_before_the_end_does_not_stay_either(RunStatus verdict) {
        resumeCancelled();
        end(verdict);

        assertThat(status()).isEqualTo(verdict.name());
        assertThat(heard.words).containsExactly("resumed", "ended " + verdict);
    }

    @Test
    void P5_a_second_cancel_is_a_new_one() {
        resumeCancelled();
        journal.stillAlive();
        pluto.await(p -> status().equals("RUNNING"), LONG);
        api.beat(1, LONG); // another process's
        end(COMPLETED);

        assertThat(status()).isEqualTo("CANCELLED");
        assertThat(heard.words).last().isEqualTo("COMPLETED overruled: CANCELLED by ");
    }

    // ---- later, from disk

    private ReplayResult replayed(Path directory, RunStatus end) throws IOException {
        Path file = directory.resolve("1700000000000-1-a.jsonl");
        Files.writeString(
                file,
                Written.text(
                        Written.header(pluto.apiUrl().toString()),
                        Written.start(Written.random()),
                        Written.started(1, Instant.now()),
                        Written.end(end)));
        return new Replay(api, null, LONG, false).deliver(file);
    }

    @Test
    void P5_P6_a_sync_leaves_what_somebody_decided_while_the_method_was_executing(@TempDir Path directory)
            throws IOException {
        pluto.seedRun("proj", "run", seed -> seed.externalId("random-1"));
        decide(TERMINATED);

        assertThat(replayed(directory, COMPLETED))
                .isInstanceOfSatisfying(
                        ReplayResult.Nothing.class,
                        nothing -> assertThat(nothing.why()).contains("is TERMINATED on the server"));
        assertThat(history()).containsExactly("RUNNING by api", "TERMINATED by api");
    }

    @Test
    void P5_P6_a_sync_sends_nothing_over_a_cancel_and_nothing_of_a_cancelled_run(@TempDir Path directory)
            throws IOException {
        pluto.seedRun("proj", "run", seed -> seed.externalId("random-1"));
        assertThat(replayed(directory, CANCELLED)).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(status()).isEqualTo(RUNNING.name());
        cancelByABeat();
        assertThat(replayed(directory, FAILED)).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(statusUpdates()).isZero();
    }

    /** What a run's owner is told, in words. */
    private static final class Heard implements DeliveryListener {

        private final List<String> words = new CopyOnWriteArrayList<>();
        private final Semaphore said = new Semaphore(0);

        private void say(String word) {
            words.add(word);
            said.release();
        }

        /** Waits until so many words have been heard. */
        private void await(int count) {
            try {
                assertThat(said.tryAcquire(count, LONG.toSeconds(), TimeUnit.SECONDS))
                        .as("only %s", words)
                        .isTrue();
                said.release(count);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void started(StartedRun run) {
            say(run.resumed() ? "resumed" : "started");
        }

        @Override
        public void unanswered(Outcome<?> failure) {
            // sent again
        }

        @Override
        public void refused(Outcome<?> answer, boolean forGood) {
            say("refused: " + answer.words());
        }

        @Override
        public void ended(StartedRun run, RunRecord.End end) {
            say("ended " + end.status());
        }

        @Override
        public void revived(StartedRun run) {
            say("revived");
        }

        @Override
        public void overruled(StartedRun run, RunRecord.@Nullable End end, StatusResult.Overruled decision) {
            say((end == null ? "alive" : end.status()) + " overruled: " + decision.status() + " by " + decision.by());
        }

        @Override
        public void leftOut(StartedRun run, RunRecord record, Outcome<?> answer) {
            say("left out " + record);
        }
    }
}

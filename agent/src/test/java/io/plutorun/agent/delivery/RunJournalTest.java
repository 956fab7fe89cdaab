package io.plutorun.agent.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.send.StatusResult;
import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunJournalTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final Instant END = START.plusMillis(1234);
    private static final String CREATE = "/api/runs/create";
    private static final String RESUME = "/api/runs/resume";
    private static final String STATUS = "/api/runs/status/update";
    private static final String TAGS = "/api/runs/tags/update";
    private static final String CONFIG = "/api/runs/config/update";

    private final FakePluto pluto = FakePluto.start();
    private final JournalStore store;
    private final Delivery delivery;
    private final Heard heard = new Heard();

    RunJournalTest(@TempDir Path directory) {
        store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, line -> {});
        delivery = deliveryWithin(Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private Delivery deliveryWithin(Duration requestTimeout) {
        return new Delivery(
                new PlutoApi(
                        pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT),
                store,
                requestTimeout);
    }

    private static RunRecord.Start start(Target target) {
        return start(target, "mark-" + target);
    }

    private static RunRecord.Start start(Target target, String mark) {
        return new RunRecord.Start(
                START,
                target,
                "proj",
                "run",
                List.of("ours"),
                Map.of("lr", 0.1),
                Map.of(RunRecord.Start.MARK, mark),
                Map.of("pid", 7),
                RunRecord.Part.ALONE);
    }

    private static RunRecord.End end(io.plutorun.agent.api.RunStatus status) {
        return new RunRecord.End(END, status, Map.of("duration_seconds", 1.234));
    }

    private static RunRecord.End completed() {
        return end(io.plutorun.agent.api.RunStatus.COMPLETED);
    }

    private static Target random() {
        return new Target.Create("random-1", false);
    }

    private static Target chosen() {
        return new Target.Create("nightly", true);
    }

    private RunJournal deliver(RunRecord... records) {
        RunJournal journal = delivery.open(heard).journal();
        for (RunRecord record : records) {
            journal.append(record);
        }
        return journal;
    }

    private void finish() {
        assertThat(delivery.finish(LONG)).as("undelivered").isZero();
    }

    private FakeRun onlyRun() {
        assertThat(pluto.runs()).hasSize(1);
        return pluto.runs().get(0);
    }

    private List<String> requests() {
        return pluto.exchanges().stream()
                .map(Exchange::path)
                .map(path -> path.startsWith("/api/runs/details/") ? "/api/runs/details" : path)
                .toList();
    }

    @Test
    void the_records_of_a_run_arrive_one_after_the_other_with_their_own_times() {
        deliver(start(random()), completed());
        finish();

        assertThat(requests()).containsExactly(CREATE, STATUS);
        FakeRun run = onlyRun();
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.createdAt()).isEqualTo(START);
        assertThat(run.statusUpdated()).isEqualTo(END);
        assertThat(run.tags()).containsExactly("ours");
        assertThat(run.config()).isEqualTo(Map.of("lr", 0.1));
        assertThat(run.statusMetadata()).isEqualTo(Map.of("duration_seconds", 1.234));
        assertThat(heard.words).containsExactly("started", "ended COMPLETED");
    }

    @Test
    void P4_P5_what_ran_out_of_memory_on_the_way_is_delivered_when_there_is_some_again() {
        AtomicBoolean full = new AtomicBoolean(true);
        RunJournal journal = delivery.open(new Heard() {
                    @Override
                    public void started(StartedRun run) {
                        if (full.getAndSet(false)) {
                            throw new OutOfMemoryError("as intended");
                        }
                        heard.started(run);
                    }
                })
                .journal();
        journal.append(start(random()));
        journal.append(completed());
        finish();

        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(heard.words).containsExactly("started");
    }

    @Test
    void nothing_is_delivered_after_the_end_nor_is_anything_heard_of_it() {
        RunJournal journal = deliver(start(random()), completed(), end(io.plutorun.agent.api.RunStatus.FAILED));
        finish();
        journal.append(new RunRecord.Tags(List.of("late")));

        assertThat(delivery.openRuns()).isZero();
        assertThat(requests()).containsExactly(CREATE, STATUS);
    }

    @Test
    void another_run_that_has_ended_gets_its_tags_and_config_and_stays_ended() {
        deliver(start(random()), completed());
        finish();
        deliver(
                start(new Target.Create("another", false)),
                new RunRecord.OfOtherRun(1, List.of("sweep:a"), Map.of("sweep", "a")),
                completed());
        finish();

        assertThat(pluto.run(1).tags()).contains("sweep:a");
        assertThat(pluto.run(1).config()).containsEntry("sweep", "a");
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(pluto.run(2).tags()).doesNotContain("sweep:a");
        assertThat(pluto.run(2).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(requests()).doesNotContain(RESUME);
    }

    @Test
    void P9_another_run_that_is_gone_is_no_trouble_of_this_one() {
        deliver(start(random()), new RunRecord.OfOtherRun(999, List.of("sweep:a"), Map.of()), completed());
        finish();

        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(heard.words).containsExactly("started", "ended COMPLETED");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void P4_a_start_whose_answer_is_lost_is_one_run_and_not_a_resumed_one(int times) {
        // OkHttp itself repeats what a reused connection loses, so more may be lost than the journal sees.
        pluto.faults().next(CREATE, times, Fault.dropAfterProcessing());
        deliver(start(random()), completed());
        finish();

        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(heard.words).containsExactly("started", "ended COMPLETED");
        assertThat(requests()).doesNotContain(TAGS, CONFIG);
    }

    @Test
    void P4_a_start_that_never_arrived_is_sent_again() {
        pluto.faults()
                .next(CREATE, Fault.dropBeforeProcessing())
                .next(CREATE, Fault.status(503, "{\"error\":\"busy\"}"))
                .next(CREATE, Fault.body("text/html", "<html>"))
                .next(CREATE, Fault.statusAfterProcessing(504, "gateway"));
        deliver(start(random()), completed());
        finish();

        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(heard.words).containsExactly("started", "ended COMPLETED");
    }

    @Test
    void P4_a_start_whose_answer_comes_too_late_is_one_run() {
        Delivery hurried = deliveryWithin(Duration.ofMillis(300));
        pluto.faults().next(CREATE, Fault.hangAfterProcessing());
        RunJournal journal = hurried.open(heard).journal();
        journal.append(start(random()));
        journal.append(completed());

        assertThat(hurried.finish(LONG)).isZero();
        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(heard.words).containsExactly("started", "ended COMPLETED");
    }

    @Test
    void a_run_that_another_agent_made_is_resumed_gets_our_tags_and_its_config_is_left_to_the_server() {
        long there = pluto.seedRun(
                "proj",
                "before",
                seed -> seed.externalId("nightly")
                        .tags("theirs", "group:x")
                        .config("{\"a\":1}")
                        .loggerSettings("{\"startMark\":\"foreign\"}")
                        .status(RunStatus.FAILED));
        deliver(start(chosen()), completed());
        finish();

        assertThat(onlyRun().id()).isEqualTo(there);
        assertThat(onlyRun().tags()).containsExactly("theirs", "group:x", "ours");
        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(requests())
                .containsExactly(
                        CREATE, "/api/runs/details", STATUS, "/api/runs/details", TAGS, STATUS, "/api/runs/details");
        assertThat(heard.words).containsExactly("resumed", "ended COMPLETED");
    }

    @Test
    void a_run_that_is_resumed_by_an_id_gets_our_tags_and_config_ahead_of_its_end() {
        long there = pluto.seedRun("proj", "before", seed -> seed.tags("theirs").config("{\"a\":1,\"lr\":9}"));
        deliver(start(new Target.Resume(new RunReference.ByRunId(there))), completed());
        finish();

        assertThat(requests())
                .containsExactly(RESUME, STATUS, "/api/runs/details", TAGS, CONFIG, STATUS, "/api/runs/details");
        assertThat(onlyRun().tags()).containsExactly("theirs", "ours");
        assertThat(onlyRun().config()).containsEntry("lr", 0.1).containsKey("a");
        assertThat(heard.words).containsExactly("resumed", "ended COMPLETED");
    }

    @Test
    void tags_that_the_run_has_already_are_not_written_again() {
        long there = pluto.seedRun("proj", "before", seed -> seed.tags("ours", "theirs"));
        deliver(start(new Target.Resume(new RunReference.ByRunId(there))), completed());
        finish();

        assertThat(requests()).doesNotContain(TAGS);
    }

    @Test
    void tags_and_notes_that_follow_on_their_like_are_sent_with_them() {
        pluto.faults().next(CREATE, Fault.delay(Duration.ofMillis(1500)));
        RunJournal journal = delivery.open(heard).journal();
        journal.append(start(random()));
        Stream.of("a", "b", "group:one", "c", "group:two", "a")
                .forEach(tag -> journal.appendSoon(new RunRecord.Tags(List.of(tag))));
        Stream.of("first", "last").forEach(text -> journal.appendSoon(new RunRecord.Notes(text)));
        journal.append(completed());
        finish();

        assertThat(onlyRun().tags()).containsExactly("ours", "group:two", "a", "b", "c");
        assertThat(onlyRun().notes()).isEqualTo("last");
        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(requests()).containsExactly(CREATE, "/api/runs/details", TAGS, "/api/runs/notes/update", STATUS);
    }

    @Test
    void where_the_details_can_t_be_read_the_run_counts_as_resumed_and_its_tags_are_left_alone() {
        long there = pluto.seedRun(
                "proj", "before", seed -> seed.externalId("nightly").tags("theirs"));
        pluto.faults().always("/api/runs/details/" + there, Fault.status(403, "{\"error\":\"no\"}"));
        deliver(start(chosen()), completed());
        finish();

        assertThat(onlyRun().tags()).containsExactly("theirs");
        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(heard.words).containsExactly("resumed", "left out Tags: 403 no", "ended COMPLETED");
    }

    @Test
    void tags_in_no_readable_form_are_left_alone() {
        long there = pluto.seedRun("proj", "before", seed -> seed.tags("theirs"));
        pluto.faults()
                .always(
                        "/api/runs/details/" + there,
                        Fault.body("application/json", "{\"status\":\"RUNNING\",\"tags\":7}"));
        deliver(start(new Target.Resume(new RunReference.ByRunId(there))), completed());
        finish();

        assertThat(requests()).doesNotContain(TAGS);
        assertThat(heard.words)
                .containsExactly("resumed", "left out Tags: 200 its tags can't be read", "ended COMPLETED");
    }

    @Test
    void P5_the_verdict_does_not_wait_for_ever_for_tags_and_config() {
        long there = pluto.seedRun("proj", "before");
        pluto.faults().always(CONFIG, Fault.status(500, "{\"error\":\"no\"}"));
        deliver(start(new Target.Resume(new RunReference.ByRunId(there))), completed());
        finish();

        assertThat(pluto.exchanges(CONFIG)).hasSize(2);
        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(heard.words).containsExactly("resumed", "left out Config: 500 no", "ended COMPLETED");
    }

    @Test
    void P6_a_verdict_is_sent_again_until_it_is_answered() {
        pluto.faults().next(STATUS, 2, Fault.status(500, "{}")).next(STATUS, Fault.dropBeforeProcessing());
        deliver(start(random()), completed());
        finish();

        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(onlyRun().statusUpdated()).isEqualTo(END);
    }

    @Test
    void a_refused_start_is_told_and_drops_what_comes_after_it() {
        pluto.faults().next(CREATE, Fault.status(401, "{\"error\":\"Unauthorized\"}"));
        RunJournal journal = deliver(start(random()));
        finish();
        journal.append(completed());
        finish();

        assertThat(requests()).containsExactly(CREATE);
        assertThat(heard.words).containsExactly("refused: 401 Unauthorized");
    }

    @Test
    void a_run_that_does_not_exist_is_not_resumed_and_never_created() throws IOException {
        deliver(start(new Target.Resume(new RunReference.ByRunId(4711))), completed());
        finish();

        assertThat(pluto.runs()).isEmpty();
        assertThat(requests()).containsExactly(RESUME);
        assertThat(store.journals()).isEmpty();
        assertThat(heard.words).containsExactly("refused: 404 Run not found");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409})
    void P6_a_create_that_leads_nowhere_is_kept_for_another_day(int status) throws IOException {
        pluto.faults().next(CREATE, Fault.status(status, "nothing here"));
        deliver(start(random()), completed());
        finish();

        assertThat(store.journals()).hasSize(1);
        assertThat(heard.words).containsExactly("refused: " + status + " nothing here");
    }

    @Test
    void a_refused_verdict_is_told() {
        pluto.faults().next(STATUS, Fault.status(400, "{\"error\":\"no\"}"));
        deliver(start(random()), completed());
        finish();

        assertThat(heard.words).containsExactly("started", "left out End: 400 no");
    }

    @Test
    void P6_a_listener_that_fails_keeps_no_record_from_its_way() {
        DeliveryListener failing = new Heard() {
            @Override
            public void started(StartedRun run) {
                throw new IllegalStateException("listener");
            }
        };
        RunJournal journal = delivery.open(failing).journal();
        journal.append(start(random()));
        journal.append(completed());
        finish();

        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void P7_every_record_is_redacted_but_for_the_names_that_the_user_gave() {
        Map<String, Object> secret = Map.of("password", "hunter2", "text", "token=hunter2");
        long there = pluto.seedRun("proj", "before");
        deliver(
                new RunRecord.Start(
                        START,
                        random(),
                        "proj",
                        "nightly training",
                        List.of("t"),
                        secret,
                        secret,
                        secret,
                        RunRecord.Part.ALONE),
                new RunRecord.Tags(List.of("training")),
                new RunRecord.Config(secret),
                new RunRecord.End(END, io.plutorun.agent.api.RunStatus.FAILED, secret));
        deliver(
                new RunRecord.Start(
                        START,
                        new Target.Resume(new RunReference.ByRunId(there)),
                        "proj",
                        "n",
                        List.of("u"),
                        secret,
                        secret,
                        secret,
                        RunRecord.Part.ALONE),
                completed());
        finish();

        assertThat(requests()).contains(CREATE, RESUME, TAGS, CONFIG, STATUS);
        assertThat(pluto.exchanges()).noneMatch(exchange -> exchange.body().contains("hunter2"));
        assertThat(pluto.exchanges(CREATE).get(0).body()).contains("nightly training");
    }

    // ---- giving up

    @Test
    void P4_a_run_that_is_given_up_before_anything_was_sent_leaves_no_trace() {
        pluto.faults().next(CREATE, Fault.delay(Duration.ofMillis(300)));
        delivery.serverIsAway(Duration.ZERO); // so that the second stands aside while the first one tries
        deliver(start(new Target.Create("prober", false)), completed());
        pluto.await(p -> p.exchanges(CREATE).size() == 1, LONG);
        RunJournal given = deliver(start(random()));
        given.abandon(end(io.plutorun.agent.api.RunStatus.FAILED));
        pluto.await(p -> p.exchanges(STATUS).size() == 1, LONG);
        finish();

        assertThat(onlyRun().externalId()).isEqualTo("prober");
        assertThat(requests()).containsExactly(CREATE, STATUS);
    }

    @Test
    void P4_a_run_that_is_given_up_while_its_start_is_under_way_ends_failed() {
        pluto.faults().next(CREATE, Fault.delay(Duration.ofMillis(500)));
        RunJournal journal = deliver(start(random()));
        pluto.await(p -> p.exchanges(CREATE).size() == 1, LONG);
        journal.abandon(end(io.plutorun.agent.api.RunStatus.FAILED));
        finish();

        assertThat(onlyRun().status()).isEqualTo(RunStatus.FAILED);
        assertThat(heard.words).as("nobody waits for it any more").isEmpty();
    }

    @Test
    void P4_a_run_that_is_given_up_after_a_lost_answer_ends_failed_and_after_a_lost_request_never_begins() {
        Delivery hurried = deliveryWithin(Duration.ofMillis(400));
        pluto.faults().next(CREATE, Fault.hangAfterProcessing()).next(CREATE, Fault.hang());
        for (int i = 0; i < 2; i++) {
            int sent = i + 1;
            RunJournal journal = hurried.open(heard).journal();
            journal.append(start(new Target.Create("lost-" + i, false)));
            pluto.await(p -> p.exchanges(CREATE).size() == sent, LONG);
            journal.abandon(end(io.plutorun.agent.api.RunStatus.FAILED));
        }

        assertThat(hurried.finish(LONG)).isZero();
        assertThat(onlyRun().externalId()).isEqualTo("lost-0");
        assertThat(onlyRun().status()).isEqualTo(RunStatus.FAILED);
        assertThat(requests().stream().filter(RESUME::equals)).hasSize(2);
    }

    @Test
    void a_run_with_a_chosen_id_that_is_given_up_after_a_lost_answer_ends_failed_too() {
        Delivery hurried = deliveryWithin(Duration.ofMillis(400));
        pluto.faults().next(CREATE, Fault.hangAfterProcessing());
        RunJournal journal = hurried.open(heard).journal();
        journal.append(start(chosen()));
        pluto.await(p -> p.runs().size() == 1, LONG);
        journal.abandon(end(io.plutorun.agent.api.RunStatus.FAILED));

        assertThat(hurried.finish(LONG)).isZero();
        assertThat(onlyRun().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void P5_but_a_run_that_existed_under_the_chosen_id_keeps_the_verdict_that_it_had() {
        pluto.seedRun("proj", "before", seed -> seed.externalId("nightly").status(RunStatus.COMPLETED));
        Delivery hurried = deliveryWithin(Duration.ofMillis(400));
        pluto.faults().next(CREATE, Fault.hang());
        RunJournal journal = hurried.open(heard).journal();
        journal.append(start(chosen()));
        pluto.await(p -> p.exchanges(CREATE).size() == 1, LONG);
        journal.abandon(end(io.plutorun.agent.api.RunStatus.FAILED));

        assertThat(hurried.finish(LONG)).isZero();
        assertThat(onlyRun().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(requests()).contains(RESUME);
    }

    @Test
    void P5_a_call_that_resumes_a_run_does_not_overtake_the_verdict_of_the_call_before() {
        deliver(start(chosen()), completed());
        finish();
        pluto.faults().next(STATUS, Fault.delay(Duration.ofMillis(300)));
        deliver(start(chosen(), "second"), completed());
        String details = "/api/runs/details/" + onlyRun().id();
        // the first verdict is read back, then whose run it is, and its tags: it has started
        pluto.await(p -> p.exchanges(details).size() == 3, LONG);
        deliver(start(new Target.Resume(new RunReference.ByRunId(onlyRun().id())), "third"));
        pluto.await(p -> onlyRun().timesResumed() == 2, LONG);

        assertThat(onlyRun().status()).isEqualTo(RunStatus.RUNNING);
    }

    // ---- many, and the end

    @Test
    void P4_three_hundred_runs_at_once_on_a_slow_server_all_end_right_with_sixteen_threads() {
        pluto.faults()
                .always(CREATE, Fault.delay(Duration.ofMillis(5)))
                .next(CREATE, 20, Fault.dropAfterProcessing())
                .next(STATUS, 20, Fault.statusAfterProcessing(502, "gateway"));
        for (int i = 0; i < 300; i++) {
            deliver(
                    start(new Target.Create("many-" + i, false)),
                    end(
                            i % 3 == 0
                                    ? io.plutorun.agent.api.RunStatus.FAILED
                                    : io.plutorun.agent.api.RunStatus.COMPLETED));
        }
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pluto-delivery-"))
                .toList();
        finish();

        assertThat(threads)
                .extracting(Thread::getName)
                .contains("pluto-delivery-16")
                .doesNotContain("pluto-delivery-17");
        assertThat(threads).allMatch(thread -> thread.isDaemon() && thread.getContextClassLoader() == null);
        assertThat(pluto.runs()).hasSize(300);
        assertThat(pluto.runs())
                .allSatisfy(run -> assertThat(run.status())
                        .isEqualTo(
                                Integer.parseInt(String.valueOf(run.externalId())
                                                                .substring(5))
                                                        % 3
                                                == 0
                                        ? RunStatus.FAILED
                                        : RunStatus.COMPLETED));
        assertThat(heard.words).filteredOn("started"::equals).hasSize(300);
        assertThat(heard.words).doesNotContain("resumed");
    }

    @Test
    void P3_finish_waits_no_longer_than_it_may_and_not_at_all_for_a_server_that_is_away() {
        pluto.faults().always(Fault.hang());
        deliver(start(random()));

        long before = System.nanoTime();
        assertThat(delivery.finish(Duration.ofMillis(200))).isEqualTo(1);
        assertThat(System.nanoTime() - before).isBetween(200_000_000L, 5_000_000_000L);
        delivery.serverIsAway(Duration.ZERO);
        assertThat(delivery.isServerAway()).isTrue();
        assertThat(delivery.finish(Duration.ofDays(1))).isEqualTo(1);
    }

    @Test
    void P1_finish_ends_when_its_thread_is_interrupted_and_leaves_the_interrupt_set() throws Exception {
        pluto.faults().always(Fault.hang());
        deliver(start(random()));
        CountDownLatch ended = new CountDownLatch(1);
        List<Boolean> flag = new CopyOnWriteArrayList<>();
        Thread waiting = new Thread(() -> {
            delivery.finish(Duration.ofDays(1));
            flag.add(Thread.currentThread().isInterrupted());
            ended.countDown();
        });
        waiting.start();
        waiting.interrupt();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(flag).containsExactly(true);
    }

    @Test
    void P3_while_the_server_is_away_one_goes_on_trying_and_when_it_is_back_all_are_delivered() {
        pluto.faults().always(Fault.dropBeforeProcessing());
        delivery.serverIsAway(Duration.ZERO);
        for (int i = 0; i < 20; i++) {
            deliver(start(new Target.Create("away-" + i, false)), completed());
        }
        pluto.await(p -> p.exchanges(CREATE).size() >= 3, LONG);
        assertThat(pluto.exchanges(CREATE).stream()
                        .map(exchange -> exchange.json().get("externalId"))
                        .distinct())
                .hasSize(1);
        pluto.faults().clear();

        pluto.await(
                p -> p.runs().stream()
                                .filter(run -> run.status() == RunStatus.COMPLETED)
                                .count()
                        == 20,
                LONG);
        finish();
        assertThat(delivery.isServerAway()).isFalse();
    }

    /** What a run's owner is told, in words. */
    private static class Heard implements DeliveryListener {

        private final List<String> words = new CopyOnWriteArrayList<>();

        @Override
        public void started(StartedRun run) {
            words.add(run.resumed() ? "resumed" : "started");
        }

        @Override
        public void unanswered(Outcome<?> failure) {
            // told when it has been settled
        }

        @Override
        public void refused(Outcome<?> answer, boolean forGood) {
            words.add("refused: " + answer.words());
        }

        @Override
        public void ended(StartedRun run, RunRecord.End end) {
            words.add("ended " + end.status());
        }

        @Override
        public void revived(StartedRun run) {
            words.add("revived");
        }

        @Override
        public void overruled(StartedRun run, RunRecord.@Nullable End end, StatusResult.Overruled decision) {
            words.add((end == null ? "alive" : end.status()) + " overruled: " + decision.status() + " by "
                    + decision.by());
        }

        @Override
        public void leftOut(StartedRun run, RunRecord record, Outcome<?> answer) {
            words.add("left out " + record.getClass().getSimpleName() + ": " + answer.words());
        }
    }
}

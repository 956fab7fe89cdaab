package io.plutorun.agent.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.current.RunListeners;
import io.plutorun.agent.delivery.Delivery;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.heartbeat.Heartbeat;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.messages.HeartbeatMessages;
import io.plutorun.agent.messages.Messages;
import io.plutorun.agent.objects.UnusedInstrumentation;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.LogLevel;
import io.plutorun.agent.settings.Options.OnCancel;
import io.plutorun.agent.settings.SweepRule;
import io.plutorun.agent.spec.RunEnvironment;
import io.plutorun.agent.spec.Specification;
import io.plutorun.agent.spec.Specifications;
import io.plutorun.agent.verdict.FailureWarmup;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final String BEAT = "/api/runs/trigger";
    private static final String STATUS = "/api/runs/status/update";

    private final FakePluto pluto = FakePluto.start();
    private final Lines out = new Lines();
    private final Console console = Console.over(out, new Redactor(Map.of()), LogLevel.INFO);
    private final long id = pluto.seedRun("proj", "run");
    private final Path directory;
    private Runnable stop = () -> {};
    private @Nullable PlutoApi api;
    private @Nullable ServerRun run;
    private Session.@Nullable Online session;

    HeartbeatTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void close() {
        stop.run();
        pluto.close();
    }

    private void beat(boolean withHost, Duration keepAlive) throws Exception {
        beat(id, withHost, keepAlive);
    }

    /** Resumes a run, and beats for it, with or without a heartbeat host. */
    private void beat(long runId, boolean withHost, Duration keepAlive) throws Exception {
        Messages messages = new Messages(
                Endpoints.of(sample(runId).settings()),
                ApiKey.find(sample(runId).settings()));
        PlutoApi server = new PlutoApi(
                pluto.apiUrl(),
                withHost ? pluto.heartbeatUrl() : null,
                withHost ? pluto.ingestUrl() : null,
                pluto.apiKey(),
                "1",
                Transport.DIRECT);
        JournalStore store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, console::warn);
        Delivery delivery = new Delivery(server, store, LONG);
        Heartbeat heartbeat =
                new Heartbeat(server, new HeartbeatMessages(console, messages), INTERVAL, keepAlive, delivery::lend);
        api = server;
        session = new Session.Online(
                store,
                delivery,
                TestParts.online(messages, heartbeat),
                new RunListeners(console::warn),
                new FailureWarmup(),
                false,
                OnCancel.IGNORE,
                SweepRule.TRUE,
                Clock.systemUTC());
        run = addRun(runId);
    }

    private Sample sample(long runId) {
        Sample sample = new Sample().runId(String.valueOf(runId));
        sample.environment.putAll(pluto.environment());
        return sample;
    }

    private ServerRun addRun(long runId) throws Exception {
        Session.Online open = Objects.requireNonNull(session);
        Sample sample = sample(runId);
        Specification specification = new Specifications(
                        sample.settings(),
                        new Redactor(Map.of()),
                        () -> RunEnvironment.NONE,
                        new Sample().jvm(),
                        () -> null,
                        UnusedInstrumentation.trees())
                .of(sample.method(), Optional.empty(), new Object[0], Instant.EPOCH);
        ServerRun added = new ServerRun(specification, ActiveRun.Lifetime.CALL, open, console);
        Runnable before = stop;
        stop = () -> {
            before.run();
            open.heartbeat().remove(added);
        };
        added.begin(() -> {});
        assertThat(added.start().await(LONG)).isTrue();
        return added;
    }

    /** Begins a second run: its beats measure the time in which the first run could have beaten. */
    private long addOtherRun() throws Exception {
        long otherRun = pluto.seedRun("proj", "other");
        addRun(otherRun);
        return otherRun;
    }

    private void awaitTenMoreBeatsOf(long runId) {
        int before = pluto.run(runId).heartbeats();
        pluto.await(p -> p.run(runId).heartbeats() >= before + 10, LONG);
    }

    /** What was told since the run's start. */
    private List<String> lines() {
        return out.toString(UTF_8)
                .lines()
                .filter(line -> !line.contains(" resumed: http"))
                .toList();
    }

    private void awaitLine() throws InterruptedException {
        synchronized (out) {
            long deadline = System.nanoTime() + LONG.toNanos();
            while (lines().isEmpty()) {
                long left = deadline - System.nanoTime();
                assertThat(left).as("nothing was told").isPositive();
                TimeUnit.NANOSECONDS.timedWait(out, left);
            }
        }
    }

    /** Wakes those who wait for a line. */
    private static final class Lines extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            notifyAll();
        }
    }

    private String label() {
        return pluto.run(id).displayId();
    }

    private int beats() {
        return pluto.exchanges(BEAT).size();
    }

    /** Without the one that leaves the start's mark. */
    private int reports() {
        return (int) pluto.exchanges(STATUS).stream()
                .filter(exchange -> !exchange.body().contains("loggerSettings"))
                .count();
    }

    @Test
    void P5_a_run_beats_until_it_is_removed() throws Exception {
        beat(true, LONG);
        long otherRun = addOtherRun();
        pluto.await(p -> p.run(id).heartbeats() >= 3, LONG);
        Objects.requireNonNull(session).heartbeat().remove(Objects.requireNonNull(run));
        int before = pluto.run(id).heartbeats();
        awaitTenMoreBeatsOf(otherRun);

        assertThat(pluto.run(id).heartbeats()).as("at most the one under way").isLessThanOrEqualTo(before + 1);
        assertThat(reports()).as("no report while beats are heard").isZero();
        assertThat(lines()).isEmpty();
    }

    @Test
    void P5_without_a_heartbeat_host_the_run_is_reported_as_running() throws Exception {
        beat(false, Duration.ofMillis(50));
        pluto.await(p -> reports() >= 2, LONG);

        assertThat(beats()).isZero();
        assertThat(pluto.exchanges(STATUS))
                .isNotEmpty()
                .allMatch(exchange -> exchange.body().contains("\"RUNNING\""));
    }

    @Test
    void P5_when_beats_have_failed_long_enough_the_run_is_reported_as_running_until_they_are_heard_again()
            throws Exception {
        pluto.faults().always(BEAT, Fault.status(503, "{\"detail\":\"down\"}"));
        beat(true, Duration.ofMillis(100));
        pluto.await(p -> reports() >= 2, LONG);
        pluto.faults().clear();
        pluto.await(p -> p.run(id).heartbeats() >= 2, LONG);
        int before = reports();
        int beats = beats();
        pluto.await(p -> beats() >= beats + 10, LONG);

        assertThat(reports()).isEqualTo(before);
        assertThat(lines())
                .first()
                .isEqualTo("pluto: the server does not hear that run "
                        + pluto.run(id).displayId() + " is alive: 503 down; the agent goes on trying");
        assertThat(out.toString(UTF_8))
                .contains("hears again that run " + pluto.run(id).displayId() + " is alive, after ");
    }

    @Test
    void P5_a_run_that_somebody_has_ended_is_not_revived_which_is_told_once() throws Exception {
        beat(true, LONG);
        long otherRun = addOtherRun();
        Objects.requireNonNull(api).updateStatus(id, io.plutorun.agent.api.RunStatus.TERMINATED, null, null, LONG);
        awaitLine();
        int before = pluto.run(id).heartbeats();
        awaitTenMoreBeatsOf(otherRun);

        assertThat(pluto.run(id).events()).hasSize(2);
        assertThat(pluto.run(id).heartbeats()).as("at most the one under way").isLessThanOrEqualTo(before + 1);
        assertThat(lines())
                .containsExactly(
                        "pluto: run " + label() + " is TERMINATED on the server (set by another program through"
                                + " the API), though its method is still executing; the program goes on, and the run is left as"
                                + " it is");
    }

    @Test
    void P5_a_run_that_was_declared_dead_alive_is_resumed_which_is_told_once() throws Exception {
        pluto.faults().always(BEAT, Fault.status(503, "{}"));
        beat(true, LONG);
        pluto.await(p -> beats() > 0, LONG);
        pluto.clock().advance(Duration.ofHours(1));
        assertThat(pluto.reap()).isEqualTo(1);
        pluto.faults().clear();
        pluto.await(p -> p.run(id).timesResumed() == 1, LONG);
        int beats = pluto.run(id).heartbeats();
        pluto.await(p -> p.run(id).heartbeats() >= beats + 5, LONG);

        assertThat(pluto.run(id).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(pluto.run(id).timesResumed()).isEqualTo(1);
        assertThat(lines().stream().filter(line -> line.contains("declared dead")))
                .hasSize(1);
    }

    @Test
    void P5_a_cancel_on_the_page_is_told_once_and_no_beat_follows() throws Exception {
        beat(true, LONG);
        long otherRun = addOtherRun();
        pluto.await(p -> p.run(id).heartbeats() >= 2, LONG); // else the cancel may be met as an old one
        pluto.cancel(id);
        awaitLine();
        int before = pluto.run(id).heartbeats();
        awaitTenMoreBeatsOf(otherRun);

        assertThat(pluto.run(id).heartbeats()).isEqualTo(before);
        assertThat(Objects.requireNonNull(run).attribute("cancelled")).isEqualTo(true);
        assertThat(Objects.requireNonNull(run).attribute("active")).isEqualTo(true);
        assertThat(lines())
                .containsExactly("pluto: run " + label()
                        + " was cancelled on its page: the program goes on (PLUTO_ON_CANCEL is ignore)");
    }

    @Test
    void P5_a_cancel_from_before_the_resume_is_told_and_undone_and_the_run_goes_on_without_beats() throws Exception {
        long cancelled = pluto.seedRun("proj", "cancelled");
        pluto.cancel(cancelled);
        PlutoApi other = new PlutoApi(
                pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
        assertThat(other.beat(cancelled, LONG).words()).isEqualTo("ok");
        beat(cancelled, true, Duration.ofMillis(50));
        pluto.await(p -> p.run(cancelled).heartbeats() == 2 && p.run(cancelled).status() == RunStatus.RUNNING, LONG);
        int reports = reports();
        pluto.await(p -> reports() >= reports + 3, LONG);

        assertThat(pluto.run(cancelled).heartbeats()).isEqualTo(2);
        assertThat(pluto.run(cancelled).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(Objects.requireNonNull(run).attribute("cancelled")).isEqualTo(false);
        assertThat(lines()).hasSize(1).allMatch(line -> line.contains("was cancelled before it was resumed"));
    }

    @Test
    void P5_without_a_heartbeat_host_a_run_that_was_declared_dead_alive_is_resumed_too() throws Exception {
        beat(false, Duration.ofMillis(500));
        pluto.clock().advance(Duration.ofHours(1));
        assertThat(pluto.reap()).isEqualTo(1);
        pluto.await(p -> p.run(id).timesResumed() == 1, LONG);

        assertThat(pluto.run(id).status()).isEqualTo(RunStatus.RUNNING);
    }

    /** 100 runs, 100 ms an answer: one thread would take 10 s a round. */
    @Test
    void P5_where_one_thread_is_late_the_threads_of_the_delivery_beat_too_and_no_run_is_left_out() throws Exception {
        beat(true, LONG);
        pluto.faults().always(BEAT, Fault.delay(Duration.ofMillis(100)));
        for (int i = 0; i < 100; i++) {
            addRun(pluto.seedRun("proj", "run"));
        }
        AtomicLong atOnce = new AtomicLong();
        pluto.await(
                p -> {
                    long now = p.exchanges(BEAT).stream()
                            .filter(beat -> beat.status() == -1)
                            .count();
                    atOnce.accumulateAndGet(now, Math::max);
                    return p.runs().stream().allMatch(run -> run.heartbeats() >= 3);
                },
                Duration.ofSeconds(60));

        assertThat(atOnce).as("as many as there are threads of the agent").hasValue(3);
        stop.run();
    }
}

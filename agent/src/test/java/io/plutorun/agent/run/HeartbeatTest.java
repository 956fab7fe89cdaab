package io.plutorun.agent.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.Transport;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.journal.Delivery;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.LogLevel;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = Console.over(out, new Redactor(Map.of()), LogLevel.INFO);
    private final long id = pluto.seedRun("proj", "run");
    private final Path directory;
    private Runnable stop = () -> {};
    private @Nullable PlutoApi api;

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
        Sample sample = new Sample().runId(String.valueOf(runId));
        sample.environment.putAll(pluto.environment());
        Messages messages = new Messages(Endpoints.of(sample.settings()), ApiKey.find(sample.settings()));
        PlutoApi api = new PlutoApi(
                pluto.apiUrl(), withHost ? pluto.heartbeatUrl() : null, pluto.apiKey(), "1", Transport.DIRECT);
        Heartbeat heartbeat = new Heartbeat(api, console, messages, INTERVAL, keepAlive);
        Specification specification = new Specifications(sample.settings(), new Redactor(Map.of()), Map::of)
                .of(sample.method(), Optional.empty(), new Object[0], Instant.EPOCH);
        JournalStore store =
                new JournalStore(directory, new Redactor(Map.of()), null, "1", "host", false, console::warn);
        Session.Online session =
                new Session.Online(store, new Delivery(api, store, LONG), heartbeat, messages, null, false);
        ServerRun run = new ServerRun(specification, session, console, new Rehearsal());
        stop = () -> heartbeat.remove(run);
        run.journal().append(specification.start());
        assertThat(run.awaitStart(LONG)).isTrue();
        out.reset();
        this.api = api;
    }

    private int beats() {
        return pluto.exchanges(BEAT).size();
    }

    private int reports() {
        return pluto.exchanges(STATUS).size();
    }

    @Test
    void P5_a_run_beats_until_it_is_removed() throws Exception {
        beat(true, LONG);
        pluto.await(p -> p.run(id).heartbeats() >= 3, LONG);
        stop.run();
        int before = beats();
        long otherRun = pluto.seedRun("proj", "a later one");

        assertThat(beats()).as("at most the one under way").isLessThanOrEqualTo(before + 1);
        assertThat(pluto.run(otherRun).heartbeats()).isZero();
        assertThat(reports()).as("no report while beats are heard").isZero();
        assertThat(out.toString(UTF_8)).isEmpty();
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
        assertThat(out.toString(UTF_8).lines())
                .first()
                .isEqualTo("pluto: the server does not hear that run "
                        + pluto.run(id).displayId() + " is alive: 503 down; the agent goes on trying");
        assertThat(out.toString(UTF_8))
                .contains("hears again that run " + pluto.run(id).displayId() + " is alive, after ");
    }

    @Test
    void P5_a_run_that_somebody_has_ended_is_not_revived() throws Exception {
        beat(false, Duration.ofMillis(30));
        Objects.requireNonNull(api).updateStatus(id, io.plutorun.agent.api.RunStatus.CANCELLED, null, null, LONG);
        String details = "/api/runs/details/" + id;
        int before = pluto.exchanges(details).size();
        pluto.await(p -> p.exchanges(details).size() >= before + 4, LONG);

        assertThat(pluto.run(id).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(pluto.run(id).events())
                .last()
                .extracting(event -> event.to())
                .isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void P5_a_cancel_on_the_page_is_told_once_and_the_program_goes_on() throws Exception {
        beat(true, LONG);
        pluto.cancel(id);
        pluto.await(p -> p.run(id).status() == RunStatus.CANCELLED, LONG);
        int beats = beats();
        pluto.await(p -> beats() >= beats + 5, LONG);

        assertThat(out.toString(UTF_8).lines())
                .containsExactly("pluto: run " + pluto.run(id).displayId()
                        + " is CANCELLED on the server, though its method is still executing; the program goes on");
    }
}

package io.plutorun.agent.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.send.ServerState;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P9: what the heartbeat service says of one run is that run's. */
class RefusedBeatsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration KEEP_ALIVE = Duration.ofMillis(100);
    private static final String BEAT = "/api/runs/trigger";
    private static final long GONE = 4711;

    private final FakePluto pluto = FakePluto.start();
    private final Told told = new Told();
    private final Heartbeat heartbeat = new Heartbeat(
            new PlutoApi(
                    pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT),
            told,
            Duration.ofMillis(10),
            KEEP_ALIVE,
            task -> {});
    private final List<Kept> added = new ArrayList<>();

    @AfterEach
    void close() {
        added.forEach(heartbeat::remove);
        pluto.close();
    }

    private Kept add(long runId) {
        Kept run = new Kept();
        added.add(run);
        heartbeat.add(run, new StartedRun(runId, OptionalLong.empty(), "R-" + runId, null, null, null, false));
        return run;
    }

    private long beats(long runId) {
        return pluto.exchanges(BEAT).stream()
                .filter(beat -> beat.json().get("runId").asLong() == runId)
                .count();
    }

    @Test
    void a_run_that_is_deleted_on_the_server_beats_no_more_which_is_told_once_and_all_others_go_on() {
        add(GONE);
        long[] others = new long[4];
        for (int i = 0; i < others.length; i++) {
            others[i] = pluto.seedRun("proj", "run");
            add(others[i]);
        }
        pluto.await(
                p -> {
                    for (long other : others) {
                        if (p.run(other).heartbeats() < 20) {
                            return false;
                        }
                    }
                    return true;
                },
                LONG);

        assertThat(beats(GONE)).isEqualTo(1);
        assertThat(told.lines).containsExactly("gone R-" + GONE + ": 404 Run not found");
        assertThat(added.get(0).reports.getCount()).as("nothing keeps it alive").isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "401, application/json, '{\"detail\":\"Invalid or expired API key for this run\"}'",
        "403, text/html, <html>forbidden</html>",
        "429, text/plain, slow down",
        "404, text/html, <html>no such page</html>",
        "500, application/json, '{\"detail\":\"Internal Server Error\"}'"
    })
    void P5_a_run_whose_beats_are_refused_is_kept_alive_by_reports_and_beats_again_when_it_may(
            int status, String type, String body) throws InterruptedException {
        pluto.faults().always(BEAT, Fault.status(status, Map.of(), type, body));
        Kept one = add(pluto.seedRun("proj", "run"));
        Kept other = add(pluto.seedRun("proj", "run"));

        assertThat(one.reports.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(other.reports.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(told.lines).as("once for all runs").hasSize(1);
        assertThat(told.lines.get(0)).startsWith("refused R-1: " + status);
        pluto.faults().clear();
        pluto.await(p -> p.run(1).heartbeats() >= 3 && p.run(2).heartbeats() >= 3, LONG);
    }

    @Test
    void one_run_s_refusal_costs_another_none_of_its_beats() {
        add(GONE);
        pluto.faults().next(BEAT, Fault.status(401, "{\"detail\":\"Invalid or expired API key for this run\"}"));
        long other = pluto.seedRun("proj", "run");
        add(other);
        pluto.await(p -> p.run(other).heartbeats() >= 10, LONG);

        assertThat(told.lines).noneMatch(line -> line.startsWith("away"));
    }

    @Test
    void one_beat_without_an_answer_is_not_told_and_two_in_a_row_are() {
        long id = pluto.seedRun("proj", "run");
        pluto.faults().next(BEAT, Fault.status(503, "{\"detail\":\"down\"}"));
        add(id);
        pluto.await(p -> p.run(id).heartbeats() >= 5, LONG);
        assertThat(told.lines).isEmpty();

        pluto.faults().next(BEAT, Fault.status(503, "{\"detail\":\"down\"}"));
        pluto.faults().next(BEAT, Fault.status(503, "{\"detail\":\"down\"}"));
        int before = pluto.run(id).heartbeats();
        pluto.await(p -> p.run(id).heartbeats() >= before + 5, LONG);
        assertThat(told.lines).containsExactly("away R-" + id + ": 503 down", "back R-" + id);
    }

    @Test
    void a_run_that_is_added_again_has_one_series_of_beats_and_none_when_it_is_removed() {
        long id = pluto.seedRun("proj", "run");
        StartedRun started = new StartedRun(id, OptionalLong.empty(), "R-" + id, null, null, null, false);
        Kept run = new Kept();
        heartbeat.add(run, started);
        heartbeat.add(run, started);
        pluto.await(p -> p.run(id).heartbeats() >= 3, LONG);
        heartbeat.remove(run);
        long other = pluto.seedRun("proj", "run");
        add(other);
        pluto.await(p -> p.run(other).heartbeats() >= 3, LONG); // what was on its way for the first run is there
        int beats = pluto.run(id).heartbeats();
        pluto.await(p -> p.run(other).heartbeats() >= 10, LONG);

        assertThat(pluto.run(id).heartbeats()).isEqualTo(beats);
    }

    /** A run, of which reports are asked for instead of beats. */
    private static final class Kept implements BeatingRun {

        private final ServerState state = new ServerState();
        private final CountDownLatch reports = new CountDownLatch(2);

        @Override
        public ServerState serverState() {
            return state;
        }

        @Override
        public boolean endIfItRanOut() {
            return false;
        }

        @Override
        public void stillAlive() {
            reports.countDown();
        }

        @Override
        public void cancelled(StartedRun run) {}

        @Override
        public void wasCancelledBefore(StartedRun run) {}
    }

    private static final class Told implements HeartbeatListener {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void doesNotAnswer(StartedRun run, String why) {
            lines.add("away " + run.label() + ": " + why);
        }

        @Override
        public void answersAgain(StartedRun run, int failures) {
            lines.add("back " + run.label());
        }

        @Override
        public void beatsAreRefused(StartedRun run, String why) {
            lines.add("refused " + run.label() + ": " + why);
        }

        @Override
        public void runIsGone(StartedRun run, String why) {
            lines.add("gone " + run.label() + ": " + why);
        }

        @Override
        public void beatFailed(StartedRun run, RuntimeException fault) {
            lines.add("fault " + fault);
        }
    }
}

package io.plutorun.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules that stories about a client rest on. */
class FakePlutoTest {

    private final FakePluto pluto = FakePluto.start();
    private final Client client = new Client(pluto);

    @AfterEach
    void close() {
        pluto.close();
    }

    @Test
    void aLowerVerdictIsAcceptedInWordsAndDroppedInDeed() throws Exception {
        long run = pluto.seedRun("my-proj", "training");

        client.status(run, RunStatus.COMPLETED);
        client.status(run, RunStatus.FAILED);
        client.status(run, RunStatus.CANCELLED);
        client.status(run, RunStatus.COMPLETED);

        assertThat(pluto.run(run).status()).isEqualTo(RunStatus.FAILED);
        assertThat(pluto.run(run).events())
                .extracting(StatusEvent::to)
                .containsExactly(RunStatus.RUNNING, RunStatus.COMPLETED, RunStatus.FAILED);
    }

    @Test
    void runningUndoesAnyVerdictAndThenAnyVerdictIsTakenAgain() throws Exception {
        long run = pluto.seedRun("my-proj", "training", seed -> seed.status(RunStatus.FAILED));

        client.status(run, RunStatus.RUNNING);
        client.status(run, RunStatus.COMPLETED);

        assertThat(pluto.run(run).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aKnownExternalIdResumesItsRunAndKeepsItsName() throws Exception {
        long seeded = pluto.seedRun(
                "my-proj",
                "first name",
                seed -> seed.externalId("job-7").config("{\"a\":{\"x\":1}}").status(RunStatus.TERMINATED));

        var answer = client.api(
                "/api/runs/create",
                "{\"runName\":\"second\",\"projectName\":\"my-proj\",\"externalId\":\"job-7\",\"config\":\"{\\\"a\\\":{\\\"y\\\":2}}\"}");

        assertThat(answer.get("runId").asLong()).isEqualTo(seeded);
        assertThat(answer.get("resumed").asBoolean()).isTrue();
        FakeRun run = pluto.run(seeded);
        assertThat(run.name()).isEqualTo("first name");
        assertThat(run.config()).hasToString("{a={x=1, y=2}}");
        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(run.timesResumed()).isEqualTo(1);
    }

    @Test
    void aCancelIsNeverConsumed() throws Exception {
        long run = pluto.seedRun("my-proj", "training");
        pluto.cancel(run);
        assertThat(pluto.run(run).status()).as("before any heartbeat").isEqualTo(RunStatus.RUNNING);

        assertThat(client.heartbeat(run)).isEqualTo("CANCELLED");
        client.resume(run);
        assertThat(pluto.run(run).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(client.heartbeat(run)).isEqualTo("CANCELLED");

        assertThat(pluto.run(run).endedAt()).isPresent();
        assertThat(pluto.run(run).events())
                .as("the cancels left no event")
                .extracting(StatusEvent::source)
                .containsExactly("api", "resume");
    }

    @Test
    void aRunThatStopsBeatingFailsAfter150Seconds() throws Exception {
        long run = pluto.seedRun("my-proj", "training");
        client.heartbeat(run);

        pluto.clock().advance(Duration.ofSeconds(140));
        assertThat(pluto.reap()).isZero();
        pluto.clock().advance(Duration.ofSeconds(11));
        assertThat(pluto.reap()).isEqualTo(1);

        FakeRun failed = pluto.run(run);
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(failed.statusMetadata()).containsEntry("reason", "heartbeat-timeout");
        assertThat(failed.events().get(1).source()).isEqualTo("stale-monitor");
    }

    @Test
    void aBeatWithinThirtySecondsOfTheLastWrittenOneIsNotWrittenDown() throws Exception {
        pluto.clock().freeze();
        long run = pluto.seedRun("my-proj", "training");
        Instant first = pluto.clock().now();
        client.heartbeat(run);
        pluto.clock().advance(Duration.ofSeconds(29));
        client.heartbeat(run);
        assertThat(pluto.run(run).lastSeen()).isEqualTo(first);
        assertThat(pluto.run(run).heartbeats()).isEqualTo(2);

        pluto.clock().advance(Duration.ofSeconds(1));
        client.heartbeat(run);
        assertThat(pluto.run(run).lastSeen()).isEqualTo(first.plusSeconds(30));
    }

    @Test
    void aRunThatNeverBeatFailsAfterHalfAnHourUnlessItsStatusIsRefreshed() throws Exception {
        long silent = pluto.seedRun("my-proj", "silent");
        long kept = pluto.seedRun("my-proj", "kept alive");

        pluto.clock().advance(Duration.ofMinutes(29));
        client.status(kept, RunStatus.RUNNING);
        client.resume(silent); // counts for nothing on a running run
        assertThat(pluto.reap()).isZero();
        pluto.clock().advance(Duration.ofMinutes(2));
        assertThat(pluto.reap()).isEqualTo(1);

        assertThat(pluto.run(silent).status()).isEqualTo(RunStatus.FAILED);
        assertThat(pluto.run(silent).statusMetadata()).containsEntry("reason", "stale");
        assertThat(pluto.run(kept).status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void loggerSettingsThatAreNoObjectBreakTheSweepForEverybody() {
        pluto.seedRun("my-proj", "training", seed -> seed.loggerSettings("[1]"));

        assertThatThrownBy(pluto::reap)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MPR-1");
    }

    @Test
    void awaitEndsWithTheChangeItWaitsFor() throws Exception {
        Thread sender = new Thread(() -> {
            try {
                client.create("job-1");
            } catch (java.io.IOException | InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        sender.start();
        pluto.await(p -> p.runs().size() == 1, Duration.ofSeconds(10));
        sender.join();

        assertThat(pluto.exchanges("/api/runs/create")).hasSize(1).first().satisfies(exchange -> {
            assertThat(exchange.host()).isEqualTo("api");
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.json().get("externalId").asText()).isEqualTo("job-1");
            assertThat(exchange.header("authorization")).contains("Bearer " + pluto.apiKey());
        });
    }

    @Test
    void anAwaitInVainShowsTheRuns() {
        pluto.seedRun("my-proj", "training");

        assertThatThrownBy(() -> pluto.await(p -> p.runs().isEmpty(), Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("MPR-1");
    }

    @Test
    void theTableShowsWhatAPersonWantsToKnow() throws Exception {
        pluto.clock().freeze();
        long run =
                pluto.seedRun("my-proj", "resnet", seed -> seed.tags("a", "b").config("{\"lr\":0.1}"));
        Client client = new Client(pluto);
        client.register(run, "METRIC", "loss");
        client.lines("/ingest/metrics", run, "{\"time\":1790000000000,\"step\":1,\"data\":{\"loss\":0.25}}\n");
        pluto.seedRun("my-proj", "done", seed -> seed.status(RunStatus.COMPLETED));
        pluto.clock().advance(Duration.ofSeconds(75));

        assertThat(pluto.table()).isEqualTo("""
                RUN    NAME    STATUS     TAGS  CONFIG  LAST VALUES  LASTED      RESUMED
                MPR-1  resnet  RUNNING    a,b   lr=0.1  loss 0.25    1 min 15 s
                MPR-2  done    COMPLETED                             0.0 s
                """);
    }
}

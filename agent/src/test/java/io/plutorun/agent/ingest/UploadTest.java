package io.plutorun.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.metrics.MetricsOptions;
import io.plutorun.agent.metrics.MetricsThread;
import io.plutorun.agent.metrics.RunMetrics;
import io.plutorun.fake.FakePluto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The upload of a run that goes on: its process has its files open. */
class UploadTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static final int NAMES = 20;

    private final Path directory;

    UploadTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** A resumed run, or a worker of a run, with the metrics of its system: each name goes on behind what the server has of it. */
    @Test
    void names_that_wait_for_their_first_steps_are_all_sent_in_one_look() throws Exception {
        try (FakePluto pluto = FakePluto.start()) {
            UploadedRun run = new UploadedRun(pluto.seedRun("proj", "run"), "proj", "key", true, true, 0);
            PlutoApi api = new PlutoApi(
                    pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
            IngestApi ingest = Objects.requireNonNull(api.ingest());
            RunMetrics metrics = RunMetrics.open(
                    MetricsOptions.of(directory.resolve("run.values"), "key").resumed(),
                    new MetricsThread(new AgentThreads("metrics")),
                    notice -> {});
            try (Upload upload =
                    new Upload(api, ingest, UploadSource.of(metrics, run), run, LONG, (line, answer) -> {})) {
                for (int name = 0; name < NAMES; name++) {
                    metrics.log("sys/" + name, name);
                }
                metrics.log("loss", 0.25, 7);
                assertThat(metrics.flush(LONG)).isTrue();

                UploadProgress progress = upload.next();
                for (; !(progress instanceof UploadProgress.Idle); progress = upload.next()) {
                    assertThat(progress).isInstanceOf(UploadProgress.Sent.class);
                }

                assertThat(pluto.ingested(run.id()).metricNames()).hasSize(NAMES + 1);
                assertThat(pluto.series(run.id(), "loss").steps()).containsExactly(7);
            } finally {
                metrics.close();
                assertThat(metrics.awaitDone(LONG)).isTrue();
            }
        }
    }
}

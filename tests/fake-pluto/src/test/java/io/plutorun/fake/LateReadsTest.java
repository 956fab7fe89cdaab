package io.plutorun.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Values that can be read back only some seconds after they have come. */
class LateReadsTest {

    @Test
    void valuesAreReadableWhenTheServersClockHasGoneOnAndTheTestSeesThemAtOnce() throws Exception {
        try (FakePluto pluto =
                FakePluto.builder().readableAfter(Duration.ofSeconds(5)).start()) {
            pluto.clock().freeze();
            Client client = new Client(pluto);
            long run = pluto.seedRun("my-proj", "training");
            client.register(run, "METRIC", "loss");
            client.lines("/ingest/metrics", run, line(run, 1));
            pluto.clock().advance(Duration.ofSeconds(3));
            client.lines("/ingest/metrics", run, line(run, 2));

            assertThat(pluto.series(run, "loss").size()).isEqualTo(2);
            assertThat(readable(client, run)).isZero();
            pluto.clock().advance(Duration.ofSeconds(2));
            assertThat(readable(client, run)).isEqualTo(1);
            pluto.clock().advance(Duration.ofSeconds(3));
            assertThat(readable(client, run)).isEqualTo(2);
        }
    }

    private static String line(long run, int step) {
        return "{\"time\":1790000000000,\"step\":" + step + ",\"data\":{\"loss\":" + run + "}}\n";
    }

    private static int readable(Client client, long run) throws Exception {
        String answer = client.get("/api/runs/metrics?runId=" + run + "&projectName=my-proj")
                .body();
        return Json.parse(answer).orElseThrow().get("metrics").size();
    }
}

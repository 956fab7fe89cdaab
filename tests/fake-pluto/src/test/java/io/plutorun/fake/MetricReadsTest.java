package io.plutorun.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client can read back of its metrics. */
class MetricReadsTest {

    private final FakePluto pluto = FakePluto.start();
    private final Client client = new Client(pluto);
    private final long run = pluto.seedRun("my-proj", "training");
    private final String where = "?runId=" + run + "&projectName=my-proj";

    @BeforeEach
    void send() throws Exception {
        client.register(run, "METRIC", "train/loss", "acc");
        StringBuilder lines = new StringBuilder();
        for (int step = 1; step <= 25; step++) {
            String acc = step == 25 ? ",\"acc\":NaN" : step == 24 ? ",\"acc\":0.5" : "";
            lines.append(
                    "{\"time\":1790000000000,\"step\":" + step + ",\"data\":{\"train/loss\":" + step + acc + "}}\n");
        }
        client.lines("/ingest/metrics", run, lines.toString());
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private JsonNode get(String pathAndQuery) throws Exception {
        HttpResponse<String> answer = client.get(pathAndQuery);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body()).orElseThrow();
    }

    @Test
    void valuesComeByNameAndStepAndSayWhatIsNotFinite() throws Exception {
        JsonNode metrics = get("/api/runs/metrics" + where).get("metrics");

        assertThat(metrics).hasSize(27);
        assertThat(metrics.get(1))
                .hasToString(
                        "{\"logName\":\"acc\",\"logGroup\":\"\",\"value\":0,\"valueFlag\":\"NaN\",\"time\":\"2026-09-21 14:13:20.000\",\"step\":25}");
        assertThat(metrics.get(2).get("logGroup").asText()).isEqualTo("train");
    }

    @Test
    void moreThanTheLimitIsThinnedAndTheLastStepStays() throws Exception {
        assertThat(steps("&logName=train/loss&limit=10")).containsExactly(1, 4, 7, 10, 13, 16, 19, 22, 25);
        assertThat(steps("&logName=train/loss&limit=1")).containsExactly(1, 25);
        assertThat(steps("&logName=train/loss&stepMin=23")).containsExactly(23, 24, 25);
        assertThat(steps("&logName=train/loss&stepMax=2")).containsExactly(1, 2);
        assertThat(steps("&logGroup=train&stepMin=25")).containsExactly(25);
    }

    private IntStream steps(String more) throws Exception {
        JsonNode metrics = get("/api/runs/metrics" + where + more).get("metrics");
        return IntStream.range(0, metrics.size())
                .map(i -> metrics.get(i).get("step").asInt());
    }

    @Test
    void aRunThatDoesNotExistHasNoValuesAndNoStatistics() throws Exception {
        assertThat(get("/api/runs/metrics?runId=99&projectName=my-proj").get("metrics"))
                .isEmpty();
        assertThat(get("/api/runs/metrics?runId=" + run + "&projectName=other").get("metrics"))
                .isEmpty();
        assertThat(client.get("/api/runs/statistics?runId=99&projectName=my-proj")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatTheQueryLacksIsToldTogether() throws Exception {
        HttpResponse<String> answer = client.get("/api/runs/metrics?limit=10001&stepMin=1.5&stepMax=-1");

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode issues = Json.parse(answer.body()).orElseThrow().get("error").get("issues");
        assertThat(issues)
                .extracting(issue -> issue.get("path").get(0).asText())
                .containsExactly("runId", "projectName", "limit", "stepMin", "stepMax");
    }

    @Test
    void statisticsLeaveOutWhatIsNotFinite() throws Exception {
        JsonNode statistics = get("/api/runs/statistics" + where);

        assertThat(statistics.get("runName").asText()).isEqualTo("training");
        JsonNode acc = statistics.get("metrics").get(0);
        assertThat(acc.get("count").asInt()).isEqualTo(1);
        assertThat(acc.get("last").get("step").asInt()).isEqualTo(24);
        JsonNode loss = statistics.get("metrics").get(1);
        assertThat(loss.get("min").asDouble()).isEqualTo(1);
        assertThat(loss.get("max").asDouble()).isEqualTo(25);
        assertThat(loss.get("mean").asDouble()).isEqualTo(13);
        assertThat(loss.get("stddev").asDouble()).isEqualTo(Math.sqrt(52));
        assertThat(loss.get("first").get("value").asInt()).isEqualTo(1);
    }

    @Test
    void namesAreListedByProject() throws Exception {
        assertThat(get("/api/runs/metric-names?projectName=my-proj"))
                .hasToString("{\"projectName\":\"my-proj\",\"metricNames\":[\"acc\",\"train/loss\"]}");
        assertThat(get("/api/runs/metric-names?projectName=my-proj&search=LOSS&runIds=" + run)
                        .get("metricNames"))
                .hasSize(1);
        assertThat(get("/api/runs/metric-names?projectName=my-proj&runIds=99").get("metricNames"))
                .isEmpty();
    }
}

package io.plutorun.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.ingest.Arrivals;
import io.plutorun.fake.ingest.DataRow;
import io.plutorun.fake.ingest.LogLine;
import io.plutorun.fake.ingest.MetricSeries;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the ingest host keeps of what it takes, and whom it refuses. */
class IngestTest {

    private static final String METRICS = "/ingest/metrics";
    private static final String LOGS = "/ingest/logs";
    private static final String DATA = "/ingest/data";
    private static final long NOW = 1_790_000_000_000L;

    private final FakePluto pluto = FakePluto.start();
    private final Client client = new Client(pluto);
    private final long run = pluto.seedRun("my-proj", "training");

    @AfterEach
    void close() {
        pluto.close();
    }

    private static String point(long step, String data) {
        return point(NOW + step, step, data);
    }

    private static String point(long time, long step, String data) {
        return "{\"time\":" + time + ",\"step\":" + step + ",\"data\":{" + data + "}}\n";
    }

    private HttpResponse<String> metrics(String body) throws IOException, InterruptedException {
        return client.lines(METRICS, run, body);
    }

    private static void assertRefused(HttpResponse<String> answer, String message) {
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(Json.parse(answer.body()).orElseThrow().get("code").asText()).isEqualTo("PROCESSING_FAILED");
        assertThat(Json.parse(answer.body()).orElseThrow().get("message").asText())
                .contains(message);
    }

    @Test
    void eachValueIsOneRecordAndIsKeptByNameAndStep() throws Exception {
        client.register(run, "METRIC", "loss", "acc");

        HttpResponse<String> answer = metrics(point(0, "\"loss\":0.5,\"acc\":0.25") + point(1, "\"loss\":-1e-3"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("Stream processed successfully: 3 records");
        MetricSeries loss = pluto.series(run, "loss");
        assertThat(loss.steps()).containsExactly(0, 1);
        assertThat(loss.values()).containsExactly(0.5, -0.001);
        assertThat(loss.time(1)).isEqualTo(NOW + 1);
        assertThat(pluto.series(run, "acc").values()).containsExactly(0.25);
        assertThat(pluto.ingested(run).metricNames()).containsExactly("loss", "acc");
        assertThat(pluto.series(run, "never sent").size()).isZero();
    }

    @Test
    void anEmptyBodyAndBlankLinesAreNoRecordsAndNoErrors() throws Exception {
        client.register(run, "METRIC", "a");

        assertThat(metrics("").body()).endsWith(": 0 records");
        assertThat(metrics("\r\n  \n" + point(1, "\"a\":1").strip() + "\r\n\n").body())
                .endsWith(": 1 records");
        assertThat(metrics("\t" + point(2, "\"a\":1").strip()).body()).endsWith(": 1 records");
    }

    @Test
    void valuesThatAreNotFiniteAreKeptBareOrQuotedAndNullIsSkipped() throws Exception {
        client.register(run, "METRIC", "a", "b", "c");

        metrics(point(1, "\"a\":NaN,\"b\":Infinity,\"c\":-Infinity")
                + point(2, "\"a\":\"NaN\",\"b\":\"-Infinity\"")
                + point(3, "\"a\":null,\"b\":3"));

        assertThat(pluto.series(run, "a").values()).containsExactly(Double.NaN, Double.NaN);
        assertThat(pluto.series(run, "b").values())
                .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 3);
        assertThat(pluto.series(run, "c").values()).containsExactly(Double.NEGATIVE_INFINITY);
    }

    @Test
    void linesBeforeABadOneAreKeptAndThoseAfterItAreLost() throws Exception {
        client.register(run, "METRIC", "a");

        assertRefused(
                metrics(point(1, "\"a\":1") + point(2, "\"a\":2") + "{\"time\":oops}\n" + point(3, "\"a\":3")),
                "Failed to process metrics stream: StreamDecodingError (3004 - Processing Error): Failed to parse JSON line"
                        + " (bytes): '{\"time\":oops}': ");

        assertThat(pluto.series(run, "a").steps()).containsExactly(1, 2);
    }

    @Test
    void everyTroubleWithTheKeyIsA422() throws Exception {
        String body = point(1, "\"a\":1");
        HttpRequest noKey = HttpRequest.newBuilder(
                        client.linesRequest(METRICS, "x", body).build().uri())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        assertRefused(client.answer(noKey), "MissingToken (1003 - Authentication Error): Missing Authorization header");
        assertRefused(withKey(pluto.unknownKey()), "InvalidToken (1002 - Authentication Error): Invalid API key");
        assertRefused(withKey(pluto.expiredKey()), "InvalidToken (1002 - Authentication Error): API key has expired");
        assertRefused(
                withKey(pluto.revokedKey()), "InvalidToken (1002 - Authentication Error): API key has been revoked");
        assertRefused(withKey("\"quoted\""), "InvalidTokenFormat (1006 - Authentication Error)");
        assertRefused(
                client.answer(HttpRequest.newBuilder(noKey.uri())
                        .header("Authorization", "bearer " + pluto.apiKey())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build()),
                "InvalidBearerFormat (1007 - Authentication Error)");
        assertThat(pluto.ingested(run).metricNames()).isEmpty();
    }

    private HttpResponse<String> withKey(String key) throws IOException, InterruptedException {
        return client.answer(client.linesRequest(METRICS, key, point(1, "\"a\":1"))
                .header("X-Run-Id", Long.toString(run))
                .header("X-Project-Name", "my-proj")
                .build());
    }

    @Test
    void aMissingHeaderIsA422() throws Exception {
        HttpRequest.Builder request = client.linesRequest(LOGS, pluto.apiKey(), "");

        assertRefused(
                client.answer(request.build()),
                "Failed to process logs stream: InvalidHeaderFormat (2004 - Validation Error): Missing required header: X-Run-Id");
        assertRefused(
                client.answer(request.header("X-Run-Id", "1").build()), "Missing required header: X-Project-Name");
    }

    @Test
    void ofOneStepTheNewestTimeWinsAndDuplicatesAreCounted() throws Exception {
        client.register(run, "METRIC", "a");

        metrics(point(NOW + 5, 1, "\"a\":1"));
        metrics(point(NOW + 5, 1, "\"a\":1"));
        metrics(point(NOW + 4, 1, "\"a\":2"));
        assertThat(pluto.series(run, "a").values()).containsExactly(1);
        metrics(point(NOW + 6, 1, "\"a\":3"));
        metrics(point(NOW + 6, 1, "\"a\":4"));

        assertThat(pluto.series(run, "a").values()).containsExactly(4);
        assertThat(pluto.series(run, "a").arrivals()).isEqualTo(new Arrivals(5, 1, 2, 1));
        assertThat(pluto.ingested(run).arrivals().duplicates()).isEqualTo(4);
    }

    @Test
    void logLinesAreAppendedSoThatARetryShowsTwice() throws Exception {
        String line =
                "{\"time\":" + NOW + ",\"message\":\"h\\u00e9 \\\"quoted\\\"\",\"lineNumber\":7,\"logType\":\"INFO\"}";

        client.lines(LOGS, run, line);
        client.lines(LOGS, run, line);

        LogLine kept = new LogLine(NOW, 7, "INFO", "h\u00e9 \"quoted\"");
        assertThat(pluto.ingested(run).logLines()).containsExactly(kept, kept);
    }

    @Test
    void stringsTablesAndHistogramsAreAppendedSoThatARetryShowsTwice() throws Exception {
        client.register(run, "DATA", "phase");
        client.register(run, "TABLE", "confusion");
        client.register(run, "HISTOGRAM", "weights");
        String table = "{\"table\":[[1,\"x\"]],\"col\":[{\"name\":\"n\",\"dtype\":\"int\"},{\"name\":\"t\"}]}";
        String histogram =
                "{\"freq\":[1,2],\"bins\":{\"min\":0.0,\"max\":1,\"num\":2},\"shape\":\"uniform\",\"type\":\"Histogram\",\"maxFreq\":2}";

        HttpResponse<String> answer = client.lines(
                DATA,
                run,
                row("string-series", "phase", "load")
                        + row("string-series", "phase", "load")
                        + row("TABLE", "confusion", table)
                        + row("HISTOGRAM", "weights", histogram));

        assertThat(answer.body()).isEqualTo("Stream processed successfully: 4 records");
        DataRow load = new DataRow(NOW, 3, "string-series", "phase", "load");
        assertThat(pluto.ingested(run).strings("phase")).containsExactly(load, load);
        assertThat(pluto.ingested(run).tables("confusion"))
                .extracting(DataRow::data)
                .containsExactly(table);
        assertThat(pluto.ingested(run).histograms("weights")).hasSize(1);
    }

    private static String row(String type, String name, String data) {
        return Json.write(Json.object()
                        .put("time", NOW)
                        .put("data", data)
                        .put("step", 3)
                        .put("dataType", type)
                        .put("logName", name))
                + "\n";
    }

    @Test
    void blankTypesAndNamesOfRowsAreRefused() throws Exception {
        assertRefused(
                client.lines(DATA, run, row(" ", "n", "x")), "InvalidLogFormat (2006 - Validation Error): 'dataType'");
        assertRefused(client.lines(DATA, run, row("string-series", "", "x")), "'logName' field cannot be empty");
        assertRefused(
                client.lines(LOGS, run, "{\"time\":1,\"message\":\"\",\"lineNumber\":1,\"logType\":\"\\t\"}"),
                "'logType' field cannot be empty");
        assertThat(pluto.ingested(run).rows()).isEmpty();
    }

    @Test
    void theHighestStepOfARunCanBeAsked() throws Exception {
        client.register(run, "METRIC", "a");
        assertThat(step(pluto.apiKey()).body()).isEqualTo("{\"step\":0}");

        metrics(point(41, "\"a\":1") + point(7, "\"a\":1"));

        assertThat(step(pluto.apiKey()).body()).isEqualTo("{\"step\":41}");
        HttpResponse<String> refused = step(pluto.unknownKey());
        assertThat(refused.statusCode())
                .as("no stream, so the error has its own status")
                .isEqualTo(401);
        assertThat(refused.body()).isEqualTo("{\"code\":\"INVALID_TOKEN\",\"message\":\"Invalid API key\"}");
    }

    private HttpResponse<String> step(String key) throws IOException, InterruptedException {
        return client.answer(client.linesRequest("/step", key, "")
                .header("X-Run-Id", Long.toString(run))
                .header("X-Project-Name", "my-proj")
                .build());
    }

    @Test
    void valuesKeepARunFromBeingDeclaredDead() throws Exception {
        client.register(run, "METRIC", "a");
        pluto.clock().freeze();
        client.heartbeat(run);
        pluto.clock().advance(java.time.Duration.ofSeconds(149));
        metrics(point(pluto.clock().now().toEpochMilli(), 1, "\"a\":1"));
        pluto.clock().advance(java.time.Duration.ofSeconds(149));

        assertThat(pluto.reap()).isZero();
    }
}

package io.plutorun.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ingest host goes wrong on purpose in the ways that a client must survive. */
class IngestFaultsTest {

    private static final String METRICS = "/ingest/metrics";

    private final FakePluto pluto = FakePluto.start();
    private final Client client = new Client(pluto);
    private final long run = pluto.seedRun("my-proj", "training");

    @BeforeEach
    void register() throws Exception {
        client.register(run, "METRIC", "a", "poison");
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private static String points(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int step = from; step <= to; step++) {
            lines.append("{\"time\":1790000000000,\"step\":" + step + ",\"data\":{\"a\":" + step + "}}\n");
        }
        return lines.toString();
    }

    private HttpResponse<String> send() throws IOException, InterruptedException {
        return client.lines(METRICS, run, points(1, 4));
    }

    @Test
    void aRejectedKeyIsA422WithoutEffect() throws Exception {
        pluto.faults().next(METRICS, Fault.ingestRejectsKey("API key has expired"));

        HttpResponse<String> answer = send();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"code\":\"PROCESSING_FAILED\",\"message\":\"Failed to process metrics stream: InvalidToken"
                                + " (1002 - Authentication Error): API key has expired\"}");
        assertThat(pluto.series(run, "a").size()).isZero();
    }

    @Test
    void aDatabaseThatIsDownIsA422WithoutEffect() throws Exception {
        pluto.faults().next("/ingest/logs", Fault.ingestDatabaseDown()).next("/step", Fault.ingestDatabaseDown());

        HttpResponse<String> answer = client.lines("/ingest/logs", run, "");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "Failed to process logs stream: DatabaseError (4001 - Database Error): Failed to validate API key");
        assertThat(client.lines("/step", run, "").statusCode()).isEqualTo(503);
    }

    @Test
    void aParseErrorAtALineKeepsTheLinesBeforeIt() throws Exception {
        pluto.faults().next(METRICS, Fault.parseErrorAtLine(3));

        HttpResponse<String> answer = send();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("StreamDecodingError (3004 - Processing Error)", "at character 0 ('#')");
        assertThat(pluto.series(run, "a").steps()).containsExactly(1, 2);
        assertThat(pluto.exchanges(METRICS).get(0).body()).as("what was sent").isEqualTo(points(1, 4));
    }

    @Test
    void aPoisonedLineIsRefusedInWhateverBatchItComes() throws Exception {
        pluto.faults().always(METRICS, Fault.parseErrorAtLinesWith("\"poison\""));
        String poison = "{\"time\":1790000000000,\"step\":9,\"data\":{\"poison\":1}}\n";

        assertThat(client.lines(METRICS, run, points(1, 1) + poison + points(2, 2))
                        .statusCode())
                .isEqualTo(422);
        assertThat(client.lines(METRICS, run, poison).statusCode()).isEqualTo(422);
        assertThat(client.lines(METRICS, run, points(2, 2)).statusCode()).isEqualTo(200);

        assertThat(pluto.series(run, "a").steps()).containsExactly(1, 2);
        assertThat(pluto.series(run, "poison").size()).isZero();
    }

    @Test
    void a500HasNoEffect() throws Exception {
        pluto.faults().next(METRICS, Fault.status(500, "{\"code\":\"INTERNAL_ERROR\",\"message\":\"x\"}"));

        assertThat(send().statusCode()).isEqualTo(500);
        assertThat(send().statusCode()).isEqualTo(200);
        assertThat(pluto.ingested(run).arrivals().received()).isEqualTo(4);
    }

    @Test
    void aLostAnswerLeavesTheValuesAndARetryIsCounted() throws Exception {
        pluto.faults().always(METRICS, Fault.dropAfterProcessing());
        assertThatThrownBy(this::send).isInstanceOf(IOException.class);
        pluto.faults().clear();
        long sent = pluto.exchanges(METRICS).size();
        send();

        assertThat(pluto.series(run, "a").values()).containsExactly(1, 2, 3, 4);
        assertThat(pluto.series(run, "a").arrivals().repeated()).isEqualTo(4 * sent);
    }

    @Test
    void aLateAnswerComesAfterTheValuesAreThere() throws Exception {
        pluto.faults().next(METRICS, Fault.lateAnswer(Duration.ofMinutes(10)));
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                client.linesRequest(METRICS, pluto.apiKey(), points(1, 4))
                        .header("X-Run-Id", Long.toString(run))
                        .header("X-Project-Name", "my-proj")
                        .build(),
                BodyHandlers.ofString());

        pluto.await(p -> p.series(run, "a").size() == 4, Duration.ofSeconds(10));
        assertThat(answer).isNotDone();
    }

    @Test
    void aHangHasNoEffect() {
        pluto.faults().next(METRICS, Fault.hang());
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                client.linesRequest(METRICS, pluto.apiKey(), points(1, 4)).build(), BodyHandlers.ofString());

        pluto.await(p -> p.exchanges(METRICS).size() == 1, Duration.ofSeconds(10));
        assertThat(pluto.series(run, "a").size()).isZero();
        assertThat(answer).isNotDone();
    }
}

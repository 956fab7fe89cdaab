package io.plutorun.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays what was recorded of the real server, each file in order against a fresh fake, one test a row. */
class ObservedReplayTest {

    /** A time of the day of the recording. The fake answers with the present time, so such times are compared by their form only. */
    private static final Pattern RECORDED_TIME = Pattern.compile("2026-11-21T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    private static final String ANY_TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    /** Stands in a recorded header for the API key that plays this role. */
    private static final Pattern KEY_ROLE = Pattern.compile("\\{([A-Za-z0-9-]+)}");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<FakePluto> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(FakePluto::close);
    }

    @Test
    void everyRowLeftOutBelongsToAFileThatIsReplayed() {
        assertThat(LeftOut.all())
                .extracting(LeftOut::file)
                .isSubsetOf("main.jsonl", "details.jsonl", "heartbeat.jsonl");
    }

    @TestFactory
    Stream<DynamicTest> mainApi() {
        return replay("main.jsonl");
    }

    @TestFactory
    Stream<DynamicTest> readingRunsBack() {
        return replay("details.jsonl");
    }

    @TestFactory
    Stream<DynamicTest> heartbeatHost() {
        return replay("heartbeat.jsonl");
    }

    private Stream<DynamicTest> replay(String file) {
        FakePluto pluto =
                FakePluto.builder().appUrl(URI.create("http://127.0.0.1:3000")).start();
        started.add(pluto);
        Map<Integer, LeftOut> leftOut = LeftOut.of(file);
        List<ObservedRow> rows = ObservedRow.all(file);
        Stream<DynamicTest> listed = leftOut.values().stream()
                .map(entry -> dynamicTest(
                        "left out: " + entry.line() + " " + entry.label(), () -> entry.assertNamesOneOf(rows)));
        Stream<DynamicTest> replayed = rows.stream()
                .filter(row -> !leftOut.containsKey(row.line()))
                .map(row -> dynamicTest(row.name(), () -> replay(pluto, row)));
        return Stream.concat(listed, replayed);
    }

    private void replay(FakePluto pluto, ObservedRow row) throws IOException, InterruptedException {
        prepare(pluto, row);
        HttpResponse<String> response = http.send(request(pluto, row), BodyHandlers.ofString());
        pluto.usageStoreDown(false);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(row.status());
        assertThat(response.headers().firstValue("Content-Type")).contains(row.contentType());
        if (row.answer() != null) {
            assertThat(response.body()).matches(withAnyTimes(row.answer()));
        }
    }

    private static Pattern withAnyTimes(String recorded) {
        StringBuilder regex = new StringBuilder();
        Matcher time = RECORDED_TIME.matcher(recorded);
        int done = 0;
        while (time.find()) {
            regex.append(Pattern.quote(recorded.substring(done, time.start()))).append(ANY_TIME);
            done = time.end();
        }
        return Pattern.compile(
                regex.append(Pattern.quote(recorded.substring(done))).toString(), Pattern.DOTALL);
    }

    /** Brings the fake into the state that the row needs; {@code usageStoreDown} is undone after the request. */
    private static void prepare(FakePluto pluto, ObservedRow row) {
        if (row.needs() == null) {
            return;
        }
        switch (row.needs()) {
            case "the usage store is down" -> pluto.usageStoreDown(true);
            case "the parent's highest step is 10" ->
                pluto.recordMetrics(json(row).get("forkRunId").asLong(), 10);
            case "a cancel was requested in the web page" ->
                pluto.cancel(json(row).get("runId").asLong());
            case "the cancel request above is still there" ->
                assertThat(pluto.run(json(row).get("runId").asLong()).cancelRequested())
                        .isTrue();
            default -> throw new AssertionError("the test can't bring about: " + row.needs());
        }
    }

    private static JsonNode json(ObservedRow row) {
        return Json.parse(Objects.requireNonNull(row.body()).utf8()).orElseThrow();
    }

    private static HttpRequest request(FakePluto pluto, ObservedRow row) {
        URI host = row.host().equals("api") ? pluto.apiUrl() : pluto.heartbeatUrl();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host + row.path()));
        row.headers().forEach((name, value) -> request.header(name, withKeys(pluto, value)));
        ByteString body = row.cut() ? standIn(row.label()) : row.body();
        BodyPublisher publisher =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.toByteArray());
        return request.method(row.method(), publisher).build();
    }

    private static String withKeys(FakePluto pluto, String header) {
        return KEY_ROLE.matcher(header).replaceAll(role -> {
            String name = role.group(1);
            return Matcher.quoteReplacement(
                    name.equals("VALID-UPPER") ? pluto.apiKey().toUpperCase(Locale.ROOT) : pluto.keyInRole(name));
        });
    }

    // ---- bodies that are not in the records because of their size, built again from the rows' labels

    private static final Map<String, Function<String, ByteString>> STAND_INS = Map.of(
            "config of 5232890 bytes, 46000 keys", label -> createWith(manyKeys()),
            "config of 5000009 bytes, one key", label -> createWith("{\"a\":\"" + "x".repeat(5_000_000) + "\"}"),
            "config of 50000009 bytes, one key", label -> createWith("{\"a\":\"" + "x".repeat(50_000_000) + "\"}"),
            "config nested 5000 deep", label -> createWith("{\"a\":".repeat(5000) + "1" + "}".repeat(5000)),
            "3000 names", label -> addLogNames(3000),
            "40000 names", label -> addLogNames(40_000));

    private static ByteString standIn(String label) {
        Function<String, ByteString> known = STAND_INS.get(label);
        if (known == null) {
            throw new AssertionError("the body of '" + label + "' is not in the records, and no stand-in is known");
        }
        return known.apply(label);
    }

    private static String manyKeys() {
        ObjectNode config = Json.object();
        IntStream.range(0, 46_000).forEach(i -> config.put("key" + i, "x".repeat(90)));
        return Json.write(config);
    }

    private static ByteString createWith(String config) {
        return bytes(Json.object()
                .put("runName", "big")
                .put("projectName", "bigproj")
                .put("config", config));
    }

    private static ByteString addLogNames(int count) {
        ObjectNode body = Json.object().put("runId", 61).put("logType", "METRIC");
        IntStream.range(0, count).forEach(i -> body.withArray("logName").add("m" + i));
        return bytes(body);
    }

    private static ByteString bytes(JsonNode body) {
        return ByteString.encodeUtf8(Json.write(body));
    }

    /** A row that is not replayed, and why. */
    record LeftOut(String file, int line, String label, String reason) {

        static List<LeftOut> all() {
            return ObservedRow.resource("left-out.tsv")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(LeftOut::parse)
                    .toList();
        }

        static Map<Integer, LeftOut> of(String file) {
            return all().stream()
                    .filter(entry -> entry.file.equals(file))
                    .collect(Collectors.toMap(LeftOut::line, entry -> entry));
        }

        private static LeftOut parse(String line) {
            List<String> cells = Pattern.compile("\t").splitAsStream(line).toList();
            assertThat(cells).as("file, line, label, reason").hasSize(4).doesNotContain("");
            return new LeftOut(cells.get(0), Integer.parseInt(cells.get(1)), cells.get(2), cells.get(3));
        }

        void assertNamesOneOf(List<ObservedRow> rows) {
            assertThat(rows)
                    .as("a row of %s that left-out.tsv may name", file)
                    .anyMatch(row -> row.line() == line && row.label().equals(label));
        }
    }
}

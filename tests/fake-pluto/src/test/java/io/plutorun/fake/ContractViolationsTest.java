package io.plutorun.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the real service stores wrongly with a 200 fails the test that did it. */
class ContractViolationsTest {

    private static final String METRICS = "/ingest/metrics";
    private static final String DATA = "/ingest/data";
    private static final String POINT = "{\"time\":1790000000000,\"step\":1,\"data\":{\"a\":1}}";

    private final FakePluto pluto = FakePluto.start();
    private final Client client = new Client(pluto);
    private final long run = pluto.seedRun("my-proj", "training");

    @AfterEach
    void close() {
        pluto.takeViolations();
        pluto.close();
    }

    @Test
    void closingTellsThemOnce() throws Exception {
        client.lines(METRICS, run, POINT);

        assertThatThrownBy(pluto::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the name a of MPR-1 was never registered");
        assertThatCode(pluto::close).doesNotThrowAnyException();
    }

    @Test
    void takenOnesAreForgiven() throws Exception {
        client.lines(METRICS, run, POINT);

        assertThat(pluto.takeViolations()).hasSize(1);
        assertThat(pluto.violations()).isEmpty();
    }

    @Test
    void aRunIdThatIsNoNumberMeansRunZero() throws Exception {
        for (String id : new String[] {"MPR-1", "-1", "1.0", "0x1", "18446744073709551616", "1,1"}) {
            assertThat(client.lines(METRICS, id, "my-proj", POINT).statusCode()).isEqualTo(200);
            assertThat(pluto.takeViolations()).singleElement().asString().contains("run 0", "'" + id + "'");
        }
        assertThat(pluto.ingested(run).metricNames()).isEmpty();
    }

    @Test
    void aRunThatDoesNotExistTakesValuesThatNobodySees() throws Exception {
        client.lines(METRICS, "77", "my-proj", POINT);

        assertThat(pluto.violations()).singleElement().asString().contains("run 77");
    }

    @Test
    void anotherProjectThanTheRunsTakesValuesThatNobodySees() throws Exception {
        long spaced = pluto.seedRun("my proj", "training");
        client.lines(METRICS, Long.toString(spaced), "my%20proj", POINT);

        assertThat(pluto.violations()).singleElement().asString().contains("'my%20proj'", "'my proj'");
        assertThat(pluto.ingested(spaced).metricNames()).isEmpty();
    }

    @Test
    void aNameIsRegisteredUnderTheTypeOfItsValues() throws Exception {
        client.register(run, "DATA", "a");
        client.lines(METRICS, run, POINT);

        assertThat(pluto.violations()).containsExactly("the name a of MPR-1 is registered as DATA, not as METRIC");
    }

    @Test
    void aNameMayBeRegisteredAfterItsValues() throws Exception {
        client.lines(METRICS, run, POINT);
        client.register(run, "METRIC", "a");

        assertThat(pluto.violations()).isEmpty();
    }

    @Test
    void timesAreMillisecondsAndStepsFitJavaScript() throws Exception {
        client.register(run, "METRIC", "a");
        client.lines(METRICS, run, POINT.replace("1790000000000", "1790000000"));
        client.lines(METRICS, run, POINT.replace("1790000000000", "1790000001"));
        client.lines(METRICS, run, POINT.replace("1790000000000", "1790000000000000"));
        client.lines(METRICS, run, POINT.replace("\"step\":1", "\"step\":9007199254740991"));
        assertThat(pluto.takeViolations())
                .singleElement()
                .asString()
                .isEqualTo(
                        "a time is not in milliseconds since 1970: 1790000000 in run 1 of project 'my-proj' (3 times)");

        client.lines(METRICS, run, POINT.replace("\"step\":1", "\"step\":9007199254740992"));
        assertThat(pluto.takeViolations()).singleElement().asString().contains("2^53-1", "9007199254740992");
    }

    @Test
    void whatNoPageDrawsIsToldByItsShape() throws Exception {
        client.register(run, "DATA", "s");
        client.register(run, "TABLE", "t");
        client.register(run, "HISTOGRAM", "h");

        assertDataViolation("string-series", "s", "x".repeat(200), "");
        assertDataViolation("string-series", "s", "x".repeat(201), "more than 200 characters");
        assertDataViolation("String-Series", "s", "x", "must be spelled string-series");
        assertDataViolation("table", "t", "{\"table\":[],\"col\":[]}", "");
        assertDataViolation("TABLE", "t", "[]", "no JSON object");
        assertDataViolation("TABLE", "t", "{\"table\":[1],\"col\":[]}", "`table` of rows");
        assertDataViolation("TABLE", "t", "{\"table\":[],\"col\":[{\"dtype\":\"int\"}]}", "`col` of named columns");
        assertDataViolation("HISTOGRAM", "h", "not JSON", "`freq`");
        assertDataViolation("HISTOGRAM", "h", histogram("1.5", 1), "`freq`");
        assertDataViolation("HISTOGRAM", "h", histogram("1", 2), "another number of bins");
        assertDataViolation("HISTOGRAM", "h", histogram("1", 1).replace("uniform", "x"), "shape uniform");
        assertDataViolation("HISTOGRAM", "h", histogram("1", 1), "");
        assertDataViolation("DATA", "s", "x", "no page draws this dataType");
    }

    private static String histogram(String freq, int bins) {
        return "{\"freq\":[" + freq + "],\"bins\":{\"min\":0,\"max\":1,\"num\":" + bins
                + "},\"shape\":\"uniform\",\"type\":\"Histogram\",\"maxFreq\":1}";
    }

    private void assertDataViolation(String type, String name, String data, String told) throws Exception {
        String line = Json.write(Json.object()
                .put("time", 1_790_000_000_000L)
                .put("step", 1)
                .put("data", data)
                .put("dataType", type)
                .put("logName", name));
        assertThat(client.lines(DATA, run, line).statusCode()).isEqualTo(200);
        if (told.isEmpty()) {
            assertThat(pluto.takeViolations()).isEmpty();
        } else {
            assertThat(pluto.takeViolations()).singleElement().asString().contains(told);
        }
    }

    @Test
    void aLogTypeThatIsShownNowhereIsTold() throws Exception {
        client.lines(
                "/ingest/logs",
                run,
                "{\"time\":1790000000000,\"message\":\"\",\"lineNumber\":1,\"logType\":\"CRITICAL\"}");

        assertThat(pluto.violations()).singleElement().asString().contains("CRITICAL");
    }
}

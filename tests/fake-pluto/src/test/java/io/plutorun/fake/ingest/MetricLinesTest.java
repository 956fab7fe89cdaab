package io.plutorun.fake.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hand-written parser is as strict as the service's, and as exact as Java's. */
class MetricLinesTest {

    private static final IngestStore.Place PLACE = new IngestStore.Place("org", 1, "p");

    private final IngestStore store = new IngestStore(new ContractViolations());

    private IngestStore.Outcome take(String body) {
        return store.take(Stream.METRICS, PLACE, body.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(String line, IngestCode code, String text) {
        IngestStore.Outcome outcome = take(line);
        assertThat(outcome.rows()).as(line).isZero();
        IngestProblem problem = Objects.requireNonNull(outcome.problem(), line);
        assertThat(problem.code()).as(line).isEqualTo(code);
        assertThat(problem.text()).contains(text);
        assertThat(store.at(PLACE).metricNames()).as(line).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'time':1,'step':1}                               | missing field `data`",
                "{'time':1,'data':{'a':1}}                         | missing field `step`",
                "{}                                                | missing field `time`",
                "{'time':1,'step':1,'data':{'a':1},'x':1}          | unknown field `x`",
                "{'time':1,'time':1,'step':1,'data':{'a':1}}       | duplicate field `time`",
                "{'time':1,'step':1,'data':{'a':1},'data':{'a':1}} | duplicate field `data`",
                "{'time':-1,'step':1,'data':{'a':1}}               | ExpectedUnsigned at character 8 ('-')",
                "{'time':1,'step':1.0,'data':{'a':1}}              | ExpectedUnsigned",
                "{'time':1,'step':1e3,'data':{'a':1}}              | ExpectedUnsigned",
                "{'time':1,'step':'1','data':{'a':1}}              | ExpectedUnsigned",
                "{'time':NaN,'step':1,'data':{'a':1}}              | ExpectedUnsigned",
                "{'time':1,'step':01,'data':{'a':1}}               | InvalidNumber",
                "{'time':1,'step':18446744073709551616,'data':{'a':1}} | InvalidNumber",
                "{'time':1,'step':1,'data':{'a':true}}             | invalid type: boolean",
                "{'time':1,'step':1,'data':{'a':{}}}               | invalid type: map",
                "{'time':1,'step':1,'data':{'a':[1]}}              | invalid type: sequence",
                "{'time':1,'step':1,'data':{'a':'1'}}              | unexpected string metric value: '1'",
                "{'time':1,'step':1,'data':{'a':'nan'}}            | unexpected string metric value: 'nan'",
                "{'time':1,'step':1,'data':{'a':+1}}               | InvalidNumber",
                "{'time':1,'step':1,'data':{'a':.5}}               | InvalidNumber",
                "{'time':1,'step':1,'data':{'a':5.}}               | InvalidNumber",
                "{'time':1,'step':1,'data':{'a':00}}               | InvalidNumber",
                "{'time':1,'step':1,'data':{'a':1e}}               | InvalidNumber",
                "{'time':1,'step':1,'data':{'a':1x}}               | InvalidNumber",
                "{'time':1,'step':1,'data':{'a':1e400}}            | InvalidNumber",
                "{'time':1,'step':1,'data':{'a':-9223372036854775809}} | InvalidNumber",
                "{'time':1,'step':1,'data':{'a':1,}}               | ExpectedObjectKey",
                "{'time':1,'step':1,'data':{'a':1}},               | TrailingData",
                "{'time':1,'step':1,'data':{'a':1}                 | ExpectedMapComma",
                "{'time':1 'step':1,'data':{'a':1}}                | ExpectedMapComma",
                "{'time' 1,'step':1,'data':{'a':1}}                | ExpectedMapColon",
                "{'time':1,'step':1,'data':{'a\\x':1}}             | InvalidEscape",
                "{'time':1,'step':1,'data':{'\\ud800':1}}          | InvalidUnicodeCodepoint",
                "{'time':1,'step':1,'data':{'a                     | Syntax",
                "[1,1,{'a':1}]                                     | ExpectedMap",
                "oops                                              | ExpectedMap at character 0 ('o')",
            })
    void aLineOfAnotherShapeIsAParseErrorThatSaysWhy(String line, String cause) {
        String json = line.replace('\'', '"');
        String expected = cause.replace("value: \"", "value: '");

        assertRefused(json, IngestCode.STREAM_DECODING_ERROR, "Failed to parse final JSON line (bytes): '");
        assertRefused(json + "\n", IngestCode.STREAM_DECODING_ERROR, "Failed to parse JSON line (bytes): '");
        assertRefused(json + "\n", IngestCode.STREAM_DECODING_ERROR, expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":null}", "{\"a\":null,\"b\":null}"})
    void aLineWithoutAValueIsRefused(String data) {
        assertRefused(
                "{\"time\":1,\"step\":1,\"data\":" + data + "}",
                IngestCode.INVALID_METRIC_FORMAT,
                "'data' field cannot be empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\t", "\\u00a0\\u2003"})
    void aBlankNameIsRefusedWithItsWholeLine(String name) {
        assertRefused(
                "{\"time\":1,\"step\":1,\"data\":{\"good\":1,\"" + name + "\":1}}",
                IngestCode.INVALID_METRIC_FORMAT,
                "metric name cannot be empty");
    }

    @Test
    void aControlCharacterAndBytesThatAreNotUtf8AreRefused() {
        assertRefused("{\"time\":1,\"step\":1,\"data\":{\"a\u0001\":1}}", IngestCode.STREAM_DECODING_ERROR, "Syntax");
        byte[] body = "{\"time\":1,\"step\":1,\"data\":{\"a\u00e9\":1}}".getBytes(StandardCharsets.ISO_8859_1);

        IngestProblem problem =
                Objects.requireNonNull(store.take(Stream.METRICS, PLACE, body).problem());

        assertThat(problem.text()).contains("InvalidUtf8");
    }

    @Test
    void fieldsMayStandInAnyOrderWithSpacesBetween() {
        take(" { \"data\" : { \"a\" : 1.5 , \"b\":2 } , \"step\" : 18446744073709551615 ,\t\"time\": 5 } ");

        assertThat(store.at(PLACE).series("a").values()).containsExactly(1.5);
        assertThat(store.at(PLACE).series("b").steps()).containsExactly(-1L);
    }

    @Test
    void aNameIsTheSameHoweverItIsEscaped() {
        take("{\"time\":1,\"step\":1,\"data\":{\"\u00e9\uD83D\uDE00/\\\"\":1}}\n"
                + "{\"time\":1,\"step\":2,\"data\":{\"\\u00E9\\ud83d\\ude00\\/\\u0022\":2}}");

        assertThat(store.at(PLACE).metricNames()).containsExactly("\u00e9\uD83D\uDE00/\"");
        assertThat(store.at(PLACE).series("\u00e9\uD83D\uDE00/\"").values()).containsExactly(1, 2);
    }

    @Test
    void ofANameThatStandsTwiceInALineTheLastValueCountsOnce() {
        IngestStore.Outcome outcome = take("{\"time\":1,\"step\":1,\"data\":{\"a\":1,\"b\":5,\"a\":2,\"a\":null}}");

        assertThat(outcome.rows()).isEqualTo(2);
        assertThat(store.at(PLACE).series("a").values()).containsExactly(2);
    }

    @Test
    void aLongLineIsQuotedUpToItsHundredthCharacter() {
        IngestProblem problem =
                Objects.requireNonNull(take("\u00e9".repeat(150)).problem());

        assertThat(problem.text()).contains("'" + "\u00e9".repeat(100) + "': ExpectedMap at character 0");
    }

    @Test
    void everyDoubleComesThroughAsItWas() {
        Random random = new Random(7);
        double[] sent = DoubleStream.concat(
                        DoubleStream.of(
                                0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e22, Math.scalb(1.5, 80), 0x1p53, -1e-7),
                        DoubleStream.generate(() -> switch (random.nextInt(4)) {
                                    case 0 -> Double.longBitsToDouble(random.nextLong());
                                    case 1 -> random.nextDouble();
                                    case 2 -> random.nextInt(100_000) / 1000.0;
                                    default -> random.nextInt();
                                })
                                .filter(Double::isFinite)
                                .limit(20_000))
                .toArray();
        StringBuilder body = new StringBuilder();
        for (int step = 0; step < sent.length; step++) {
            body.append("{\"time\":1,\"step\":" + step + ",\"data\":{\"a\":" + sent[step] + "}}\n");
        }

        assertThat(take(body.toString()).problem()).isNull();
        assertThat(store.at(PLACE).series("a").values()).containsExactly(sent);
    }

    @Test
    void stepsMayComeInAnyOrderAndAreReadInOrder() {
        long[] steps = new Random(7).longs(20_000, 0, 15_000).toArray();
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < steps.length; i++) {
            body.append("{\"time\":" + i + ",\"step\":" + steps[i] + ",\"data\":{\"a\":" + i + "}}\n");
        }
        take(body.toString());

        MetricSeries series = store.at(PLACE).series("a");
        long[] distinct = LongStream.of(steps).distinct().sorted().toArray();
        assertThat(series.steps()).containsExactly(distinct);
        assertThat(series.arrivals().replaced()).isEqualTo(steps.length - distinct.length);
        for (int i = 0; i < series.size(); i++) {
            assertThat(steps[(int) series.value(i)]).isEqualTo(series.step(i));
            assertThat(series.time(i)).isEqualTo((long) series.value(i));
        }
    }

    @Test
    void manyNamesAreToldApart() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            body.append("{\"time\":1,\"step\":1,\"data\":{\"name-" + i + "\":" + i + "}}\n");
        }
        take(body.toString());

        assertThat(store.at(PLACE).metricNames()).hasSize(40_000);
        assertThat(store.at(PLACE).series("name-31234").values()).containsExactly(31234);
    }
}

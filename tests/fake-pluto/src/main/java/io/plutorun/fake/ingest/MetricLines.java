package io.plutorun.fake.ingest;

import java.util.Arrays;

/** Lines of {@code /ingest/metrics}: {@code {"time":…,"step":…,"data":{name: number or null}}}. */
final class MetricLines implements LineParser {

    private static final String EXPECTED = "expected one of `time`, `step`, `data`";
    private static final String A_NUMBER = "expected a number or special float string (NaN, Infinity, -Infinity)";

    private final RunData run;
    private final ContentRules rules;

    private SeriesBuffer[] series = new SeriesBuffer[16];
    private double[] values = new double[16];
    private int count;

    MetricLines(RunData run, ContentRules rules) {
        this.run = run;
        this.rules = rules;
    }

    @Override
    public int take(JsonLine line) throws IngestProblem {
        boolean hasTime = false;
        boolean hasStep = false;
        boolean hasData = false;
        long time = 0;
        long step = 0;
        line.take('{', "ExpectedMap");
        if (!line.takeIf('}')) {
            do {
                line.string("ExpectedObjectKey");
                if (line.textIs("time")) {
                    colon(line, hasTime, "time");
                    hasTime = true;
                    time = line.unsigned();
                } else if (line.textIs("step")) {
                    colon(line, hasStep, "step");
                    hasStep = true;
                    step = line.unsigned();
                } else if (line.textIs("data")) {
                    colon(line, hasData, "data");
                    hasData = true;
                    data(line);
                } else {
                    throw line.shape("unknown field `" + line.text() + "`, " + EXPECTED);
                }
            } while (line.takeIf(','));
            line.take('}', "ExpectedMapComma");
        }
        line.takeEnd();
        String missing = !hasTime ? "time" : !hasStep ? "step" : !hasData ? "data" : "";
        if (!missing.isEmpty()) {
            throw line.shape("missing field `" + missing + "`");
        }
        checkNames();
        for (int i = 0; i < count; i++) {
            series[i].put(step, time, values[i]);
        }
        run.sawMetric(step, time);
        rules.checkTime(time);
        rules.checkStep(step);
        return count;
    }

    private static void colon(JsonLine line, boolean seenBefore, String field) throws IngestProblem {
        if (seenBefore) {
            throw line.shape("duplicate field `" + field + "`");
        }
        line.take(':', "ExpectedMapColon");
    }

    private void data(JsonLine line) throws IngestProblem {
        count = 0;
        long lineId = run.nextLineId();
        line.take('{', "ExpectedMap");
        if (line.takeIf('}')) {
            return;
        }
        do {
            line.string("ExpectedObjectKey");
            SeriesBuffer named = run.metrics().of(line);
            line.take(':', "ExpectedMapColon");
            if (line.takeWord("null")) {
                continue;
            }
            double value = value(line);
            int place = named.placeIn(lineId, count);
            if (place == count) {
                makeRoom();
                count++;
            }
            series[place] = named;
            values[place] = value; // of a name that stands twice the last value counts
        } while (line.takeIf(','));
        line.take('}', "ExpectedMapComma");
    }

    private void makeRoom() {
        if (count == series.length) {
            series = Arrays.copyOf(series, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
    }

    private static double value(JsonLine line) throws IngestProblem {
        switch (line.peek()) {
            case '"' -> {
                line.string("ExpectedString");
                return nonFinite(line);
            }
            case '{' -> throw line.shape("invalid type: map, " + A_NUMBER);
            case '[' -> throw line.shape("invalid type: sequence, " + A_NUMBER);
            case 't', 'f' -> throw line.shape("invalid type: boolean, " + A_NUMBER);
            default -> {
                return bareNonFiniteOrNumber(line);
            }
        }
    }

    private static double nonFinite(JsonLine line) throws IngestProblem {
        if (line.textIs("NaN")) {
            return Double.NaN;
        }
        if (line.textIs("Infinity")) {
            return Double.POSITIVE_INFINITY;
        }
        if (line.textIs("-Infinity")) {
            return Double.NEGATIVE_INFINITY;
        }
        throw line.shape("unexpected string metric value: '" + line.text() + "'");
    }

    /** No JSON, but what Python writes; the service mends it. */
    private static double bareNonFiniteOrNumber(JsonLine line) throws IngestProblem {
        if (line.takeWord("NaN")) {
            return Double.NaN;
        }
        if (line.takeWord("Infinity")) {
            return Double.POSITIVE_INFINITY;
        }
        if (line.takeWord("-Infinity")) {
            return Double.NEGATIVE_INFINITY;
        }
        return line.number();
    }

    private void checkNames() throws IngestProblem {
        if (count == 0) {
            throw IngestProblem.badMetric("'data' field cannot be empty");
        }
        for (int i = 0; i < count; i++) {
            if (series[i].blank()) {
                throw IngestProblem.badMetric("metric name cannot be empty");
            }
        }
    }
}

package io.plutorun.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plutorun.fake.ingest.IngestStore;
import io.plutorun.fake.ingest.MetricSeries;
import io.plutorun.fake.ingest.RunData;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The routes that read metrics back: values, statistics, names. */
final class MetricReads {

    private static final int DEFAULT_POINTS = 2000;
    private static final int MAX_POINTS = 10_000;
    private static final int MAX_STATISTICS = 100;
    private static final int MAX_NAMES = 500;

    /** As the database writes its DateTime64(3). */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final IngestStore store;
    private final Function<IngestStore.Place, RunData> readable;
    private final RunTable table;

    /**
     * Makes it.
     *
     * @param readable what can be read of a run by now
     */
    MetricReads(IngestStore store, Function<IngestStore.Place, RunData> readable, RunTable table) {
        this.store = store;
        this.readable = readable;
        this.table = table;
    }

    /** Values by name and step. A run that does not exist has none; nothing says so. */
    Answer metrics(ApiKey key, Call call) {
        Query query = new Query(call);
        double runId = query.number("runId");
        String project = query.text("projectName");
        long limit = (long) query.number("limit", DEFAULT_POINTS, 1, MAX_POINTS);
        long stepMin = (long) query.step("stepMin", 0);
        double stepMax = query.step("stepMax", Double.POSITIVE_INFINITY);
        query.check();
        ObjectNode answer = Json.object();
        ArrayNode metrics = answer.putArray("metrics");
        for (MetricSeries series : matching(data(key, runId, project), query)) {
            addPoints(series, stepMin, stepMax, limit, metrics);
        }
        return Answer.json(200, answer);
    }

    private RunData data(ApiKey key, double runId, String project) {
        return readable.apply(new IngestStore.Place(key.organization().slug(), Input.asId(runId), project));
    }

    private static List<MetricSeries> matching(RunData data, Query query) {
        String name = query.filter("logName");
        String group = query.filter("logGroup");
        List<MetricSeries> found = new ArrayList<>(name == null ? data.allSeries() : List.of(data.series(name)));
        found.removeIf(series -> series.size() == 0 || (group != null && !group.equals(group(series))));
        found.sort(Comparator.comparing(MetricSeries::name));
        return found;
    }

    private static String group(MetricSeries series) {
        return UpdateRoutes.group(series.name());
    }

    /** Every n-th point, and always the last one, when there are more than {@code limit}. */
    private static void addPoints(MetricSeries series, long stepMin, double stepMax, long limit, ArrayNode to) {
        int first = 0;
        while (first < series.size() && Long.compareUnsigned(series.step(first), stepMin) < 0) {
            first++;
        }
        int end = series.size();
        while (end > first && unsigned(series.step(end - 1)) > stepMax) {
            end--;
        }
        int total = end - first;
        long every = (total + limit - 1) / limit;
        for (int i = first; i < end; i++) {
            if (total <= limit || (i - first + 1) % every == 1 || i == end - 1) {
                to.add(point(series, i));
            }
        }
    }

    private static double unsigned(long step) {
        return step >= 0 ? step : step + 0x1p64;
    }

    private static ObjectNode point(MetricSeries series, int index) {
        double value = series.value(index);
        String flag = Double.isNaN(value) ? "NaN" : !Double.isInfinite(value) ? "" : value > 0 ? "Inf" : "-Inf";
        return Json.object()
                .put("logName", series.name())
                .put("logGroup", group(series))
                .<ObjectNode>set("value", Json.storedNumber(flag.isEmpty() ? value : 0))
                .put("valueFlag", flag)
                .put("time", TIME.format(series.moment(index)))
                .put("step", new BigInteger(Long.toUnsignedString(series.step(index))));
    }

    /** Count, extremes, mean, deviation, first and last of each metric; values that are not finite are left out. */
    Answer statistics(ApiKey key, Call call) {
        Query query = new Query(call);
        double runId = query.number("runId");
        String project = query.text("projectName");
        query.check();
        RunRow run = table.locked(
                () -> table.find(key.organization(), Input.asId(runId)).orElse(null));
        if (run == null || !run.project.name.equals(project)) {
            return Answer.RUN_NOT_FOUND;
        }
        ObjectNode answer = Json.object()
                .put("runId", run.id)
                .put("runName", run.name)
                .put("projectName", project)
                .put("url", table.url(run));
        ArrayNode metrics = answer.putArray("metrics");
        matching(data(key, runId, project), query).stream()
                .map(MetricReads::statistics)
                .filter(Objects::nonNull)
                .limit(MAX_STATISTICS)
                .forEach(metrics::add);
        return Answer.json(200, answer);
    }

    private static @Nullable ObjectNode statistics(MetricSeries series) {
        int[] finite = IntStream.range(0, series.size())
                .filter(i -> Double.isFinite(series.value(i)))
                .toArray();
        if (finite.length == 0) {
            return null;
        }
        double[] values = Arrays.stream(finite).mapToDouble(series::value).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        ObjectNode statistics = Json.object()
                .put("logName", series.name())
                .put("logGroup", group(series))
                .put("count", values.length)
                .put("min", Arrays.stream(values).min().orElseThrow())
                .put("max", Arrays.stream(values).max().orElseThrow())
                .put("mean", mean)
                .put("stddev", Math.sqrt(variance));
        end(statistics.putObject("first"), series, finite[0]);
        end(statistics.putObject("last"), series, finite[finite.length - 1]);
        statistics.putArray("anomalies");
        return statistics;
    }

    private static void end(ObjectNode node, MetricSeries series, int index) {
        node.put("step", new BigInteger(Long.toUnsignedString(series.step(index))))
                .put("value", series.value(index));
    }

    /** The names of a project's metrics. */
    Answer metricNames(ApiKey key, Call call) {
        Query query = new Query(call);
        String project = query.text("projectName");
        String search = query.filter("search");
        List<String> runIds = ReadRoutes.commaSeparated(query.filter("runIds"));
        double limit = query.number("limit", MAX_NAMES, 0, Long.MAX_VALUE);
        query.check();
        ObjectNode answer = Json.object().put("projectName", project);
        ArrayNode names = answer.putArray("metricNames");
        store.all().entrySet().stream()
                .filter(entry -> entry.getKey().project().equals(project)
                        && entry.getKey()
                                .organization()
                                .equals(key.organization().slug()))
                .filter(entry -> runIds.isEmpty()
                        || runIds.contains(Long.toUnsignedString(entry.getKey().runId())))
                .flatMap(entry -> entry.getValue().metricNames().stream())
                .filter(name ->
                        search == null || name.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT)))
                .distinct()
                .sorted()
                .limit((long) Math.min(limit, MAX_NAMES))
                .forEach(names::add);
        return Answer.json(200, answer);
    }
}

package io.plutorun.agent.metrics;

import static java.util.Objects.requireNonNull;

import io.plutorun.agent.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What readers hand out, as a test looks at it: values by name and step. */
final class Logged {

    private static final Pattern BARE_WORD = Pattern.compile("(?<=:)(NaN|-?Infinity)");

    final Map<String, Map<Long, Double>> values = new TreeMap<>();
    final List<String> doubled = new ArrayList<>();
    int batches;
    int largestBatch;

    /** Reads all that there is, and marks it as sent. */
    static Logged all(MetricReader reader) throws Exception {
        Logged logged = new Logged();
        for (MetricBatch batch = reader.next(); batch != null; batch = reader.next()) {
            logged.add(batch);
            reader.sent(batch);
        }
        return logged;
    }

    static Logged leftBehind(Path folder) throws Exception {
        try (MetricReader reader = MetricReader.ofLeftBehind(folder)) {
            return all(reader);
        }
    }

    /** Closes a run's metrics, and reads what it has logged. */
    static Logged of(RunMetrics metrics) throws Exception {
        metrics.close();
        if (!metrics.awaitDone(Duration.ofSeconds(60))) {
            throw new IOException("the metrics are not closed after a minute");
        }
        try (MetricReader reader = metrics.reader()) {
            return all(reader);
        }
    }

    void add(MetricBatch batch) throws Json.SyntaxException {
        batches++;
        largestBatch = Math.max(largestBatch, batch.body().length);
        Set<String> names = new HashSet<>();
        int lines = 0;
        int count = 0;
        for (String line : new String(batch.body(), StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                lines++;
                count += addLine(line, names);
            }
        }
        if (lines != batch.lines()
                || count != batch.values()
                || !names.equals(batch.lastSteps().keySet())) {
            throw new AssertionError("a batch that says something else than it holds: " + batch);
        }
    }

    private int addLine(String line, Set<String> names) throws Json.SyntaxException {
        Matcher words = BARE_WORD.matcher(line); // names of these tests hold no such words
        Map<String, @Nullable Object> parsed = Json.parseObject(words.replaceAll("\"$1\""));
        Map<String, @Nullable Object> data = Json.object(parsed.get("data"));
        long step = (Long) requireNonNull(parsed.get("step"));
        data.forEach((name, value) -> {
            names.add(name);
            double number = value instanceof String word
                    ? Double.parseDouble(word)
                    : ((Number) requireNonNull(value)).doubleValue();
            Double before = values.computeIfAbsent(name, any -> new TreeMap<>()).put(step, number);
            if (before != null) {
                doubled.add(name + " at step " + step);
            }
        });
        return data.size();
    }

    Map<Long, Double> of(String name) {
        return values.getOrDefault(name, Map.of());
    }

    /** How many of a run's values were counted as lost. */
    static long lost(RunMetrics metrics) {
        return metrics.losses().all().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    long count() {
        return values.values().stream().mapToLong(Map::size).sum();
    }
}

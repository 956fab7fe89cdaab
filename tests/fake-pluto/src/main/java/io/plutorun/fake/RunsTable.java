package io.plutorun.fake;

import io.plutorun.fake.ingest.RunData;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs as a table for people to read. */
public final class RunsTable {

    private static final List<String> HEADINGS =
            List.of("RUN", "NAME", "STATUS", "TAGS", "CONFIG", "LAST VALUES", "LASTED", "RESUMED");
    private static final int CONFIG_WIDTH = 32;
    private static final int MAX_VALUES = 4;

    private RunsTable() {}

    /**
     * One line per run, columns aligned, headings first.
     *
     * @param now where the duration of a run that is still running ends
     * @param values what was logged for a run
     */
    static String render(List<FakeRun> runs, Instant now, Function<FakeRun, RunData> values) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        runs.forEach(run -> rows.add(row(run, now, lastValues(values.apply(run)))));
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column))
                        .append(" ".repeat(width(rows, column) - row.get(column).length() + 2));
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static List<String> row(FakeRun run, Instant now, String lastValues) {
        return List.of(
                run.displayId(),
                run.name(),
                run.status().name(),
                String.join(",", run.tags()),
                config(run.config()),
                lastValues,
                spelled(Duration.between(run.createdAt(), run.endedAt().orElse(now))),
                run.timesResumed() == 0 ? "" : run.timesResumed() + "x");
    }

    private static String lastValues(RunData data) {
        return data.allSeries().stream()
                .filter(series -> !series.name().startsWith("sys/")) // of the machine, not of the training
                .filter(series -> series.name().indexOf('/') == series.name().lastIndexOf('/')) // those are details
                .filter(series -> series.size() > 0 && Double.isFinite(series.value(series.size() - 1)))
                .map(series -> series.name() + " "
                        + BigDecimal.valueOf(series.value(series.size() - 1))
                                .round(new MathContext(4))
                                .toPlainString())
                .limit(MAX_VALUES)
                .collect(Collectors.joining(", "));
    }

    private static String config(Map<String, @Nullable Object> config) {
        String all = config.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
        return all.length() <= CONFIG_WIDTH ? all : all.substring(0, CONFIG_WIDTH - 1) + "…";
    }

    private static String spelled(Duration lasted) {
        if (lasted.isNegative()) {
            return "";
        }
        if (lasted.toMinutes() == 0) {
            return lasted.toSeconds() + "." + lasted.toMillisPart() / 100 + " s";
        }
        return lasted.toHours() == 0
                ? lasted.toMinutes() + " min " + lasted.toSecondsPart() + " s"
                : lasted.toHours() + " h " + lasted.toMinutesPart() + " min";
    }
}

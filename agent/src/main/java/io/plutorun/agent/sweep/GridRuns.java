package io.plutorun.agent.sweep;

import io.plutorun.agent.api.RunDescription;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.TagRules;
import io.plutorun.agent.current.Search;
import io.plutorun.agent.host.RandomId;
import io.plutorun.agent.journal.RunRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runs that the points of a tuner's grid are: of one sweep, in the project of the run that has tried them. */
public final class GridRuns {

    /** Of a larger grid the first points. */
    private static final int MAX_POINTS = 100;

    private static final int MAX_NAME = 200;

    private GridRuns() {}

    /**
     * A run that is over.
     *
     * @param start its start
     * @param values what it has computed
     * @param end its verdict
     */
    public record PointRun(RunRecord.Start start, Map<String, Double> values, RunRecord.End end) {}

    /**
     * One for each point.
     *
     * @param tuners the start of the run that has tried them
     * @param at when that was
     */
    public static List<PointRun> of(RunRecord.Start tuners, Search search, Instant at) {
        String id = Sweep.newId();
        int count = Math.min(
                MAX_POINTS, Math.min(search.points().size(), search.results().size()));
        Map<String, @Nullable Object> sweep = sweep(id, search, count);
        List<PointRun> runs = new ArrayList<>();
        for (int point = 0; point < count; point++) {
            Map<String, @Nullable Object> config =
                    new LinkedHashMap<>(search.points().get(point));
            config.put("point", point);
            config.put("sweep", sweep);
            RunDescription description = new RunDescription(
                    tuners.project(), name(tuners, point), tags(tuners, id), config, Map.of(), tuners.systemMetadata());
            RunRecord.Start start = new RunRecord.Start(
                    at, new RunRecord.Target.Create(RandomId.uuid(), false), description, RunRecord.Part.ALONE);
            runs.add(new PointRun(
                    start,
                    Map.of(search.metric(), search.results().get(point)),
                    new RunRecord.End(at, RunStatus.COMPLETED, Map.of())));
        }
        return runs;
    }

    private static String name(RunRecord.Start tuners, int point) {
        String name = tuners.name();
        return (name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name) + " point " + point;
    }

    private static List<String> tags(RunRecord.Start tuners, String id) {
        List<String> tags = new ArrayList<>(tuners.tags());
        tags.removeIf(tag -> tag.startsWith(Sweep.TAG));
        while (tags.size() >= TagRules.MAX_TAGS) {
            tags.remove(tags.size() - 1);
        }
        tags.add(Sweep.TAG + id);
        return tags;
    }

    private static Map<String, @Nullable Object> sweep(String id, Search search, int count) {
        Map<String, Set<Object>> values = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> point : search.points().subList(0, count)) {
            point.forEach((name, value) -> {
                if (value != null) {
                    values.computeIfAbsent(name, first -> new LinkedHashSet<>()).add(value);
                }
            });
        }
        Map<String, @Nullable Object> form = Sweep.form(id, values);
        form.put("metric", Map.of("name", search.metric(), "goal", search.isLargerBetter() ? "maximize" : "minimize"));
        return form;
    }
}

package io.plutorun.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.RunDescription;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.TagRules;
import io.plutorun.agent.current.Search;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.sweep.GridRuns.PointRun;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GridRunsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private static RunRecord.Start tuners(String name, List<String> tags) {
        return new RunRecord.Start(
                NOW,
                new RunRecord.Target.Create("job", true),
                new RunDescription(
                        "work", name, tags, Map.of("seed", 1), Map.of("startMark", "m"), Map.of("host", "h")),
                RunRecord.Part.ALONE);
    }

    private static Map<String, @Nullable Object> point(double rate, @Nullable String penalty) {
        Map<String, @Nullable Object> point = new HashMap<>();
        point.put("rate", rate);
        point.put("penalty", penalty);
        return point;
    }

    @Test
    void each_point_is_a_completed_run_of_one_sweep_with_its_parameters_and_its_metric() {
        Search search = new Search("auc", true, List.of(point(0.1, "l1"), point(0.2, null)), List.of(0.8, 0.9));
        List<PointRun> runs = GridRuns.of(tuners("Train.main", List.of("nightly")), search, NOW);

        assertThat(runs)
                .extracting(run -> run.start().name())
                .containsExactly("Train.main point 0", "Train.main point 1");
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.start().project()).isEqualTo("work");
            assertThat(run.start().systemMetadata()).isEqualTo(Map.of("host", "h"));
            assertThat(run.start().mark()).as("that of another run").isNull();
            assertThat(run.end().status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(run.start().tags())
                    .hasSize(2)
                    .startsWith("nightly")
                    .element(1)
                    .asString()
                    .startsWith("sweep:");
        });
        assertThat(runs.get(0).start().tags()).isEqualTo(runs.get(1).start().tags());
        assertThat(runs.get(1).values()).isEqualTo(Map.of("auc", 0.9));
        assertThat(runs.get(1).start().config())
                .containsEntry("rate", 0.2)
                .containsEntry("penalty", null)
                .containsEntry("point", 1)
                .doesNotContainKey("seed");
        assertThat(String.valueOf(runs.get(1).start().config().get("sweep")))
                .contains(
                        "method=grid",
                        "goal=maximize",
                        "name=auc",
                        "rate={values=[0.1, 0.2]}",
                        "penalty={values=[l1]}");
        assertThat(new HashSet<>(
                        runs.stream().map(run -> run.start().externalId()).toList()))
                .hasSize(2);
    }

    @Test
    void two_searches_are_two_sweeps() {
        Search search = new Search("rmse", false, List.of(point(0.1, null)), List.of(1.0));
        RunRecord.Start tuners = tuners("a", List.of());

        assertThat(GridRuns.of(tuners, search, NOW).get(0).start().tags())
                .isNotEqualTo(GridRuns.of(tuners, search, NOW).get(0).start().tags());
    }

    @Test
    void a_large_grid_a_long_name_and_many_tags_stay_within_bounds() {
        List<String> tags = IntStream.range(0, TagRules.MAX_TAGS)
                .mapToObj(number -> "tag" + number)
                .toList();
        Search search = new Search(
                "rmse",
                false,
                IntStream.range(0, 500).mapToObj(i -> point(i, null)).toList(),
                IntStream.range(0, 500).mapToObj(i -> (double) i).toList());
        List<PointRun> runs = GridRuns.of(tuners("n".repeat(255), tags), search, NOW);

        assertThat(runs).hasSize(100).allSatisfy(run -> {
            assertThat(run.start().tags()).hasSizeLessThanOrEqualTo(TagRules.MAX_TAGS);
            assertThat(run.start().name()).hasSizeLessThanOrEqualTo(255).contains(" point ");
        });
    }
}

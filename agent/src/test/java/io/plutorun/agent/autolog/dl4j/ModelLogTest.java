package io.plutorun.agent.autolog.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.metrics.RunValues;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ModelLogTest {

    private static final long MILLISECOND = 1_000_000;

    /** By name, from step to value. */
    private final Map<String, Map<Long, Double>> logged = new LinkedHashMap<>();

    private final RunValues values = fake(RunValues.class, (self, method, given) -> {
        logged.computeIfAbsent((String) given[0], first -> new LinkedHashMap<>())
                .put((Long) given[2], (Double) given[1]);
        return null;
    });

    private final CurrentRun run = fake(CurrentRun.class, (self, method, given) -> switch (method.getName()) {
        case "values" -> values;
        case "state" -> ((Supplier<?>) given[1]).get();
        default -> null;
    });

    private final ModelLog log =
            new ModelLog(new Recorder("dl4j", fake(CurrentRuns.class, (self, method, given) -> run), told -> {})
                    .begin(run, ModelLogTest.class));

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        InvocationHandler own = (self, method, given) -> method.isDefault()
                ? InvocationHandler.invokeDefault(self, method, given)
                : handler.invoke(self, method, given);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, own));
    }

    @Test
    void the_first_scores_are_all_recorded_and_then_ten_a_second() {
        log.fitBegins(0);
        for (int i = 0; i < Allowance.FIRST + 1_000; i++) {
            log.iterationEnds(i, i / 8.0, 0, i * MILLISECOND);
        }

        assertThat(logged.get("dl4j/score"))
                .hasSize(Allowance.FIRST + 10)
                .contains(entry(0L, 0.0), entry(999L, 999 / 8.0))
                .containsKeys(1_099L, 1_199L, 1_999L);
    }

    @Test
    void an_epochs_score_is_the_mean_of_its_iterations_also_of_those_that_are_not_recorded() {
        log.fitBegins(0);
        for (int i = 0; i < 2 * Allowance.FIRST; i++) {
            log.iterationEnds(i, i, 0, i);
        }
        log.epochEnds(0, 1);
        log.iterationEnds(2_000, 7, 0, 2);
        log.epochEnds(1, 3);

        assertThat(logged.get("dl4j/epoch_score")).containsExactly(entry(0L, 999.5), entry(1L, 7.0));
        assertThat(log.isInEpoch()).isFalse();
        assertThat(log.epochsEnded()).isEqualTo(2);
    }

    @Test
    void the_rate_is_of_the_time_in_fit_alone() {
        for (int i = 0; i < 5; i++) { // 300 ms each, and ten times as long between them
            long start = 3_300L * i * MILLISECOND;
            log.fitBegins(start);
            log.fitBegins(start); // it calls itself
            log.iterationEnds(i, 1, 30, start + 200 * MILLISECOND);
            log.fitEnds(start + 300 * MILLISECOND);
            log.fitEnds(start + 300 * MILLISECOND);
        }

        assertThat(logged.get("dl4j/samples_per_sec")).containsExactly(entry(3L, 120 * 1e9 / (1_100 * MILLISECOND)));
    }

    @Test
    void where_the_size_of_a_batch_is_not_known_there_is_no_rate() {
        log.fitBegins(0);
        log.iterationEnds(0, 1, 0, 5_000 * MILLISECOND);

        assertThat(logged).containsOnlyKeys("dl4j/score");
    }
}

package io.plutorun.agent.autolog.tribuo;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * {@code evaluate}: metrics over all outputs are values, {@code macro/f1}; those of the single outputs are a table. Evaluations inside of
 * a training, by which an ensemble weighs its members, are not recorded.
 */
final class EvaluationListener extends FrameworkListener {

    private static final int MODEL = 0;
    private static final int MAX_ROWS = 1000;
    private static final String TARGET = "org.tribuo.evaluation.metrics.MetricTarget";

    private final Trainings trainings;

    EvaluationListener(Recorder recorder, Trainings trainings) {
        super(recorder);
        this.trainings = trainings;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        Object result = call.result();
        Object model = call.argument(MODEL);
        if (model == null || result == null || Trainings.current() != null) {
            return null;
        }
        Training training = trainings.of(model);
        if (training == null) {
            return null;
        }
        String owner = call.method().className().contains(".sequence.")
                ? "org.tribuo.sequence.SequenceEvaluation"
                : "org.tribuo.evaluation.Evaluation";
        record(training, (Map<?, ?>) PublicMethods.call(result, owner, "asMap", Map.class));
        return training.cancellation();
    }

    private static void record(Training training, @Nullable Map<?, ?> metrics) throws Throwable {
        if (metrics == null) {
            return;
        }
        Set<String> columns = new TreeSet<>();
        Map<String, Map<String, Double>> rows = new TreeMap<>();
        for (Map.Entry<?, ?> metric : metrics.entrySet()) {
            if (metric.getKey() == null || !(metric.getValue() instanceof Double value)) {
                continue;
            }
            String name = String.valueOf(Pairs.second(metric.getKey()));
            Object target = Pairs.first(metric.getKey());
            Optional<?> output = target == null ? Optional.empty() : optional(target, "getOutputTarget");
            if (output.isPresent()) {
                columns.add(name);
                rows.computeIfAbsent(output.get().toString(), first -> new LinkedHashMap<>())
                        .put(name, value);
            } else {
                Optional<?> average = target == null ? Optional.empty() : optional(target, "getAverageTarget");
                training.value(average.isPresent() ? average.get() + "/" + name : name, value);
            }
        }
        if (!rows.isEmpty()) {
            table(training, new ArrayList<>(columns), rows);
        }
    }

    private static Optional<?> optional(Object target, String name) throws Throwable {
        Object value = PublicMethods.call(target, TARGET, name, Optional.class);
        return value == null ? Optional.empty() : (Optional<?>) value;
    }

    private static void table(Training training, List<String> names, Map<String, Map<String, Double>> byOutput) {
        List<@Nullable Object> columns = new ArrayList<>();
        columns.add("output");
        columns.addAll(names);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        byOutput.forEach((output, values) -> {
            if (rows.size() < MAX_ROWS) {
                List<@Nullable Object> row = new ArrayList<>();
                row.add(output);
                names.forEach(name -> row.add(values.get(name)));
                rows.add(row);
            }
        });
        training.table("outputs", columns, rows);
    }
}

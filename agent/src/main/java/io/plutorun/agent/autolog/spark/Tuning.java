package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.current.Search;
import io.plutorun.agent.objects.PublicMethods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a tuner has found: a table of the grid's points with the metric of each, and the best one as config. */
final class Tuning {

    private static final String TUNING = Spark.ML + "tuning.";
    private static final String EVALUATOR = Spark.ML + "evaluation.Evaluator";

    private Tuning() {}

    static void record(Fit fit, Object tuner, Object model) throws Throwable {
        boolean isCrossValidation = PublicMethods.typeOf(model.getClass(), TUNING + "CrossValidatorModel") != null;
        String name = isCrossValidation ? "avgMetrics" : "validationMetrics";
        String owner = TUNING + (isCrossValidation ? "CrossValidatorModel" : "TrainValidationSplitModel");
        double[] metrics = (double[]) Objects.requireNonNull(PublicMethods.call(model, owner, name, double[].class));
        List<Map<String, @Nullable Object>> grid = fit.stages().grid();
        String metric = metric(fit.stages().config());
        Set<String> keys = new TreeSet<>(); // a point has no order
        grid.forEach(point -> keys.addAll(point.keySet()));
        Map<String, @Nullable Object> byKey = new LinkedHashMap<>();
        keys.forEach(key -> byKey.put(key, null));
        List<@Nullable Object> columns = new ArrayList<>(List.of("point"));
        columns.addAll(Stages.ownNames(byKey).keySet());
        columns.add(metric);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(metrics.length, grid.size()); i++) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(i);
            for (String key : keys) {
                row.add(grid.get(i).get(key));
            }
            row.add(metrics[i]);
            rows.add(row);
        }
        fit.table(name, columns, rows);
        boolean isLargerBetter = isLargerBetter(tuner);
        fit.search(new Search(
                metric,
                isLargerBetter,
                grid.stream().map(Stages::ownNames).toList(),
                Arrays.stream(metrics).boxed().toList()));
        int best = best(metrics, isLargerBetter);
        if (best >= 0 && best < grid.size()) {
            Map<String, @Nullable Object> found = new LinkedHashMap<>(Stages.ownNames(grid.get(best)));
            found.put("point", best);
            found.put(metric, metrics[best]);
            fit.fact("best", found);
        }
    }

    /** What the tuner's evaluator computes. */
    private static String metric(Map<String, @Nullable Object> config) {
        Object name = config.get("evaluator") instanceof Map<?, ?> evaluator ? evaluator.get("metricName") : null;
        return name == null ? "metric" : name.toString();
    }

    private static boolean isLargerBetter(Object tuner) throws Throwable {
        Object evaluator = Objects.requireNonNull(PublicMethods.call(
                tuner, TUNING + "ValidatorParams", "getEvaluator", "()L" + EVALUATOR.replace('.', '/') + ";"));
        return Boolean.TRUE.equals(PublicMethods.call(evaluator, EVALUATOR, "isLargerBetter", boolean.class));
    }

    /** The first of the best, as Spark takes it. */
    private static int best(double[] metrics, boolean isLargerBetter) {
        int best = metrics.length == 0 ? -1 : 0;
        for (int i = 1; i < metrics.length; i++) {
            if (isLargerBetter ? metrics[i] > metrics[best] : metrics[i] < metrics[best]) {
                best = i;
            }
        }
        return best;
    }
}

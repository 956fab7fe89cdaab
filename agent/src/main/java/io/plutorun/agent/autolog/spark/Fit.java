package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.current.Search;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One fit of an estimator, in the training of the outermost fit around it. What a tuner's fits compute stands under the fold and the point
 * of the grid that they are of; the last one, of the best point with all data, computes what the training does.
 */
final class Fit {

    /** Of a tuner's fits, as many are recorded. */
    private static final int MAX_OF_TUNER = 100;

    private final Training training;
    private final Stages stages;
    private final String prefix;

    /** How often the training has values of a name: of several fits, the second one's are numbered. */
    private final Map<String, AtomicInteger> taken;

    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();

    private Fit(Training training, Stages stages, String prefix, Map<String, AtomicInteger> taken) {
        this.training = training;
        this.stages = stages;
        this.prefix = prefix;
        this.taken = taken;
    }

    /** The outermost one of a training. */
    static Fit outermost(Training training, Stages stages) {
        training.config(stages.config());
        return new Fit(training, stages, "", new ConcurrentHashMap<>());
    }

    /** A fit of an estimator that this one's estimator has; null where it is not recorded. */
    @Nullable
    Fit inner(Stages inner) {
        List<Map<String, @Nullable Object>> grid = stages.grid();
        if (grid.isEmpty()) {
            return new Fit(training, inner, prefix, taken);
        }
        int number = begun.getAndIncrement();
        int folds = stages.config().get("numFolds") instanceof Integer count ? count : 1;
        if (number >= folds * grid.size()) {
            return new Fit(training, inner, prefix, taken);
        }
        if (number >= MAX_OF_TUNER) {
            return null;
        }
        int point = inner.pointIn(grid);
        String fold = stages.config().containsKey("numFolds") ? "fold" + number / grid.size() + "/" : "";
        return new Fit(
                training, inner, prefix + fold + "point" + (point < 0 ? number % grid.size() : point) + "/", taken);
    }

    Training training() {
        return training;
    }

    Stages stages() {
        return stages;
    }

    /** What stands behind a framework's name in the names of what the fit's tasks compute: {@code .2/fold0/point1}. */
    String suffix() {
        return training.suffix() + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }

    /** What the algorithm tells of its data and itself. Of what config has, it tells the text. */
    void fact(String name, @Nullable Object value) {
        if (prefix.isEmpty() && value != null && !stages.config().containsKey(name)) {
            training.config(Map.of(name, value));
        }
    }

    void value(String name, double value, long step) {
        training.named(names.computeIfAbsent(name, this::name), value, step);
    }

    void curve(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            value(name, values[i], i);
        }
    }

    /** A table; those of a tuner's fits are not recorded. */
    void table(
            String name,
            List<? extends @Nullable Object> columns,
            List<? extends @Nullable List<? extends @Nullable Object>> rows) {
        if (prefix.isEmpty()) {
            training.table(name, columns, rows);
        }
    }

    /** A search that is over; those of a tuner's fits are not recorded. */
    void search(Search search) {
        if (prefix.isEmpty()) {
            training.run().addSearch(search);
        }
    }

    private String name(String own) {
        int number = taken.computeIfAbsent(prefix + own, first -> new AtomicInteger())
                .incrementAndGet();
        return training.name(prefix + own + (number == 1 ? "" : "." + number));
    }
}

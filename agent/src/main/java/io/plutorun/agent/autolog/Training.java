package io.plutorun.agent.autolog;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.metrics.RunValues;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One training of a framework in a run: what it was given stands under a config of its own, what it computes under names of its own. */
public final class Training {

    private static final int MAX_FEATURES = 100;

    private final CurrentRun run;
    private final String framework;
    private final int number;

    /** How it is called in the run: {@code xgboost}, {@code xgboost.2}. */
    private final String name;

    /**
     * Makes it.
     *
     * @param framework the framework's name
     * @param number tells it from other trainings of the framework in the run, from 1
     */
    Training(CurrentRun run, String framework, int number) {
        this.run = run;
        this.framework = framework;
        this.number = number;
        this.name = run.nameOfTraining(framework, number);
    }

    void introduce(@Nullable String version) {
        run.addTags(List.of("framework:" + framework));
        run.addConfig(Map.of(
                "environment", Map.of("frameworks", Map.of(framework, version == null ? "unknown" : version))));
    }

    /** What its name has behind the framework's: {@code .2}. */
    public String suffix() {
        return name.substring(framework.length());
    }

    /** The run that it belongs to. */
    public CurrentRun run() {
        return run;
    }

    /** What it was given: {@code config.xgboost.…}. */
    public void config(Map<String, @Nullable Object> config) {
        run.addConfig(Map.of(name, config));
    }

    /**
     * A value that it has computed.
     *
     * @param name the framework's own name of it
     * @param step as the framework counts
     */
    public void value(String name, double value, long step) {
        run.values().log(this.name + "/" + name, value, step);
    }

    /** A value that it has computed, at the next step of the name. */
    public void value(String name, double value) {
        run.values().log(this.name + "/" + name, value);
    }

    /**
     * A value that it has computed, under a name that is made once for many of them.
     *
     * @param name what {@link #name} has given
     * @param step as the framework counts
     */
    public void named(String name, double value, long step) {
        run.values().log(name, value, step);
    }

    /** The same, at the next step of the name. */
    public void named(String name, double value) {
        run.values().log(name, value);
    }

    /** Which framework's values stand under {@code importance}: that of the first of a run. */
    private static final class ImportanceOwner {
        private final AtomicReference<String> framework = new AtomicReference<>();

        boolean is(String candidate) {
            return framework.compareAndSet(null, candidate) || candidate.equals(framework.get());
        }
    }

    /**
     * How much features contribute, by name, the strongest of them: such values are drawn as bars. Those of a second framework in a run
     * stand under {@code importance.<framework>}.
     */
    public void importance(Map<String, Double> byFeature) {
        boolean isFirst = run.state(ImportanceOwner.class, ImportanceOwner::new).is(framework);
        String prefix = run.nameOfTraining(isFirst ? "importance" : "importance." + framework, number) + "/";
        byFeature.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(MAX_FEATURES)
                .forEach(feature -> run.values().log(prefix + feature.getKey(), feature.getValue(), 0));
    }

    /** A table that it has computed, at the next step of the name. */
    public void table(
            String name,
            List<? extends @Nullable Object> columns,
            List<? extends @Nullable List<? extends @Nullable Object>> rows) {
        run.values().table(name(name), columns, rows);
    }

    /** Where other kinds of values go, under {@link #name}. */
    public RunValues values() {
        return run.values();
    }

    /** A name of this training's own. */
    public String name(String own) {
        return name + "/" + own;
    }

    /** What the training's thread is to throw at the end of a round, since the run was cancelled on its page; null for nothing. */
    public @Nullable CancellationException cancellation() {
        return run.cancellation();
    }
}

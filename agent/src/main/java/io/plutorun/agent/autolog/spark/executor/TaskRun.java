package io.plutorun.agent.autolog.spark.executor;

import io.plutorun.agent.autolog.SparkTask;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.current.RunStates;
import io.plutorun.agent.metrics.RunValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The driver's run, as a task sees it: it adds values, and the driver speaks for the run. Trainings are counted within the task, so that one
 * which is tried again has the same names.
 */
final class TaskRun implements CurrentRun {

    private final CurrentRun run;
    private final String prefix;
    private final String suffix;
    private final RunStates states = new RunStates();

    /**
     * Makes it.
     *
     * @param run the driver's run
     * @param prefix stands before the training's name: nothing, or {@code rank1/}
     * @param suffix stands behind it: nothing, or {@code .2/fold0/point1}
     */
    TaskRun(CurrentRun run, String prefix, String suffix) {
        this.run = run;
        this.prefix = prefix;
        this.suffix = suffix;
    }

    @Override
    public RunValues values() {
        return run.values();
    }

    @Override
    public String nameOfTraining(String what, int number) {
        return prefix + what + suffix + (number == 1 ? "" : "." + number);
    }

    @Override
    public boolean isOfTask() {
        return true;
    }

    @Override
    public @Nullable CancellationException cancellation() {
        return SparkTask.killed();
    }

    @Override
    public @Nullable RunAddress address() {
        return run.address();
    }

    @Override
    public <T> T state(Class<T> type, Supplier<T> fresh) {
        return states.get(type, fresh);
    }

    @Override
    public void addConfig(Map<String, @Nullable Object> config) {}

    @Override
    public void addTags(List<String> tags) {}

    @Override
    public void setNotes(String notes) {}

    @Override
    public boolean beginConsole() {
        return false;
    }

    @Override
    public void addFile(@Nullable String name, Path path) {}
}

package io.plutorun.agent.bridge;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.metrics.RunValues;
import io.plutorun.agent.run.Tracker;
import java.lang.invoke.MethodHandle;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The runs of threads: the bridge knows each thread's call, the tracker its run. */
final class BridgedRuns implements CurrentRuns {

    private final MethodHandle current;
    private final Tracker tracker;
    private final @Nullable Set<String> trainingProgram;

    /**
     * Makes it.
     *
     * @param current the bridge's method of that name: () → the thread's call, or null
     * @param trainingProgram the internal name of the program's main class, where a training opens a run; empty where it is not known;
     *     null where no training opens one
     */
    BridgedRuns(MethodHandle current, Tracker tracker, @Nullable Set<String> trainingProgram) {
        this.current = current;
        this.tracker = tracker;
        this.trainingProgram = trainingProgram;
    }

    @Override
    public @Nullable CurrentRun ofThread() {
        return tracker.run(call());
    }

    @Override
    public @Nullable CurrentRun ofTraining(String framework) {
        CurrentRun run = ofThread();
        if (run != null || trainingProgram == null) {
            return run;
        }
        tracker.trainingBegins(
                trainingProgram.stream().findFirst().orElse(framework).replace('/', '.'));
        return ofThread();
    }

    @Override
    public RunValues valuesOfThread() {
        return tracker.values(call());
    }

    private @Nullable Object call() {
        try {
            return (Function<?, ?>) current.invokeExact();
        } catch (Throwable e) { // there is no memory for it: then there is none for a value either
            return null;
        }
    }
}

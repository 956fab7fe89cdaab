package io.plutorun.agent.current;

import io.plutorun.agent.metrics.RunValues;
import org.jspecify.annotations.Nullable;

/**
 * Finds the run that a thread's code belongs to, by the rule of {@code io.plutorun.Pluto.current()}: that of the innermost tracked call
 * of the thread, else the only open run of the JVM.
 */
public interface CurrentRuns {

    /** The run of the calling thread; null for none. */
    @Nullable
    CurrentRun ofThread();

    /**
     * The run of a training that begins in the calling thread. Where {@code PLUTO_AUTOLOG_START} is set and no method is tracked, the
     * first training opens a run of the process.
     *
     * @param framework the name of what trains, {@code xgboost}
     * @return null for none
     */
    @Nullable
    CurrentRun ofTraining(String framework);

    /** Where values that the calling thread's code gives go; values of which the run is not clear are counted, and told. */
    RunValues valuesOfThread();
}

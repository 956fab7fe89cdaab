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

    /** Where values that the calling thread's code gives go; values of which the run is not clear are counted, and told. */
    RunValues valuesOfThread();
}

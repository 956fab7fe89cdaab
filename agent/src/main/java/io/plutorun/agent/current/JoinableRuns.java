package io.plutorun.agent.current;

import org.jspecify.annotations.Nullable;

/** Joins runs of other processes. */
public interface JoinableRuns {

    /**
     * Joins a run. Does not wait for the server.
     *
     * @param worker what this process is called among those of the run, {@code executor3}
     * @return null where that is not possible, which a person has been told
     */
    @Nullable
    JoinedRun join(RunAddress address, String worker);
}

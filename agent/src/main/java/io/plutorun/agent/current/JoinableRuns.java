package io.plutorun.agent.current;

import org.jspecify.annotations.Nullable;

/** Joins runs of other processes. */
public interface JoinableRuns {

    /** What is to be done before the first run is joined, which may take a while. No lock may be held. */
    void prepare();

    /**
     * Joins a run. May wait for a disk, for a bounded time, and not for the server. No lock may be held.
     *
     * @param worker what this process is called among those of the run, {@code executor3}
     * @return null where that is not possible, which a person has been told
     */
    @Nullable
    JoinedRun join(RunAddress address, String worker);
}

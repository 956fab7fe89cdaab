package io.plutorun.agent.current;

/** Hears of runs that open and end, on the thread that opens or ends them. */
public interface RunListener {

    /** A run was opened, and its method has not begun. */
    default void opened(CurrentRun run) {}

    /**
     * The work of a run is over, and its verdict is not decided: the last values may still be given. The verdict waits for this, so it is
     * brief.
     */
    default void ending(CurrentRun run) {}
}

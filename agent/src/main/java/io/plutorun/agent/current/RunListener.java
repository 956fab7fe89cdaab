package io.plutorun.agent.current;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears of runs that open and end, on the thread that opens or ends them. */
public interface RunListener {

    /** A run was opened, and its method has not begun. */
    default void opened(CurrentRun run) {}

    /**
     * The server has taken the run's start, or the run is recorded only. Called on any thread, also after the run's end.
     *
     * @param systemMetadata what the start carried of the system
     * @param config the config that it carried
     * @param resumed whether the run existed before: then the server has ignored what was told of the system
     */
    default void started(
            CurrentRun run,
            Map<String, @Nullable Object> systemMetadata,
            Map<String, @Nullable Object> config,
            boolean resumed) {}

    /** The run was cancelled on its page, and the program's work for it is to end. Called on a thread of the agent's. */
    default void cancelled(CurrentRun run) {}

    /**
     * The work of a run is over, and its verdict is not decided: the last values may still be given. The verdict waits for this, so it is
     * brief.
     */
    default void ending(CurrentRun run) {}
}

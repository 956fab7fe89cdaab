package io.plutorun.agent.heartbeat;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.send.ServerState;

/** A run that is kept alive. Called on the agent's threads; must not block. */
public interface BeatingRun {

    /** Where the beats note what they hear of the run's state. */
    ServerState serverState();

    /**
     * Ends the run if its call ended for want of memory or stack, and its own thread could not record that.
     *
     * @return whether it has ended
     */
    boolean endIfItRanOut();

    /** The server should be told that the run is going on, on the way that its records take. */
    void stillAlive();

    /** The run was cancelled on its page. */
    void cancelled(StartedRun run);

    /** The run was cancelled before it was resumed: it goes on, and is kept alive without beats. */
    void wasCancelledBefore(StartedRun run);
}

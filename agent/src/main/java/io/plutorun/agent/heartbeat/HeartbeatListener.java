package io.plutorun.agent.heartbeat;

import io.plutorun.agent.api.StartedRun;

/** Hears how the heartbeats do. Called on the agent's threads. */
public interface HeartbeatListener {

    /**
     * The service does not answer. Told at the second failure in a row, the fourth, the eighth, and so on.
     *
     * @param why for a person
     */
    void doesNotAnswer(StartedRun run, String why);

    /** The service answers again, after so many failures, of which some were told. */
    void answersAgain(StartedRun run, int failures);

    /**
     * The service will not have a run's beats, so that run is kept alive otherwise. Told once for each reason, whatever the number of runs.
     *
     * @param why for a person
     */
    void beatsAreRefused(StartedRun run, String why);

    /** There is no such run on the server any more; nothing keeps it alive. Told once for each run. */
    void runIsGone(StartedRun run, String why);

    /** A fault of the agent's own kept a beat from being sent. */
    void beatFailed(StartedRun run, RuntimeException fault);
}

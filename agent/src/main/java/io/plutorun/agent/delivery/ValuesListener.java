package io.plutorun.agent.delivery;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.ingest.Upload;

/** Hears what becomes of a run's values. Called on the agent's threads; must not block. */
public interface ValuesListener extends Upload.Listener {

    /** A request has failed, the first one after some that had not; it is repeated until it succeeds. */
    void failing(Outcome<?> outcome);

    /** Some values were found damaged on disk, and are left out. */
    void damaged(long values);

    /** The values can't be sent as they are; they stay on disk. */
    void impossible(String why);

    /** The API itself says that there is no such run any more: what was logged is of no use to anybody, and nothing more is sent. */
    void gone(Outcome<?> answer);

    /**
     * Nothing more is done about the values in this process.
     *
     * @param allDelivered whether they have all arrived
     */
    void settled(boolean allDelivered);
}

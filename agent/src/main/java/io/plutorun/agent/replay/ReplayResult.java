package io.plutorun.agent.replay;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;

/** What became of a journal. */
public sealed interface ReplayResult {

    /**
     * All of it is on the server.
     *
     * @param run the run
     * @param status its verdict
     * @param leftOut what could not be delivered, such as a last line that was cut off, for a person; empty when it was all
     */
    record Delivered(StartedRun run, RunStatus status, String leftOut) implements ReplayResult {

        /** The same, when the values beside the journal have been delivered as well. */
        Delivered leavingOut(String what) {
            return new Delivered(run, status, what);
        }
    }

    /**
     * There was nothing to deliver.
     *
     * @param why for a person
     */
    record Nothing(String why) implements ReplayResult {}

    /**
     * It was recorded for another server, or for another organization, and was not sent.
     *
     * @param api that server's API, or that organization, for a person
     */
    record ForAnother(String api) implements ReplayResult {}

    /** A process that is alive is at work on it. */
    record InUse() implements ReplayResult {}

    /**
     * It could not be delivered, and stays.
     *
     * @param why for a person
     * @param serverAway whether no other will be deliverable either
     */
    record Left(String why, boolean serverAway) implements ReplayResult {}

    /**
     * It can't be delivered, whoever tries: it can't be read, or the API says that there is no such run. It lies in a folder of its own now,
     * and is tried again only when that is asked for.
     *
     * @param why for a person
     */
    record SetAside(String why) implements ReplayResult {}

    /** Whether it was tried, so that it counts where only so many are tried. */
    default boolean wasTried() {
        return this instanceof Delivered || this instanceof Left || this instanceof SetAside;
    }
}

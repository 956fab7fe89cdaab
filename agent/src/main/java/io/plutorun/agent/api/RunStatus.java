package io.plutorun.agent.api;

import org.jspecify.annotations.Nullable;

/** The states of a run, as the server names them. */
public enum RunStatus {
    RUNNING,
    COMPLETED,
    FAILED,
    TERMINATED,
    CANCELLED;

    /** The state of this name; null for a name that is none, and for no name. */
    public static @Nullable RunStatus named(@Nullable String name) {
        for (RunStatus candidate : values()) {
            if (candidate.name().equals(name)) {
                return candidate;
            }
        }
        return null;
    }
}

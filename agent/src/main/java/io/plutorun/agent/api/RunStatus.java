package io.plutorun.agent.api;

import org.jspecify.annotations.Nullable;

/** The status of a run, under the server's names. */
public enum RunStatus {
    RUNNING,
    COMPLETED,
    FAILED,
    TERMINATED,
    CANCELLED;

    /** Finds a status by its name; null if there is no such status, or no name is given. */
    public static @Nullable RunStatus named(@Nullable String name) {
        for (RunStatus candidate : values()) {
            if (candidate.name().equals(name)) {
                return candidate;
            }
        }
        return null;
    }
}

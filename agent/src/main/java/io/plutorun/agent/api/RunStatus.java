package io.plutorun.agent.api;

/** The states of a run, as the server names them. */
public enum RunStatus {
    RUNNING,
    COMPLETED,
    FAILED,
    TERMINATED,
    CANCELLED
}

package io.plutorun;

/** Whether a tracked call may create its run, or must find it. */
public enum Resume {
    /** With an external id: resume the run that bears it, or create it. Without any id: create. This is the default. */
    ALLOW,

    /** Resume the run that the id names. Where there is none, or no id is given, the method executes untracked and one line says so. */
    MUST,

    /**
     * As {@link #ALLOW}; and a call without an id takes one that survives a restart: its job's, from Konduktor, Slurm or Kubernetes, else
     * one that is kept in a file beside the agent's records. So a job that was preempted goes on with its run.
     */
    AUTO
}

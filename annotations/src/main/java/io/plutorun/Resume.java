package io.plutorun;

/** Whether a tracked call may create its run, or must find it. */
public enum Resume {
    /** Resume the run that has the external id, or create it. Without any id: create a run. This is the default. */
    ALLOW,

    /** Resume the run that the id names. If there is none, or no id is given, the method executes untracked, and one line says so. */
    MUST,

    /**
     * As {@link #ALLOW}, but a call without an id takes one that survives a restart: the id of its job under Konduktor, Slurm or
     * Kubernetes, else one that the agent keeps in a file. So a job that was preempted resumes its run.
     */
    AUTO
}

package io.plutorun;

/** Whether a tracked call may create its run, or must find it. */
public enum Resume {
    /** With an external id: resume the run that bears it, or create it. Without any id: create. This is the default. */
    ALLOW,

    /** Resume the run that the id names. Where there is none, or no id is given, the method executes untracked and one line says so. */
    MUST
}

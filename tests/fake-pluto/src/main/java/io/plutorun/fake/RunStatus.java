package io.plutorun.fake;

/** The five states of a run. Among the terminal ones the order of severity is FAILED, CANCELLED, TERMINATED, COMPLETED. */
public enum RunStatus {
    RUNNING(-1),
    COMPLETED(0),
    FAILED(3),
    TERMINATED(1),
    CANCELLED(2);

    private final int severity;

    RunStatus(int severity) {
        this.severity = severity;
    }

    /** Whether a run in this state has ended. */
    public boolean isTerminal() {
        return this != RUNNING;
    }

    /** Whether the server silently keeps this state when a client reports {@code reported}. */
    boolean outranks(RunStatus reported) {
        return isTerminal() && reported.isTerminal() && reported.severity < severity;
    }
}

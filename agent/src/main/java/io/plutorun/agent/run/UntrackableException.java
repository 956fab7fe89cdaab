package io.plutorun.agent.run;

/** A call that can't be tracked as it was asked for. */
final class UntrackableException extends Exception {

    private static final long serialVersionUID = 1;

    private final String why;

    /** With what to tell the user: why, and what to do. */
    UntrackableException(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}

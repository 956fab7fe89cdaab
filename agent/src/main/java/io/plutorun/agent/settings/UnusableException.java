package io.plutorun.agent.settings;

/** Settings that the agent can't work with. */
public final class UnusableException extends Exception {

    private static final long serialVersionUID = 1;

    private final String why;

    /** With what to tell the user: what is wrong, and what to do. */
    public UnusableException(String why) {
        super(why);
        this.why = why;
    }

    /** What to tell the user. */
    public String why() {
        return why;
    }
}

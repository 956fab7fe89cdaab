package io.plutorun.agent.http;

/** The server can't be reached as the user wants it to be. The message is for the user. */
public final class UnusableTransportException extends Exception {

    private static final long serialVersionUID = 1;

    private final String why;

    UnusableTransportException(String why) {
        super(why);
        this.why = why;
    }

    /** What to tell the user. */
    public String why() {
        return why;
    }
}

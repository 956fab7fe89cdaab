package io.plutorun.agent.settings;

/** The settings name a server, a key, a file or a proxy that the agent can't work with. */
public final class UnusableSettingsException extends Exception {

    private static final long serialVersionUID = 1;

    private final String why;

    /**
     * Makes an exception.
     *
     * @param why the text for the user: what is wrong, and what to do
     */
    public UnusableSettingsException(String why) {
        super(why);
        this.why = why;
    }

    /** The text for the user: what is wrong, and what to do. */
    public String why() {
        return why;
    }
}

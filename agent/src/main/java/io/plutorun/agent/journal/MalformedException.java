package io.plutorun.agent.journal;

/** A line that is not of the journal's format; the message is for a person. */
public final class MalformedException extends Exception {

    private static final long serialVersionUID = 1;

    private static final int MAX_CHARACTERS = 300;

    public MalformedException(String message) {
        super(message.length() <= MAX_CHARACTERS ? message : message.substring(0, MAX_CHARACTERS) + "…");
    }
}

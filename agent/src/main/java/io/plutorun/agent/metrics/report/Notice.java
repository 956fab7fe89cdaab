package io.plutorun.agent.metrics.report;

/**
 * Something that a person should be told once.
 *
 * @param kind what it is
 * @param given what the program gave; at most some hundred characters of it
 * @param used what is used in its place; empty when that needs no words
 */
public record Notice(Kind kind, String given, String used) {

    /** What has happened. */
    public enum Kind {
        /** The server could not have taken a name as it was. */
        NAME_MENDED,
        /** Numbers and texts, or the like, have one name; {@link #given} is it. */
        TWO_KINDS,
        /** A text of a string series was cut; {@link #given} is its name. */
        TEXT_CUT,
        /** A table was cut; {@link #given} is its name. */
        TABLE_CUT,
        /** The run has more names than are kept; {@link #given} is the first that is not. */
        TOO_MANY_NAMES,
        /** A negative or too large step; {@link #given} is the name of the first such value. */
        STEP_REFUSED,
        /** Values are kept in memory that does not survive a kill as surely; {@link #used} says why. */
        NOT_MAPPED,
        /** Values have stopped coming; {@link #used} says for how long there was none. */
        SILENT,
        /** The run prints more than is kept of it. */
        CONSOLE_CUT,
        /** The folder can't be written; {@link #given} says where, {@link #used} why. Values are lost until it can. */
        DISK_REFUSES
    }

    static final int MAX_LENGTH = 120;

    static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}

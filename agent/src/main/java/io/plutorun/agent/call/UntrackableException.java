package io.plutorun.agent.call;

import org.jspecify.annotations.Nullable;

/** A call that can't be tracked as it was asked for. */
public final class UntrackableException extends Exception {

    private static final long serialVersionUID = 1;

    private final @Nullable String kind;
    private final String why;

    /**
     * Makes an exception whose problem is the method's own: its lines are counted together with those of the same method.
     *
     * @param why the text for the user: what the problem is, and what to do
     */
    public UntrackableException(String why) {
        this(null, why);
    }

    /**
     * Makes an exception whose problem other methods may have too.
     *
     * @param kind the kind of problem, such as {@code max.runs}; null when the problem is the method's own
     * @param why the text for the user: what the problem is, and what to do
     */
    public UntrackableException(@Nullable String kind, String why) {
        super(why);
        this.kind = kind;
        this.why = why;
    }

    /** The kind of problem; repeated lines of one kind are counted. It is the method's name if the problem is the method's own. */
    public String kind(TrackedMethod method) {
        return kind == null ? method.settingsName() : kind;
    }

    /** The text for the user: what the problem is, and what to do. */
    public String why() {
        return why;
    }
}

package io.plutorun.agent.call;

import org.jspecify.annotations.Nullable;

/** A call that can't be tracked as it was asked for. */
public final class UntrackableException extends Exception {

    private static final long serialVersionUID = 1;

    private final @Nullable String kind;
    private final String why;

    /** With what to tell the user of this method's calls: why, and what to do. */
    public UntrackableException(String why) {
        this(null, why);
    }

    /**
     * With what to tell the user.
     *
     * @param kind what makes it the same as that of an earlier call, of whatever method; null when it is the method's own
     * @param why why, and what to do
     */
    public UntrackableException(@Nullable String kind, String why) {
        super(why);
        this.kind = kind;
        this.why = why;
    }

    public String kind(TrackedMethod method) {
        return kind == null ? method.settingsName() : kind;
    }

    public String why() {
        return why;
    }
}

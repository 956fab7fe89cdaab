package io.plutorun.agent.capture;

import io.plutorun.agent.current.CurrentRun;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line that the program has printed, or the message of a record that it has logged. */
public final class CapturedText {

    private final @Nullable CurrentRun run;
    private final String text;
    private final boolean isLogged;
    private final CapturedText origin;
    private @Nullable Set<Object> readers;

    private CapturedText(@Nullable CurrentRun run, String text, boolean isLogged, @Nullable CapturedText origin) {
        this.run = run;
        this.text = text;
        this.isLogged = isLogged;
        this.origin = origin == null ? this : origin.origin;
    }

    /**
     * A line, without its end.
     *
     * @param run whose thread has printed it; null where that is not clear
     * @param logged the record whose logging has printed it; null for none
     */
    public static CapturedText printed(@Nullable CurrentRun run, String line, @Nullable CapturedText logged) {
        return new CapturedText(run, line, false, logged);
    }

    /**
     * The message of a record; may have several lines.
     *
     * @param run whose thread has logged it; null where that is not clear
     * @param logged the record whose logging has logged this one, as a bridge between two frameworks does; null for none
     */
    public static CapturedText logged(@Nullable CurrentRun run, String message, @Nullable CapturedText logged) {
        return new CapturedText(run, message, true, logged);
    }

    /** Whose thread it comes from; null where that is not clear. */
    public @Nullable CurrentRun run() {
        return run;
    }

    /** What was printed or logged. */
    public String text() {
        return text;
    }

    /** Whether it is the message of a record. */
    public boolean isLogged() {
        return isLogged;
    }

    /** Whether this reader has read its value: out of this text, or another one of the same record. Not for several threads. */
    public boolean isReadBy(Object reader) {
        Set<Object> all = origin.readers;
        return all != null && all.contains(reader);
    }

    /** This reader has read its value, and needs no other text of the same record. Not for several threads. */
    public void readBy(Object reader) {
        if (origin.readers == null) {
            origin.readers = new HashSet<>();
        }
        origin.readers.add(reader);
    }
}

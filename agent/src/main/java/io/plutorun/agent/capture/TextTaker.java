package io.plutorun.agent.capture;

import io.plutorun.agent.current.CurrentRun;
import org.jspecify.annotations.Nullable;

/** Takes what is captured, on the program's threads: it must not wait, throw, or print. */
public interface TextTaker {

    /** Whether there is anybody to take it. While there is nobody, nothing is captured. */
    boolean isOpen();

    /** Takes a text, which is not empty: what ends with {@code \n} or {@code \r}, or a record's message. */
    default void take(CapturedText text) {}

    /**
     * Takes a line as a terminal shows it: it may be empty. Of a progress bar, whose states end with {@code \r}, the last state is one, and
     * before that one a second.
     *
     * @param run whose thread has printed it; null where that is not clear
     * @param line the line without its end; where it is too long, its beginning and an ellipsis
     * @param isError whether it was written to {@code System.err}
     */
    default void printed(@Nullable CurrentRun run, String line, boolean isError) {}
}

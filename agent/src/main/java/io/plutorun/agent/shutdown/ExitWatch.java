package io.plutorun.agent.shutdown;

import java.util.List;

/**
 * Hears of the JVM's end where it is decided. Nothing that the JDK offers tells with which status a JVM exits, nor that it is about to
 * halt; {@code weave}, which can look into the JDK's own classes, does.
 */
public interface ExitWatch {

    /** Watches from now on. Where that is not possible nothing is ever heard. */
    void begin();

    /** Has the agent told, from now on, of the exceptions that threads die of. Where that is not possible nothing is ever told. */
    void beginWithThreads();

    /** Who has asked the JVM to exit, for a signal or of its own; empty when nobody has, or is known to have. */
    List<Exiting> heard();

    /**
     * A thread that has asked the JVM to exit.
     *
     * @param thread the thread, which may be a virtual one
     * @param status the exit status
     */
    record Exiting(Thread thread, int status) {}
}

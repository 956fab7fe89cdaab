package io.plutorun.agent.current;

/** A run of another process, to which this one adds values while it works for it. It is neither kept alive nor ended by this process. */
public interface JoinedRun {

    /** The run, as recorders see it. */
    CurrentRun run();

    /** A thread begins to work for the run. */
    void entered(Thread thread);

    /** A thread has worked for the run. */
    void left(Thread thread);

    /** Nothing more is added. May wait for a disk, for a bounded time. */
    void end();
}

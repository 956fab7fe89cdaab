package io.plutorun.agent.autolog.spark.executor;

import io.plutorun.agent.autolog.WeakIdentityMap;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.JoinedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an executor has to do with a run, from the run's first task on. Its threads are counted here, from before the run is joined: so it
 * is not left between its join and the beginning of a task.
 *
 * <p>Its lock is held for a change of its fields and of the run's list of threads, and not while the run is joined or left.
 */
final class Membership {

    private enum State {
        JOINING,
        JOINED,
        /** It could not be joined. The next task tries again. */
        FAILED,
        /** It is left, for good. */
        LEFT
    }

    private final WeakIdentityMap<TaskRun> tasks = new WeakIdentityMap<>();
    private final List<Thread> executing = new ArrayList<>();
    private State state = State.JOINING;
    private long deadline;
    private volatile @Nullable JoinedRun run;

    /**
     * Makes it of a run that is being joined.
     *
     * @param maxWait how long that is waited for
     */
    Membership(Duration maxWait) {
        deadline = System.nanoTime() + maxWait.toNanos();
    }

    /** How the tasks see the run, by their contexts. */
    WeakIdentityMap<TaskRun> tasks() {
        return tasks;
    }

    /**
     * The run. While it is being joined it is waited for, until the same moment by all: that costs the tasks of a run the time once. An
     * interrupt ends the wait, and stays set.
     *
     * @return null when it has not been joined in time, or can't be
     */
    @Nullable
    CurrentRun run() {
        JoinedRun joined = run;
        if (joined == null) {
            await();
            joined = run;
        }
        return joined == null ? null : joined.run();
    }

    private synchronized void await() {
        try {
            for (long left = deadline - System.nanoTime();
                    left > 0 && state == State.JOINING;
                    left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has it joined again if that has failed; true for the caller that is to do it. */
    synchronized boolean beginAgain(Duration maxWait) {
        if (state != State.FAILED) {
            return false;
        }
        state = State.JOINING;
        deadline = System.nanoTime() + maxWait.toNanos();
        return true;
    }

    /** It has been joined, or could not be. */
    synchronized void joined(@Nullable JoinedRun made) {
        run = made;
        state = made == null ? State.FAILED : State.JOINED;
        if (made != null) {
            executing.forEach(made::entered);
        }
        notifyAll();
    }

    /** A thread begins to execute a task of the run; false when the run is left. */
    synchronized boolean entered(Thread thread) {
        if (state == State.LEFT) {
            return false;
        }
        executing.add(thread);
        JoinedRun joined = run;
        if (joined != null) {
            joined.entered(thread);
        }
        return true;
    }

    /** A thread has executed a task of the run. */
    synchronized void left(Thread thread) {
        JoinedRun joined = run;
        if (executing.remove(thread) && joined != null) {
            joined.left(thread);
        }
    }

    /** Takes the right to leave the run, if no thread executes a task of it. None enters it from then on. */
    synchronized boolean leaveIfIdle() {
        boolean leaves = executing.isEmpty() && (state == State.JOINED || state == State.FAILED);
        state = leaves ? State.LEFT : state;
        return leaves;
    }

    /** Leaves the run, which may wait for the disk. For who has the right to. */
    void leave() {
        JoinedRun joined = run;
        if (joined != null) {
            joined.end();
        }
    }
}

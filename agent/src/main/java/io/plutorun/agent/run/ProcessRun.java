package io.plutorun.agent.run;

import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.run.OpenRuns.Entered;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The run that lasts until the JVM's end, where the settings want one: the first call opens it, all others belong to it. While it is being
 * opened the others wait; no lock is held meanwhile.
 */
final class ProcessRun {

    /** Opens the run. */
    interface Opener {
        Entered open() throws UntrackableException;
    }

    private boolean opening;
    private @Nullable ActiveRun run;
    private volatile @Nullable Opener parents;

    /** It is the run of the process that started this one, joined by this. Said before the first call. */
    void isOfParent(Opener joining) {
        parents = joining;
    }

    /** Whether all calls belong to one run, as far as is known: it is open, or that of the parent. */
    boolean isMeant() {
        return parents != null || run() != null;
    }

    /** Joins the parent's run, where it is that one and nobody has. */
    void join(Duration atMost) throws UntrackableException {
        Opener joining = parents;
        if (joining != null) {
            var unused = enter(joining, atMost);
        }
    }

    /**
     * The run: opened by the first call, and by the next one where that failed.
     *
     * @param own opens a run of this process, if it is not the parent's
     * @param atMost how long a call waits for another one to open it
     */
    Entered enter(Opener own, Duration atMost) throws UntrackableException {
        Opener joining = parents;
        Opener opener = joining == null ? own : joining;
        ActiveRun joined = openOrWait(atMost);
        if (joined != null) {
            return new Entered(joined, false);
        }
        Entered entered = null;
        try {
            entered = opener.open();
            return entered;
        } finally {
            opened(entered == null ? null : entered.run());
        }
    }

    /** The run; null when this call has to open it. */
    private synchronized @Nullable ActiveRun openOrWait(Duration atMost) throws UntrackableException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (opening) {
            long left = deadline - System.nanoTime();
            try {
                if (left <= 0) {
                    throw new UntrackableException("opening", "another call is still opening the run of the process");
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UntrackableException("opening", "the wait for the run of the process was interrupted");
            }
        }
        opening = run == null;
        return run;
    }

    private synchronized void opened(@Nullable ActiveRun now) {
        run = now;
        opening = false;
        notifyAll();
    }

    /** The run; null when none is open. */
    synchronized @Nullable ActiveRun run() {
        return run;
    }

    /** The run was given up: the next call opens another one. */
    synchronized void forget(ActiveRun given) {
        if (run == given) {
            run = null;
        }
    }
}

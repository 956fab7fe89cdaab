package io.plutorun.agent.replay;

import io.plutorun.agent.host.BoundedWait;
import java.time.Duration;

/**
 * The runs that are looked for by their id at this moment. The server knows no other way to do that than to resume them, so a run that had
 * ended is RUNNING until it has been given its verdict back: the JVM should not end in between.
 */
final class LookUps {

    private int underWay;
    private boolean ended;

    /** Begins to look for a run. */
    synchronized void begin() throws StoppedException {
        if (ended) {
            throw new StoppedException("the JVM ends", true);
        }
        underWay++;
    }

    /** The run has the state that it is to have. */
    synchronized void done() {
        underWay--;
        notifyAll();
    }

    /** From now on no run is looked for; waits for those that are under way. */
    synchronized void end(Duration atMost) {
        ended = true;
        BoundedWait.whileHolds(this, System.nanoTime() + atMost.toNanos(), () -> underWay > 0);
    }

    synchronized boolean haveEnded() {
        return ended;
    }
}

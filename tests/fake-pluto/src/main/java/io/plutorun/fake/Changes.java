package io.plutorun.fake;

import java.util.concurrent.TimeUnit;

/** Counts what happened, so that somebody can wait for the next thing to happen without asking again and again. */
final class Changes {

    private long count;

    synchronized void happened() {
        count++;
        notifyAll();
    }

    synchronized long count() {
        return count;
    }

    /** Waits until more than {@code seen} changes have happened or {@code deadline} (in {@link System#nanoTime()}) has passed. */
    synchronized boolean awaitMoreThan(long seen, long deadline) throws InterruptedException {
        while (count <= seen) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return true;
    }
}

package io.plutorun.fake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

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

    /**
     * Waits until {@code condition} holds.
     *
     * @throws AssertionError when it does not within {@code atMost}; it ends with what {@code summary} says then
     */
    void await(BooleanSupplier condition, Duration atMost, Supplier<String> summary) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen = count();
            if (condition.getAsBoolean()) {
                return;
            }
            try {
                if (!awaitMoreThan(seen, deadline)) {
                    throw new AssertionError("not within " + atMost.toMillis() + " ms; " + summary.get());
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted; " + summary.get(), stop);
            }
        }
    }
}

package io.plutorun.agent.host;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for a condition, and no longer than until a moment. */
public final class BoundedWait {

    private BoundedWait() {}

    /** What a future gives; something else if it does not until a moment, or fails. An interrupt ends the wait, and stays set. */
    public static <T> T of(Future<T> future, long deadline, T otherwise) {
        try {
            return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        } catch (ExecutionException | TimeoutException e) {
            return otherwise;
        }
    }

    /**
     * Waits as long as a condition holds. Who changes what it looks at notifies the lock. An interrupt ends the wait, and stays set.
     *
     * @param lock the lock that guards what the condition looks at; the caller holds it
     * @param deadline until when, by {@link System#nanoTime}
     * @param condition asked with the lock held
     */
    public static void whileHolds(Object lock, long deadline, BooleanSupplier condition) {
        try {
            for (long left = deadline - System.nanoTime();
                    left > 0 && condition.getAsBoolean();
                    left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

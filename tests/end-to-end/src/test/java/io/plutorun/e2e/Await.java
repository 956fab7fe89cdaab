package io.plutorun.e2e;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what nothing wakes a thread for, such as a file that another process writes. What the server sees, it awaits itself. */
final class Await {

    /** Far more than any condition takes on a busy machine: only what never happens takes so long. */
    static final Duration LONG = Duration.ofMinutes(2);

    private static final long NANOS_BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(2);

    private Await() {}

    /**
     * Waits until a condition holds.
     *
     * @param failure what to say where it never does
     */
    static void until(BooleanSupplier condition, Supplier<String> failure) {
        if (!within(LONG, condition)) {
            throw new AssertionError(failure.get());
        }
    }

    /**
     * Waits until a condition holds, but not longer than this.
     *
     * @return whether it holds
     */
    static boolean within(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
        }
        return true;
    }
}

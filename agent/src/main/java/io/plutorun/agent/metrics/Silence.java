package io.plutorun.agent.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices when values of a run have stopped coming: when there was none for 20 times as long as usual, and for more than 10 minutes. The usual
 * time is the median of the last ones between two looks that found something new. For the metrics thread.
 */
final class Silence {

    private static final int TIMES_AS_LONG = 20;

    private static final long SHORTEST_NANOS = Duration.ofMinutes(10).toNanos();

    private static final long BETWEEN_LOOKS_NANOS = Duration.ofSeconds(1).toNanos();

    /** When looks are farther apart, the process did not execute in between: it was stopped, or the machine slept. */
    private static final long STOPPED_NANOS = Duration.ofSeconds(30).toNanos();

    private static final int KNOWN_PAUSES = 31;

    /** Before so many are known, there is nothing usual. */
    private static final int FEWEST_PAUSES = 3;

    private final LongSupplier lastTime;
    private final long[] pauses = new long[KNOWN_PAUSES];
    private int count;
    private long known;
    private long changedAt;
    private long lookedAt;
    private boolean isTold;

    /**
     * Makes it.
     *
     * @param lastTime tells something that is another one after each value; 0 before the first
     */
    Silence(LongSupplier lastTime) {
        this.lastTime = lastTime;
    }

    /**
     * Looks, once a second at most.
     *
     * @param now of a clock that does not go back, in nanoseconds
     * @return how long there was no value, if that is to be told now: once in a run; null otherwise
     */
    @Nullable
    Duration look(long now) {
        if (isTold || (lookedAt != 0 && now - lookedAt < BETWEEN_LOOKS_NANOS)) {
            return null;
        }
        if (lookedAt != 0 && now - lookedAt > STOPPED_NANOS) {
            changedAt += now - lookedAt;
        }
        lookedAt = now;
        long last = lastTime.getAsLong();
        if (last != known) {
            if (known != 0) {
                pauses[count++ % KNOWN_PAUSES] = now - changedAt;
            }
            known = last;
            changedAt = now;
            return null;
        }
        long silent = now - changedAt;
        isTold = count >= FEWEST_PAUSES && silent > SHORTEST_NANOS && silent > TIMES_AS_LONG * usualPause();
        return isTold ? Duration.ofNanos(silent) : null;
    }

    private long usualPause() {
        long[] sorted = Arrays.copyOf(pauses, Math.min(count, KNOWN_PAUSES));
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

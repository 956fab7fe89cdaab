package io.plutorun.agent.metrics.buffer;

import io.plutorun.agent.metrics.report.Loss;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What a thread of the program does that finds no room for a value: it waits while the metrics thread makes room, and gives the value up
 * otherwise.
 *
 * <p>The rule:
 *
 * <ul>
 *   <li>The thread wakes the metrics thread and parks, for 1 ms at most, until there is room.
 *   <li>It gives up, and its value is counted as lost, when the disk hangs: when for 20 ms the metrics thread has made no progress at this
 *       run's files and was waiting for the disk. Progress is a piece of a new segment that the disk has taken, or a value that has left
 *       the ring. Where the operating system does not tell what the thread waits for, no progress is enough.
 *   <li>It gives up in any case after 500 ms without progress. A machine with many busy threads leaves the metrics thread without a core
 *       for a tenth of a second, while its disk is well.
 *   <li>After that no thread of the program waits for this run, until the metrics thread has made a segment or has emptied the ring. So a
 *       disk that hangs holds each thread up once.
 *   <li>No thread waits while it is known to be of no use: the disk has refused a file, or the limit on disk is reached. An interrupted
 *       thread does not wait either.
 * </ul>
 *
 * <p>A park counts as 1 ms at most, however late the thread comes back: a machine or a JVM that stood still is no hung disk.
 */
public final class Backpressure {

    private static final long PARK_NANOS = 1_000_000;

    private static final long HUNG_AFTER_NANOS = 20 * PARK_NANOS;

    private static final long MAX_WAIT_NANOS = 500 * PARK_NANOS;

    /** When the metrics thread is at the files of a run for so long without a pause, the disk is said to hang. */
    private static final long SAID_TO_HANG_AFTER_NANOS = 1_000_000_000;

    private final Runnable wakeMetricsThread;
    private final BooleanSupplier mayWaitForDisk;
    private final AtomicLong progress = new AtomicLong();
    private final AtomicLong roomsMade = new AtomicLong();

    /** The number of rooms made when a thread gave up; while no more are made, nobody waits. */
    private volatile long gaveUpAt = -1;

    private volatile Loss reason = Loss.TOO_FAST;
    private volatile long workingSince;

    /**
     * The rule for one run.
     *
     * @param wakeMetricsThread has the metrics thread look now; it must not block
     * @param mayWaitForDisk whether the metrics thread waits for the disk; true when that is not known
     */
    public Backpressure(Runnable wakeMetricsThread, BooleanSupplier mayWaitForDisk) {
        this.wakeMetricsThread = wakeMetricsThread;
        this.mayWaitForDisk = mayWaitForDisk;
    }

    // For the program's threads.

    /** Begins to wait for room for one value. */
    Wait newWait() {
        return new Wait();
    }

    /** One thread that waits for room for one value. */
    final class Wait {

        private long seen = progress.get();
        private long waited;
        private long hung;
        private boolean hasParked;

        /** Waits a little; false when there is no use in waiting any longer. */
        boolean park() {
            long rooms = roomsMade.get(); // before the progress is read, so that no room is made unnoticed between
            if (reason != Loss.TOO_FAST
                    || gaveUpAt == rooms
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            long now = progress.get();
            if (now != seen) {
                seen = now;
                waited = 0;
                hung = 0;
            } else if (hung >= HUNG_AFTER_NANOS || waited >= MAX_WAIT_NANOS) {
                gaveUpAt = rooms;
                return false;
            }
            wakeMetricsThread.run();
            hasParked = true;
            long start = System.nanoTime();
            LockSupport.parkNanos(Backpressure.this, PARK_NANOS);
            long parked = Math.min(PARK_NANOS, System.nanoTime() - start);
            waited += parked;
            if (progress.get() == seen && mayWaitForDisk.getAsBoolean()) {
                hung += parked;
            }
            return true;
        }

        /**
         * Ends it. The park may have taken the permit of an {@link LockSupport#unpark} that the program meant for a park of its own; the
         * thread gets it back. At worst a park of the program returns once without a reason, as any may.
         */
        void end() {
            if (hasParked) {
                LockSupport.unpark(Thread.currentThread());
            }
        }
    }

    /** Why a value that found no room is lost. */
    Loss reason() {
        long since = workingSince;
        boolean isHung = since != 0 && System.nanoTime() - since > SAID_TO_HANG_AFTER_NANOS;
        return isHung ? Loss.DISK_HUNG : reason;
    }

    // For the metrics thread.

    /** Says when the metrics thread turned to this run's files, by {@link System#nanoTime}; 0 when it is done with them. */
    void workingSince(long nanos) {
        workingSince = nanos;
    }

    /** Says that the disk has taken something, or that a value has left the ring. */
    void madeProgress() {
        progress.lazySet(progress.get() + 1); // no other thread writes it
    }

    /** Says that there is room again: a new segment, or an empty ring. */
    void madeRoom() {
        roomsMade.incrementAndGet();
        madeProgress();
    }

    /** Says why there is no room, when there is none. Only for {@link Loss#TOO_FAST} is there any use in waiting. */
    void fullBecauseOf(Loss why) {
        reason = why;
    }
}

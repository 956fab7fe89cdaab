package io.plutorun.agent.shutdown;

import io.plutorun.agent.host.AgentThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has the JVM call the agent before it ends, by a shutdown hook and before a halt, and bounds how long its end waits: the work is done on a
 * thread of its own, so that neither a disk nor a lock that hangs keeps the JVM from ending.
 */
public final class JvmShutdown {

    /** Who halts the JVM does not want to wait. */
    private static final Duration MAX_WAIT_BEFORE_HALT = Duration.ofSeconds(1);

    /** For the line about what is not delivered. */
    private static final Duration TO_SAY_SO = Duration.ofMillis(100);

    /** Verdicts are written to disk also where nothing shall be waited for; this long, should the disk hang. */
    private static final Duration MIN_WAIT_FOR_DISK = Duration.ofSeconds(1);

    private final ExitWatch exits;
    private final LastWork work;
    private final Duration timeout;
    private volatile boolean over;

    /** What the agent still has to do when the JVM ends. */
    public interface LastWork {

        /**
         * Lets no more runs in.
         *
         * @return whether runs are still open
         */
        boolean close();

        /** Ends the runs that are still open. */
        void endRuns(JvmEnd end);

        /** Delivers what is not delivered, and waits for it no longer than this. */
        void deliver(Duration atMost);

        /** The time is over, and {@link #endRuns} has not come to its end. */
        void gaveUp(Duration after);
    }

    /**
     * Makes the agent's part in the JVM's end; no hook is registered yet.
     *
     * @param exits tells who has asked the JVM to exit
     * @param work what is done at the end
     * @param timeout how long the JVM's end may wait
     */
    public JvmShutdown(ExitWatch exits, LastWork work, Duration timeout) {
        this.exits = exits;
        this.work = work;
        this.timeout = timeout;
    }

    /** Registers the shutdown hook. When the JVM is ending already no run can be opened any more. */
    public void register() {
        try {
            Runtime.getRuntime().addShutdownHook(new AgentThreads("shutdown").newThread(this::atEnd));
        } catch (IllegalStateException e) { // the program's first tracked call comes from a shutdown hook of its own
            work.close();
        }
    }

    /** What the shutdown hook does. */
    void atEnd() {
        boolean open = work.close();
        doWithin(timeout, open ? observed() : new JvmEnd.Unknown(), open);
        over = true;
    }

    private JvmEnd observed() {
        try {
            return JvmEnd.observe(exits);
        } catch (SecurityException e) { // a security manager of the program's allows no look at other threads
            return new JvmEnd.Unknown();
        }
    }

    /** The JVM is about to halt: without its hooks, beside them, or behind them. */
    public void halting(int status) {
        if (!over) {
            boolean open = work.close();
            Duration wait = timeout.compareTo(MAX_WAIT_BEFORE_HALT) < 0 ? timeout : MAX_WAIT_BEFORE_HALT;
            doWithin(wait, JvmEnd.halt(status), open);
        }
    }

    /** Ends the runs and delivers them, on another thread, and waits for it no longer than it may. */
    private void doWithin(Duration atMost, JvmEnd end, boolean open) {
        long began = System.nanoTime();
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch delivered = new CountDownLatch(1);
        Runnable lastWork = () -> {
            try {
                if (open) {
                    work.endRuns(end);
                }
                ended.countDown();
                work.deliver(left(began, atMost));
            } finally {
                ended.countDown();
                delivered.countDown();
            }
        };
        try {
            new AgentThreads("last-work").newThread(lastWork).start();
        } catch (RuntimeException | Error e) {
            // No more threads, or none that a security manager of the program's allows: then here, and without a bound
            // where the disk hangs.
            lastWork.run();
        }
        Duration forDisk = atMost.compareTo(MIN_WAIT_FOR_DISK) < 0 ? MIN_WAIT_FOR_DISK : atMost;
        if (!await(ended, forDisk)) {
            work.gaveUp(forDisk);
            return;
        }
        await(delivered, left(began, atMost).plus(TO_SAY_SO));
    }

    private static Duration left(long began, Duration atMost) {
        Duration left = atMost.minusNanos(System.nanoTime() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether it came in time. An interrupt, by a hook of the program's perhaps, ends the wait. */
    private static boolean await(CountDownLatch latch, Duration atMost) {
        try {
            return latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The signal or the exit that is ending the JVM at this moment; empty when it is not ending, or ends by itself. */
    public Optional<JvmEnd> underWay() {
        if (!JvmEnd.hasBegun()) {
            return Optional.empty();
        }
        JvmEnd end = observed();
        return end instanceof JvmEnd.Signal || end instanceof JvmEnd.Exit ? Optional.of(end) : Optional.empty();
    }
}

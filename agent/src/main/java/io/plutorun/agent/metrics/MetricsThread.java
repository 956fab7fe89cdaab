package io.plutorun.agent.metrics;

import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.OsThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of the agent that opens and writes the files of all open runs' metrics. It lives while there are such runs.
 *
 * <p>A disk that hangs keeps all runs waiting. Their program's threads are held up for some 20 ms once; values that find no room then are
 * counted as lost (see {@link io.plutorun.agent.metrics.buffer.Backpressure}).
 */
public final class MetricsThread {

    /** How long it sleeps when nothing was to be done. A killed process loses nothing that is older than 50 ms. */
    private static final long IDLE_NANOS = 10_000_000;

    /** How long it sleeps when nothing was to be done for {@link #ROUNDS_UNTIL_CALM} rounds, so that a run that logs little costs little. */
    private static final long CALM_NANOS = 40_000_000;

    private static final int ROUNDS_UNTIL_CALM = 20;

    /** How long it sleeps when nothing was to be done for {@link #ROUNDS_UNTIL_ASLEEP} rounds. The next value that is logged wakes it. */
    private static final long ASLEEP_NANOS = 1_000_000_000;

    private static final int ROUNDS_UNTIL_ASLEEP = 35;

    private static final long BUSY_NANOS = 1_000_000;

    /** What is to be done for one run. */
    interface Task {

        /** Does what is to be done now; tells whether there was anything. */
        boolean work(long now);

        /** Hears that {@link #work} threw what nobody expects, such as for want of memory. */
        void failed();

        /** Waits until there is nothing left to do, for good; false when that took too long. */
        boolean awaitDone(Duration atMost) throws InterruptedException;

        /** Whether there is nothing left to do, for good. */
        boolean isDone();
    }

    private final ThreadFactory threads;
    private final List<Task> open = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    /** Whether it sleeps long: then whoever logs a value wakes it. Seldom written, so that reading it costs next to nothing. */
    private volatile boolean isAsleep;

    /** The thread as the operating system sees it; null until it runs. */
    private volatile @Nullable OsThread osThread;

    /** For how many rounds there was nothing to do. Only the thread uses it. */
    private int idleRounds;

    /**
     * Starts no thread yet.
     *
     * @param threads makes daemons
     */
    public MetricsThread(ThreadFactory threads) {
        this.threads = threads;
    }

    void add(Task task) {
        open.add(task);
        if (thread.get() == null) {
            start();
        }
    }

    private void start() {
        Thread fresh = threads.newThread(AgentThreads.loop(this::work));
        if (thread.compareAndSet(null, fresh)) {
            try {
                fresh.start();
            } catch (OutOfMemoryError e) { // no further thread is allowed; the next run tries again
                thread.set(null);
            }
        }
    }

    /** Something was logged. Wakes it if it sleeps long. */
    void logged() {
        if (isAsleep) {
            isAsleep = false; // those who log next need not wake it too
            wake();
        }
    }

    /** Whether the next value that is logged wakes it. */
    boolean isAsleep() {
        return isAsleep;
    }

    /** Has it look now. */
    void wake() {
        LockSupport.unpark(thread.get());
    }

    /**
     * Waits until all runs' metrics are closed and written, or a time has passed.
     */
    public void awaitIdle(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (Task task : open) {
            try {
                task.awaitDone(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Whether it waits for a disk; true when that is not known. */
    boolean mayWaitForDisk() {
        OsThread known = osThread;
        return known == null ? thread.get() == null : known.mayWaitForDisk(); // before it runs, it waits for a core
    }

    /** It says that it sleeps one round before it does: what was logged by those who did not see it yet is found in that round. */
    private static long pause(int idleRounds) {
        if (idleRounds > ROUNDS_UNTIL_ASLEEP) {
            return ASLEEP_NANOS;
        }
        return idleRounds < ROUNDS_UNTIL_CALM ? IDLE_NANOS : CALM_NANOS;
    }

    /** Looks at all runs once, and sleeps; false when the thread is to end. */
    private boolean work() {
        if (osThread == null) {
            osThread = OsThread.current();
        }
        boolean busy = Thread.interrupted(); // else it would not park any more; nobody has a reason to interrupt it
        for (Task task : open) {
            try {
                busy |= task.work(System.nanoTime());
            } catch (RuntimeException | Error e) { // such as no memory: one run's trouble is its own
                task.failed();
            }
        }
        open.removeIf(Task::isDone);
        if (open.isEmpty()) {
            idleRounds = 0;
            osThread = null;
            thread.set(null);
            if (open.isEmpty() || !thread.compareAndSet(null, Thread.currentThread())) {
                return false; // one that was added in between has started another
            }
        }
        sleep(busy);
        return true;
    }

    private void sleep(boolean busy) {
        boolean wasWoken = idleRounds >= ROUNDS_UNTIL_ASLEEP && !isAsleep;
        if (busy) {
            idleRounds = 0;
        } else if (wasWoken) { // by a value that went into mapped memory, where there was nothing to do for it
            idleRounds = ROUNDS_UNTIL_CALM;
        } else {
            idleRounds = Math.min(idleRounds + 1, ROUNDS_UNTIL_ASLEEP + 1);
        }
        isAsleep = idleRounds >= ROUNDS_UNTIL_ASLEEP;
        LockSupport.parkNanos(this, busy ? BUSY_NANOS : pause(idleRounds));
    }
}

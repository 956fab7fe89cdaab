package io.plutorun.agent.metrics;

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
 * <p>A disk that hangs keeps all of them waiting; their program's threads notice nothing, but values that find no room are counted as lost.
 */
public final class MetricsThread {

    /** How long it sleeps when nothing was to be done. A killed process loses nothing that is older than 50 ms. */
    private static final long IDLE_NANOS = 10_000_000;

    private static final long BUSY_NANOS = 1_000_000;

    /** What is to be done for one run. */
    interface Task {

        /** Does what is to be done now; tells whether there was anything. */
        boolean keep(long now);

        /** Hears that {@link #keep} threw what nobody expects, such as for want of memory. */
        void failed();

        /** Waits until there is nothing left to do, for good; false when that took too long. */
        boolean awaitDone(Duration atMost) throws InterruptedException;

        /** Whether there is nothing left to do, for good. */
        boolean isDone();
    }

    private final ThreadFactory threads;
    private final List<Task> open = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

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
        Thread fresh = threads.newThread(this::work);
        if (thread.compareAndSet(null, fresh)) {
            fresh.start();
        }
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

    private void work() {
        while (true) {
            boolean busy = false;
            for (Task task : open) {
                try {
                    busy |= task.keep(System.nanoTime());
                } catch (RuntimeException | Error e) { // such as no memory: one run's trouble is its own
                    task.failed();
                }
            }
            open.removeIf(Task::isDone);
            if (open.isEmpty()) {
                thread.set(null);
                if (open.isEmpty() || !thread.compareAndSet(null, Thread.currentThread())) {
                    return; // one that was added in between has started another
                }
            }
            LockSupport.parkNanos(this, busy ? BUSY_NANOS : IDLE_NANOS);
        }
    }
}

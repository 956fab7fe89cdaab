package io.plutorun.agent.journal;

import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.OsThread;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does what touches the disk, in order, on a thread of its own. A disk may hang: then whoever waits for it does so once, for a bounded
 * time, and from then on nobody waits until the disk answers again. What is to be written stays in memory meanwhile.
 *
 * <p>A thread that waits for a core is not one that waits for its disk: on a machine with too many busy threads it is given more time, where
 * the operating system tells the two apart.
 */
final class DiskThread {

    /** Shorter than the start's time-out, longer than a network disk needs in a bad moment. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    /** How many times as long is waited for a thread that waits for a core. */
    private static final int MAX_WAITS_FOR_CORE = 4;

    /** How often is looked what the thread does: in between, the JVM may have stopped it for a moment. */
    private static final int LOOKS = 10;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private static final Duration IDLE = Duration.ofSeconds(5);

    private final Duration maxWait;
    private final Runnable whenStuck;
    private final ThreadPoolExecutor thread;
    private volatile boolean stuck;

    /** The thread as the operating system sees it, as soon as it has begun with something; null before. */
    private volatile @Nullable OsThread osThread;

    /** The thread that did the task before; only such threads look. */
    private @Nullable Thread worker;

    private @Nullable OsThread osWorker;

    /**
     * Makes the disk thread; it starts with the first task and ends when there has been none for a while.
     *
     * @param whenStuck is called, on the thread that has waited in vain, each time the disk stops answering
     */
    DiskThread(Runnable whenStuck) {
        this(MAX_WAIT, whenStuck);
    }

    DiskThread(Duration maxWait, Runnable whenStuck) {
        this.maxWait = maxWait;
        this.whenStuck = whenStuck;
        this.thread = new ThreadPoolExecutor(
                1, 1, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), new AgentThreads("journal"));
        thread.allowCoreThreadTimeOut(true);
    }

    /** Something that is to be done, or is done. */
    final class Task implements Runnable {

        private final Runnable work;
        private final CountDownLatch done = new CountDownLatch(1);

        private Task(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            if (worker != Thread.currentThread()) {
                worker = Thread.currentThread();
                osWorker = OsThread.current();
            }
            osThread = osWorker;
            try {
                work.run();
            } finally {
                osThread = null;
                stuck = false;
                done.countDown();
            }
        }

        /**
         * Waits until it is done, unless the disk does not answer. An interrupt does not end the wait, and stays set.
         *
         * @return whether it is done
         */
        boolean await() {
            boolean interrupted = false;
            long deadline = System.nanoTime() + maxWait.toNanos();
            int waits = 1;
            try {
                while (!stuck) {
                    try {
                        if (done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                            return true;
                        }
                        if (waits < MAX_WAITS_FOR_CORE && wantsCore()) {
                            waits++;
                            deadline += maxWait.toNanos();
                            continue;
                        }
                        stuck = true;
                        whenStuck.run();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                return done.getCount() == 0;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** Between two tasks, and before the first, the thread has nothing else to wait for. */
        private boolean wantsCore() throws InterruptedException {
            for (int look = 0; look < LOOKS; look++) {
                OsThread working = osThread;
                if (working == null || working.wantsCore()) {
                    return true;
                }
                if (done.await(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS)) {
                    return true; // it has done meanwhile
                }
            }
            return false;
        }
    }

    /** Has something done after all that was submitted before. Does not wait, so it may be called with a lock held. */
    Task submit(Runnable work) {
        Task task = new Task(work);
        try {
            thread.execute(task);
        } catch (RuntimeException
                | Error e) { // for want of memory, or since a security manager of the program's forbids threads
            if (thread.getPoolSize() > 0) {
                throw e;
            }
            task.run(); // the thread can't be started, so nothing is waiting for it
        }
        return task;
    }
}

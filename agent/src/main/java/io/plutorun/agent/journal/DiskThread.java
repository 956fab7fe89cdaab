package io.plutorun.agent.journal;

import io.plutorun.agent.host.AgentThreads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does what touches the disk, in order, on a thread of its own. A disk may hang: then whoever waits for it does so once, for a bounded
 * time, and from then on nobody waits until the disk answers again. What is to be written stays in memory meanwhile.
 */
final class DiskThread {

    /** Shorter than the start's time-out, longer than a network disk needs in a bad moment. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    private static final Duration IDLE = Duration.ofSeconds(5);

    private final Duration maxWait;
    private final Runnable whenStuck;
    private final ThreadPoolExecutor thread;
    private volatile boolean stuck;

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
            try {
                work.run();
            } finally {
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
            try {
                while (!stuck) {
                    try {
                        if (done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                            return true;
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
    }

    /** Has something done after all that was submitted before. Does not wait, so it may be called with a lock held. */
    Task submit(Runnable work) {
        Task task = new Task(work);
        try {
            thread.execute(task);
        } catch (OutOfMemoryError e) {
            if (thread.getPoolSize() > 0) {
                throw e;
            }
            task.run(); // the thread can't be started, so nothing is waiting for it
        }
        return task;
    }
}

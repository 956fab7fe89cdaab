package io.plutorun.agent.files;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.BoundedWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the files of all runs of this JVM share: one thread that looks at files, since a disk may hang, and one that sends them, one after the
 * other, beside everything else. Neither exists before there is a file.
 */
public final class FilesSession {

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration UNTIL_MEMORY_MAY_BE_BACK = Duration.ofSeconds(5);

    /** How many files may wait until they are looked at: where the disk hangs, a program may go on naming some. */
    private static final int MAX_WAITING = 10_000;

    private final @Nullable PlutoApi api;
    private final Console console;
    private final List<String> patterns;
    private final ThreadPoolExecutor looks;
    private final List<Waiting> waiting = new ArrayList<>();
    private final AgentThreads threads = new AgentThreads("files");
    private volatile boolean diskHangs;
    private boolean isSending;
    private boolean jvmEnding;

    /** The upload of a file. */
    interface Task {

        /**
         * Tries it.
         *
         * @return how long to wait before the next attempt; null where nothing more is to be done
         */
        @Nullable
        Duration attempt();

        /** Whether somebody has named the file, and is to be told where it does not arrive. */
        boolean isNamed();
    }

    private static final class Waiting {

        private final Task task;
        private long dueNanos = System.nanoTime();
        private boolean isTriedInVain;

        Waiting(Task task) {
            this.task = task;
        }
    }

    /**
     * Makes the session; no thread starts.
     *
     * @param api the server; null where runs are only recorded
     * @param patterns what is taken at the end of a run without the program's doing
     */
    public FilesSession(@Nullable PlutoApi api, List<String> patterns, Console console) {
        this.api = api;
        this.patterns = patterns;
        this.console = console;
        this.looks = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                new AgentThreads("look"));
        looks.allowCoreThreadTimeOut(true);
    }

    Console console() {
        return console;
    }

    List<String> patterns() {
        return patterns;
    }

    @Nullable
    PlutoApi api() {
        return api;
    }

    @Nullable
    IngestApi ingest() {
        return api == null ? null : api.ingest();
    }

    /**
     * Has something done that touches the disk, after all that was given before. Waits for it a moment; a disk that does not answer costs
     * that much once.
     *
     * @return false where too much waits already
     */
    boolean look(Runnable look, Duration atMost) {
        CountDownLatch done = new CountDownLatch(1);
        try {
            looks.execute(() -> {
                try {
                    look.run();
                } finally {
                    diskHangs = false;
                    done.countDown();
                }
            });
        } catch (RejectedExecutionException e) {
            return false;
        }
        try {
            if (!diskHangs && !done.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                diskHangs = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** Has a file sent, after those that were given before. */
    synchronized void send(Task task) {
        waiting.add(new Waiting(task));
        if (!isSending) {
            threads.newThread(AgentThreads.loop(this::sendNext)).start();
            isSending = true;
        }
        notifyAll();
    }

    private boolean sendNext() {
        Waiting next = next();
        if (next == null) {
            return false;
        }
        Duration wait = UNTIL_MEMORY_MAY_BE_BACK;
        var unused = AgentThreads.clearInterrupt();
        try {
            wait = next.task.attempt();
        } catch (Throwable e) { // whatever it is, the thread serves other files
            // probably a lack of memory; the file is tried again
        } finally {
            tried(next, wait);
        }
        return true;
    }

    private synchronized void tried(Waiting file, @Nullable Duration wait) {
        if (wait == null) {
            waiting.remove(file);
        } else {
            waiting.remove(file);
            waiting.add(file);
            file.dueNanos = System.nanoTime() + wait.toNanos();
            file.isTriedInVain = jvmEnding;
        }
        notifyAll();
    }

    /** The next one that may be tried; null when the thread is to end. */
    private synchronized @Nullable Waiting next() {
        long idleUntil = System.nanoTime() + IDLE.toNanos();
        while (true) {
            long now = System.nanoTime();
            long until = idleUntil;
            for (Waiting file : waiting) {
                boolean isDue = jvmEnding ? !file.isTriedInVain : file.dueNanos - now <= 0;
                if (isDue) {
                    return file;
                }
                until = waiting.get(0) == file || file.dueNanos - until < 0 ? file.dueNanos : until;
            }
            if (waiting.isEmpty() && now - idleUntil >= 0) {
                isSending = false;
                return null;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(until - now, 1_000_000));
            } catch (InterruptedException e) {
                // only the program can interrupt this thread, through its thread group; the thread goes on
            }
        }
    }

    /**
     * The JVM ends: what has not arrived is tried at once. Returns when all has arrived or was tried in vain, at the latest after a time.
     *
     * @return how many files are left that somebody has named
     */
    public synchronized int finish(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        jvmEnding = true;
        waiting.forEach(file -> file.isTriedInVain = false);
        notifyAll();
        BoundedWait.whileHolds(this, deadline, () -> waiting.stream().anyMatch(file -> !file.isTriedInVain));
        jvmEnding = false;
        return (int) waiting.stream().filter(file -> file.task.isNamed()).count();
    }
}

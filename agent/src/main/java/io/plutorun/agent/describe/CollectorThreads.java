package io.plutorun.agent.describe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the collectors beside the program. */
final class CollectorThreads {

    private final Runnable first;
    private final Supplier<Collectors> collectors;
    private final BiConsumer<Map<String, @Nullable Object>, Boolean> found;
    private final Duration maxPutOff;
    private final ThreadFactory threads;
    private final CountDownLatch ofStart = new CountDownLatch(1);
    private final CountDownLatch all = new CountDownLatch(1);
    private final CountDownLatch mayAskLast = new CountDownLatch(1);
    private final AtomicLong lastMayBeAsked = new AtomicLong();

    /**
     * Makes it; no collector is made or asked yet.
     *
     * @param first done before the collectors, which finds out what a create needs in any case
     * @param collectors makes them, on one of the threads
     * @param found takes what a collector has found out, and whether it is of the config; on the thread that asked it
     * @param maxPutOff how long what may take long is put off where no run starts
     * @param threads makes the threads
     */
    CollectorThreads(
            Runnable first,
            Supplier<Collectors> collectors,
            BiConsumer<Map<String, @Nullable Object>, Boolean> found,
            Duration maxPutOff,
            ThreadFactory threads) {
        this.first = first;
        this.collectors = collectors;
        this.found = found;
        this.maxPutOff = maxPutOff;
        this.threads = threads;
    }

    /** Begins to ask. To be called once. */
    void begin() {
        start(() -> guarded(this::askAll), () -> {
            ofStart.countDown();
            all.countDown();
        });
    }

    /** Counted down when all is asked that creates wait for. */
    CountDownLatch ofStart() {
        return ofStart;
    }

    /**
     * Says that what may take long may be asked.
     *
     * @return when that was said first, by {@link System#nanoTime}
     */
    long askLast() {
        lastMayBeAsked.compareAndSet(0, System.nanoTime());
        mayAskLast.countDown();
        return lastMayBeAsked.get();
    }

    /** Counted down when all is asked. */
    CountDownLatch all() {
        return all;
    }

    private void askAll() {
        guarded(first::run);
        Collectors them = collectors.get();
        AtomicInteger groups = new AtomicInteger(them.slow().size() + 1);
        Runnable groupIsDone = () -> {
            if (groups.decrementAndGet() == 0) {
                ofStart.countDown();
            }
        };
        them.slow().forEach(group -> start(() -> ask(group, false), groupIsDone));
        ask(them.ofSystem(), false);
        ask(List.of(them.fingerprint()), true);
        groupIsDone.run();
        guarded(() -> {
            List<Collector> last = them.last().get();
            if (!last.isEmpty()) {
                awaited(() -> {
                    var unused = mayAskLast.await(maxPutOff.toNanos(), TimeUnit.NANOSECONDS);
                });
                ask(last, false);
            }
        });
        awaited(ofStart::await);
    }

    /** An interrupt, through the program's thread group, ends the wait and nothing else. */
    private static void awaited(Wait wait) {
        try {
            wait.await();
        } catch (InterruptedException e) {
            // goes on
        }
    }

    /**
     * Does something on another thread.
     *
     * @param done executed behind it in any case; at once where there is no thread
     */
    private void start(Runnable work, Runnable done) {
        boolean isStarted = start(() -> {
            try {
                work.run();
            } finally {
                done.run();
            }
        });
        if (!isStarted) {
            done.run();
        }
    }

    /**
     * Does something on another thread.
     *
     * @return whether there is a thread for it: a program that has too many gets none, and the parts are left out
     */
    boolean start(Runnable work) {
        try {
            threads.newThread(work).start();
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    private interface Wait {
        void await() throws InterruptedException;
    }

    private interface Work {
        void run() throws Exception;
    }

    /** A part that can't be found out, as on a machine of another kind, or for want of memory, is left out. The others are not. */
    private static void guarded(Work work) {
        try {
            work.run();
        } catch (Throwable e) {
            // nobody waits for it, and the program's handler of exceptions has nothing to do with it
        }
    }

    /** Asks one after the other, on the calling thread. */
    void ask(List<Collector> some, boolean isConfig) {
        for (Collector collector : some) {
            guarded(() -> {
                Map<String, @Nullable Object> part = collector.collect();
                if (!part.isEmpty()) {
                    found.accept(part, isConfig);
                }
            });
        }
    }
}

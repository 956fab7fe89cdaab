package io.plutorun.agent.describe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the collectors beside the program. */
final class CollectorThreads {

    /** How long what may take long is put off where no run starts. */
    private static final Duration MAX_PUT_OFF = Duration.ofSeconds(10);

    private final Runnable first;
    private final Supplier<Collectors> collectors;
    private final BiConsumer<Map<String, @Nullable Object>, Boolean> found;
    private final ThreadFactory threads;
    private final CountDownLatch ofStart = new CountDownLatch(1);
    private final CountDownLatch all = new CountDownLatch(1);
    private final CountDownLatch mayAskLast = new CountDownLatch(1);

    /**
     * Makes it; no collector is made or asked yet.
     *
     * @param first done before the collectors, which finds out what a create needs in any case
     * @param collectors makes them, on one of the threads
     * @param found takes what a collector has found out, and whether it is of the config; on the thread that asked it
     * @param threads makes the threads
     */
    CollectorThreads(
            Runnable first,
            Supplier<Collectors> collectors,
            BiConsumer<Map<String, @Nullable Object>, Boolean> found,
            ThreadFactory threads) {
        this.first = first;
        this.collectors = collectors;
        this.found = found;
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

    /** Says that what may take long may be asked from now on. A second time does nothing. */
    void askLast() {
        mayAskLast.countDown();
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
        try {
            if (!them.last().isEmpty()) {
                var unused = mayAskLast.await(MAX_PUT_OFF.toNanos(), TimeUnit.NANOSECONDS);
                ask(them.last(), false);
            }
            ofStart.await();
        } catch (InterruptedException e) { // through the program's thread group
            Thread.currentThread().interrupt();
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

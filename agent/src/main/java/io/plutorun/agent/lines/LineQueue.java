package io.plutorun.agent.lines;

import io.plutorun.agent.capture.CapturedText;
import io.plutorun.agent.capture.TextTaker;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.BoundedWait;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The texts on their way from the program's threads to the one that reads them, which lives while runs are open. The threads of the program
 * take no lock; what they print while too much is waiting is counted, and not read.
 */
final class LineQueue implements TextTaker {

    private static final long MAX_TEXTS = 1 << 17;
    private static final long MAX_CHARACTERS = 16 << 20;

    /** For so many times the reader looks for texts by itself, before it waits to be woken. */
    private static final int SHORT_PAUSES = 50;

    private static final long SHORT_PAUSE_NANOS = 20_000_000;

    private final Consumer<CapturedText> reader;
    private final AgentThreads threads = new AgentThreads("metric-lines");
    private final Queue<CapturedText> texts = new ConcurrentLinkedQueue<>();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong waitingCharacters = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    private volatile int openRuns;
    private volatile boolean isParked;
    private volatile int awaiting;
    private volatile long read;
    private volatile @Nullable Thread thread;

    /** How many looks found no text. Only the thread uses it. */
    private int pauses;

    /**
     * Makes it; no thread is started.
     *
     * @param reader reads each text, on the one thread
     */
    LineQueue(Consumer<CapturedText> reader) {
        this.reader = reader;
    }

    /**
     * A run was opened.
     *
     * @throws OutOfMemoryError where the system allows no further thread
     */
    synchronized void open() {
        if (thread == null) {
            Thread fresh = threads.newThread(AgentThreads.loop(this::work));
            fresh.start();
            thread = fresh;
        }
        openRuns++;
    }

    /** A run has ended. */
    synchronized void close() {
        openRuns--;
        LockSupport.unpark(thread);
    }

    @Override
    public boolean isOpen() {
        return openRuns > 0;
    }

    @Override
    public void take(CapturedText text) {
        int length = text.text().length();
        if (taken.get() - read >= MAX_TEXTS || waitingCharacters.get() >= MAX_CHARACTERS) {
            lost.incrementAndGet();
            return;
        }
        waitingCharacters.addAndGet(length);
        taken.incrementAndGet(); // before it is there, so that no more is read than was taken
        texts.add(text);
        if (isParked) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits until what was taken before is read; false when that took too long. */
    synchronized boolean awaitRead(Duration atMost) {
        long target = taken.get();
        awaiting++;
        LockSupport.unpark(thread);
        BoundedWait.whileHolds(this, System.nanoTime() + atMost.toNanos(), () -> read < target);
        awaiting--;
        return read >= target;
    }

    /** How many were not read since this was asked before, since they came too fast. */
    long takeLost() {
        return lost.getAndSet(0);
    }

    /** Reads one text, or waits for one; false when the thread is to end. */
    private boolean work() {
        CapturedText next = texts.poll();
        if (next != null) {
            pauses = 0;
            read(next);
        } else if (hasEnded()) {
            return false;
        } else {
            pauses++;
            pause();
        }
        return true;
    }

    /** To be woken costs the program's thread more than all else, so after the first pauses only. */
    private void pause() {
        if (pauses <= SHORT_PAUSES) {
            LockSupport.parkNanos(this, SHORT_PAUSE_NANOS);
            return;
        }
        isParked = true;
        if (texts.isEmpty() && openRuns > 0) {
            LockSupport.park(this);
        }
        isParked = false;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by this thread alone
    private void read(CapturedText next) {
        waitingCharacters.addAndGet(-next.text().length());
        try {
            reader.accept(next);
        } finally {
            read++;
            if (awaiting > 0) {
                wake();
            }
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** The next run makes a new thread. */
    private synchronized boolean hasEnded() {
        if (openRuns > 0 || !texts.isEmpty()) {
            return false;
        }
        thread = null;
        pauses = 0; // of the next run's thread
        return true;
    }
}

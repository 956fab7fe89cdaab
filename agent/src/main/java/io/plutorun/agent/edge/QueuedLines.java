package io.plutorun.agent.edge;

import io.plutorun.agent.host.AgentThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way to a place that may block for ever: a pipe that nobody reads, a FIFO without a reader, a disk that hangs.
 *
 * <p>The thread that prints a line only puts it into a bounded queue. One daemon thread, which the first line starts, opens the place
 * and writes. Lines that find the queue full, and lines that can't be written, are left out and counted, and the count is told at that
 * point as soon as writing works again. The order of lines is kept.
 */
final class QueuedLines implements LineSink {

    /** Opens the place; called once, on the writing thread. */
    interface Destination {
        Opened open() throws IOException;
    }

    /**
     * A place that is open.
     *
     * @param out where the lines are written
     * @param charset in which
     */
    record Opened(OutputStream out, Charset charset) {

        void write(String text) throws IOException {
            out.write(text.getBytes(charset));
        }
    }

    /** How many lines wait at most. */
    static final int MAX_LINES = 1_000;

    /** How many characters wait at most. One line that is longer is taken when no other waits. */
    static final int MAX_CHARACTERS = 256 * 1024;

    /**
     * A line that waits.
     *
     * @param text what is written; empty where there are only lost lines to tell
     * @param lostBefore how many lines were left out between the one before it and this one
     */
    private record Waiting(String text, long lostBefore) {}

    private final Destination destination;
    private final Function<Runnable, Thread> threads;

    /** Guards the fields below. No line is written and no thread is started while it is held. */
    private final Object lock = new Object();

    private final Deque<Waiting> queue = new ArrayDeque<>();
    private int queuedCharacters;
    private long lost;
    private long taken;
    private long done;
    private boolean counting;
    private boolean started;

    // Used by the writing thread alone.
    private @Nullable Opened place;
    private long unwritten;

    /**
     * Makes a queue of lines; nothing is opened and no thread is started before the first line.
     *
     * @param threads makes the thread that writes
     */
    QueuedLines(Destination destination, Function<Runnable, Thread> threads) {
        this.destination = destination;
        this.threads = threads;
    }

    @Override
    public void line(String line) {
        synchronized (lock) {
            boolean full = queue.size() >= MAX_LINES || queuedCharacters + line.length() > MAX_CHARACTERS;
            if (full && !queue.isEmpty()) {
                lost++;
                return;
            }
            queue.add(new Waiting(line, lost));
            queuedCharacters += line.length();
            lost = 0;
            taken++;
            lock.notifyAll();
        }
        start();
    }

    @Override
    public boolean flush(Duration atMost) {
        start();
        long end = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        boolean written;
        synchronized (lock) {
            long upTo = taken;
            long left = atMost.toNanos();
            while (!isWritten(upTo) && left > 0) {
                try {
                    lock.wait(left / 1_000_000 + 1);
                } catch (InterruptedException e) { // the wait is short, and it may be the JVM's end that needs it
                    interrupted = true;
                }
                left = end - System.nanoTime();
            }
            written = isWritten(upTo);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return written;
    }

    private boolean isWritten(long upTo) {
        return done >= upTo && lost == 0 && !counting;
    }

    /** Where no thread can be had now, the lines wait for the next line, or for the flush, to try again. */
    private void start() {
        synchronized (lock) {
            if (started || taken == 0) {
                return;
            }
            started = true;
        }
        try {
            threads.apply(AgentThreads.loop(this::writeNext)).start();
        } catch (Throwable e) { // OutOfMemoryError: the process may have no more threads; the program must not feel it
            synchronized (lock) {
                started = false;
            }
        }
    }

    /** The work of the writing thread, for ever. */
    private boolean writeNext() {
        Waiting next = take();
        unwritten += next.lostBefore();
        try {
            Opened opened = place == null ? destination.open() : place;
            place = opened;
            if (unwritten > 0) {
                opened.write(count(unwritten));
                unwritten = 0;
            }
            opened.write(next.text());
        } catch (Throwable e) { // whatever it is, the next line may work again
            unwritten += next.text().isEmpty() ? 0 : 1;
        }
        wrote(next);
        return true;
    }

    /** The next line; an empty one that only says how many were lost, where no line came behind them. */
    private Waiting take() {
        synchronized (lock) {
            while (true) {
                Waiting next = queue.poll();
                if (next != null) {
                    queuedCharacters -= next.text().length();
                    return next;
                }
                if (lost > 0) {
                    Waiting count = new Waiting("", lost);
                    lost = 0;
                    counting = true;
                    return count;
                }
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    // nobody has a reason to; the thread goes on
                }
            }
        }
    }

    private void wrote(Waiting line) {
        synchronized (lock) {
            done += line.text().isEmpty() ? 0 : 1;
            counting = false;
            lock.notifyAll();
        }
    }

    private static String count(long lines) {
        String text = lines == 1 ? "1 line was" : lines + " lines were";
        return "pluto: " + text + " left out here, which could not be written in time" + System.lineSeparator();
    }

    /** The thread that writes. */
    static Thread thread(Runnable task) {
        return new AgentThreads("console").newThread(task);
    }

    /** Lines that a shutdown hook waits for, so that what was printed just before the JVM's end is still read. The first line adds it. */
    static final class FlushedAtTheEnd implements LineSink {

        private final LineSink lines;
        private final Duration atMost;
        private final AtomicBoolean hooked = new AtomicBoolean();

        FlushedAtTheEnd(LineSink lines, Duration atMost) {
            this.lines = lines;
            this.atMost = atMost;
        }

        @Override
        public void line(String line) {
            lines.line(line);
            if (hooked.compareAndSet(false, true)) {
                try {
                    Runtime.getRuntime().addShutdownHook(thread(() -> lines.flush(atMost)));
                } catch (IllegalStateException e) { // the JVM is ending already
                    lines.flush(atMost);
                } catch (SecurityException e) {
                    // then the last lines are written if there is time
                }
            }
        }

        @Override
        public boolean flush(Duration atMost) {
            return lines.flush(atMost);
        }
    }
}

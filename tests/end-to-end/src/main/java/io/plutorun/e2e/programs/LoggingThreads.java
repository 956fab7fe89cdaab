package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Four threads that log until somebody kills the JVM, or the program halts it, or the heap is full. Each value is its own place in its
 * thread's series. What was logged, and when, goes to mapped memory of the program's own, which survives the JVM's death however it dies:
 * {@link #TICKS} at the beginning, {@link #END} behind it, and from {@link #FIRST_NOTE} on the tick at which each value was logged, thread by
 * thread. A tick is a millisecond in which the program could run: the time in which a collector, or another process, keeps its threads
 * from running has none.
 */
public final class LoggingThreads {

    public static final int THREADS = 4;

    /** The most that one thread logs. */
    public static final int MOST_VALUES = 1 << 17;

    /** Where the number of ticks is. */
    public static final int TICKS = 0;

    /** Where the tick is at which the program ended its tracked call, or the JVM; 0 when somebody else did. */
    public static final int END = 4;

    public static final int FIRST_NOTE = 8;

    private static final long TICK_NANOS = 1_000_000;

    private final MappedByteBuffer notes;
    private volatile int ticks = 1;
    private final List<byte[]> hoard = new ArrayList<>();

    private LoggingThreads(MappedByteBuffer notes) {
        this.notes = notes;
    }

    /** Takes the path of the notes, the run's name, a seed, how it ends ({@code killed}, {@code halt}, {@code memory}), and after how many ms. */
    public static void main(String[] args) throws IOException {
        MappedByteBuffer notes;
        try (FileChannel file = FileChannel.open(
                Path.of(args[0]), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            notes = file.map(FileChannel.MapMode.READ_WRITE, 0, noteOf(THREADS, 0));
        }
        new LoggingThreads(notes).train(args[1], Long.parseLong(args[2]), args[3], Long.parseLong(args[4]));
    }

    /** Where the note of a value is. */
    public static int noteOf(int thread, int value) {
        return FIRST_NOTE + Integer.BYTES * (thread * MOST_VALUES + value);
    }

    /** The name of a thread's series. */
    public static String seriesOf(int thread) {
        return "thread " + thread + "/loss";
    }

    @SuppressWarnings("UnusedVariable") // the agent reads the name
    @PlutoRun(project = "logging", name = "${arg.name}")
    private void train(String name, long seed, String how, long millis) {
        Run run = Pluto.current();
        Random random = new Random(seed);
        begin(this::tick);
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            int atOnce = random.nextInt(10) == 0 ? 500 : new int[] {1, 5, 50}[random.nextInt(3)];
            long pause = atOnce == 1 ? TICK_NANOS / 5 : atOnce == 5 ? TICK_NANOS : 10 * TICK_NANOS;
            begin(() -> log(run, thread, atOnce, pause));
        }
        long end = System.nanoTime() + millis * 1_000_000;
        while (how.equals("killed") || System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TICK_NANOS);
        }
        if (how.equals("halt")) {
            notes.putInt(END, ticks);
            Runtime.getRuntime().halt(0);
        }
        fillTheHeap();
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void tick() {
        for (int tick = ticks; ; tick++) {
            ticks = tick;
            notes.putInt(TICKS, tick);
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    /** Two threads leave the steps to the agent, and two give them. Makes no object. */
    private void log(Run run, int thread, int atOnce, long pause) {
        String series = seriesOf(thread);
        for (int value = 0; value < MOST_VALUES; value++) {
            if (thread % 2 == 0) {
                run.log(series, value);
            } else {
                run.log(series, value, value);
            }
            notes.putInt(noteOf(thread, value), ticks);
            if (value % atOnce == 0) {
                LockSupport.parkNanos(pause);
            }
        }
    }

    private void fillTheHeap() {
        try {
            for (int size = 1 << 20; ; size = Math.max(1 << 10, size / 2)) {
                fill(size);
            }
        } finally {
            notes.putInt(END, ticks);
        }
    }

    private void fill(int size) {
        try {
            while (true) {
                hoard.add(new byte[size]);
            }
        } catch (OutOfMemoryError e) {
            if (size == 1 << 10) {
                throw e;
            }
        }
    }
}

package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Two threads that make one tracked call after the other, long ones and short ones, some of which throw, until somebody kills the JVM.
 * What happens goes to a file of the program's own, one write a line, and so survives the JVM's death: {@code called} ahead of a call,
 * {@code entered} as its first statement, {@code leaving} as its last, {@code returned} or {@code threw} behind it.
 */
public final class Doomed {

    private static final int THREADS = 2;
    private static final int MOST_CALLS = 8;
    private static final long FOR_EVER = TimeUnit.MINUTES.toNanos(10);

    private final FileOutputStream log;

    private Doomed(FileOutputStream log) {
        this.log = log;
    }

    /** Takes the log's path, what every external id begins with, and a seed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Doomed doomed = new Doomed(new FileOutputStream(args[0], true));
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            String stem = args[1] + "-" + i + "-";
            Random random = new Random(Long.parseLong(args[2]) * THREADS + i);
            threads[i] = new Thread(() -> doomed.calls(stem, random));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void calls(String stem, Random random) {
        int calls = 1 + random.nextInt(MOST_CALLS);
        for (int call = 0; call < calls; call++) {
            long micros = random.nextInt(3) > 0 ? random.nextInt(20_000) : 50_000 + random.nextInt(400_000);
            call(stem + call, TimeUnit.MICROSECONDS.toNanos(micros), random.nextInt(3) == 0);
        }
        call(stem + calls, FOR_EVER, false);
    }

    private void call(String id, long nanos, boolean throwing) {
        write("called", id);
        try {
            train(id, nanos, throwing);
            write("returned", id);
        } catch (IllegalStateException e) {
            write("threw", id);
        }
    }

    @PlutoRun(project = "doomed", externalId = "${arg.id}")
    private void train(String id, long nanos, boolean throwing) {
        write("entered", id);
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        write("leaving", id);
        if (throwing) {
            throw new IllegalStateException("as intended");
        }
    }

    private void write(String what, String id) {
        try {
            log.write((what + " " + id + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

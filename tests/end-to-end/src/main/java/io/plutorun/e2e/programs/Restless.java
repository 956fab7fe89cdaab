package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Three threads that make one tracked call after the other, until all is done, or the program ends itself amid the calls, or somebody
 * ends it while each thread is in a call that lasts. What happens goes to a file of the program's own, one write a line, and so survives
 * the JVM's death: {@code called} ahead of a call, {@code entered} as its first statement, {@code returning} or {@code throwing} as its
 * last, {@code left} behind it; {@code exits} and {@code halts}, with the code, ahead of that.
 */
public final class Restless {

    private static final int THREADS = 3;
    private static final int MOST_CALLS = 5;
    private static final long FOR_EVER = TimeUnit.MINUTES.toNanos(10);

    private final FileOutputStream log;
    private final CountDownLatch inTheLastCall = new CountDownLatch(THREADS);

    private Restless(FileOutputStream log) {
        this.log = log;
    }

    /** Takes the log's path, what every id begins with, a seed, and how it ends: {@code returns}, {@code exit}, {@code halt}, {@code stays}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Restless restless = new Restless(new FileOutputStream(args[0], true));
        Random random = new Random(Long.parseLong(args[2]));
        boolean stays = args[3].equals("stays");
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            String stem = args[1] + "-" + i + "-";
            Random own = new Random(random.nextLong());
            threads[i] = new Thread(() -> restless.calls(stem, own, stays));
            threads[i].start();
        }
        if (stays) {
            restless.inTheLastCall.await();
            restless.write("stays", args[1]);
        } else if (!args[3].equals("returns")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(2_500)));
            int code = random.nextInt(3);
            boolean exits = args[3].equals("exit");
            restless.write(exits ? "exits" : "halts", String.valueOf(code));
            if (exits) {
                System.exit(code);
            }
            Runtime.getRuntime().halt(code);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void calls(String stem, Random random, boolean stays) {
        int calls = 1 + random.nextInt(MOST_CALLS);
        for (int call = 0; call < calls; call++) {
            long millis = random.nextInt(2) == 0 ? random.nextInt(50) : 200 + random.nextInt(2_000);
            call(stem + call, TimeUnit.MILLISECONDS.toNanos(millis), random.nextInt(3) == 0, false);
        }
        if (stays) {
            call(stem + calls, FOR_EVER, false, true);
        }
    }

    private void call(String id, long nanos, boolean throwing, boolean last) {
        write("called", id);
        try {
            train(id, nanos, throwing, last);
        } catch (IllegalStateException e) {
            // as intended
        }
        write("left", id);
    }

    @PlutoRun(project = "soak", name = "${arg.id}")
    private void train(String id, long nanos, boolean throwing, boolean last) {
        write("entered", id);
        if (last) {
            inTheLastCall.countDown();
        }
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !Thread.interrupted(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        write(throwing ? "throwing" : "returning", id);
        if (throwing) {
            throw new IllegalStateException("as intended");
        }
    }

    private void write(String what, String about) {
        try {
            log.write((what + " " + about + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

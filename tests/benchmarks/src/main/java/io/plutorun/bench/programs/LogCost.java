package io.plutorun.bench.programs;

import com.sun.management.ThreadMXBean;
import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Logs values and reads {@link System#nanoTime()} in turns, and tells: how many times as long a value takes (the median over the turns), how
 * many ns both take, and how many bytes of the heap a value takes.
 *
 * <p>A turn logs 6.4 MB. After it the program pauses for as long as a slow disk takes for that, as a training pauses to compute.
 */
public final class LogCost {

    private static final int PER_TURN = 200_000;

    private static final int WARMUP = 15;

    private static final int TURNS = 31;

    private static final long PAUSE_NANOS = 60_000_000;

    @SuppressWarnings("UnusedVariable") // so that no compiler leaves the reading out
    private static volatile long sink;

    private final int threads;
    private final Loop logging;

    private LogCost(int threads, Loop logging) {
        this.threads = threads;
        this.logging = logging;
    }

    /** Takes the number of threads, and what is called: a method of {@code run}, of {@code pluto}, or one whose {@code result} is logged. */
    public static void main(String[] args) throws InterruptedException {
        train(Integer.parseInt(args[0]), args[1]);
    }

    @PlutoRun(project = "bench")
    static void train(int threads, String whose) throws InterruptedException {
        Run run = Pluto.current();
        Loop logging = switch (whose) {
            case "run" -> times -> log(run, times);
            case "pluto" -> LogCost::log;
            default -> LogCost::step;
        };
        new LogCost(threads, logging).measure();
    }

    private void measure() throws InterruptedException {
        double[] ratios = new double[TURNS];
        double[] logs = new double[TURNS];
        double[] clocks = new double[TURNS];
        for (int turn = -WARMUP; turn < TURNS; turn++) {
            double clock = turn % 2 == 0 ? nanosEach(LogCost::readClock) : 0;
            double log = nanosEach(logging);
            clock = turn % 2 == 0 ? clock : nanosEach(LogCost::readClock);
            LockSupport.parkNanos(PAUSE_NANOS);
            if (turn >= 0) {
                ratios[turn] = log / clock;
                logs[turn] = log;
                clocks[turn] = clock;
            }
        }
        System.out.println(
                median(ratios) + " " + median(logs) + " " + median(clocks) + " " + (double) bytes() / PER_TURN);
    }

    /** What one turn of one thread allocates. */
    private long bytes() {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = memory.getThreadAllocatedBytes(self);
        long read = memory.getThreadAllocatedBytes(self);
        logging.run(PER_TURN);
        return memory.getThreadAllocatedBytes(self) - read - (read - before);
    }

    private interface Loop {
        void run(int times);
    }

    private static void readClock(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum += System.nanoTime();
        }
        sink = sum;
    }

    private static void log(Run run, int times) {
        for (int i = 0; i < times; i++) {
            run.log("loss", i);
        }
    }

    private static void log(int times) {
        for (int i = 0; i < times; i++) {
            Pluto.log("loss", i);
        }
    }

    private static void step(int times) {
        double sum = 0;
        for (int i = 0; i < times; i++) {
            sum += loss(i);
        }
        sink = (long) sum;
    }

    /** Its result is logged, where {@code PLUTO_METRIC_METHODS} says so. */
    static double loss(int i) {
        return i;
    }

    /** The time of a core for each: with more threads than cores, they take turns. */
    private double nanosEach(Loop loop) throws InterruptedException {
        int times = PER_TURN / threads;
        if (threads == 1) {
            long start = System.nanoTime();
            loop.run(times);
            return (double) (System.nanoTime() - start) / times;
        }
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                        ready.countDown();
                        awaitQuietly(go);
                        loop.run(times);
                        done.countDown();
                    })
                    .start();
        }
        ready.await();
        long start = System.nanoTime();
        go.countDown();
        done.await();
        int cores = Math.min(threads, Runtime.getRuntime().availableProcessors());
        return (double) (System.nanoTime() - start) * cores / ((double) times * threads);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

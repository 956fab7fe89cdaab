package io.plutorun.bench.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Four threads log at a steady rate, or as fast as they can. Tells when the last value was logged (milliseconds since 1970), how many
 * seconds that took, and how much memory the process took at most (kilobytes).
 */
public final class LogSteadily {

    /** The names of the series begin so. */
    public static final String NAME = "series-";

    public static final int THREADS = 4;

    private static final long SLICE_NANOS = 5_000_000;

    private LogSteadily() {}

    /** Takes the number of values of all threads, and how many of them a second; 0 is as fast as it can. */
    public static void main(String[] args) throws InterruptedException, IOException {
        train(Integer.parseInt(args[0]) / THREADS, Integer.parseInt(args[1]) / THREADS);
        PeakMemory.main(args);
    }

    @PlutoRun(project = "bench")
    static void train(int valuesOfThread, int rateOfThread) throws InterruptedException {
        Run run = Pluto.current();
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < THREADS; i++) {
            String name = NAME + i;
            Thread thread = new Thread(() -> log(run, name, valuesOfThread, rateOfThread));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(System.currentTimeMillis());
        System.out.println((System.nanoTime() - start) / 1e9);
    }

    private static void log(Run run, String name, int values, int rate) {
        long start = System.nanoTime();
        int logged = 0;
        while (logged < values) {
            long due = rate == 0 ? values : (long) ((System.nanoTime() - start) / 1e9 * rate);
            for (; logged < Math.min(values, due); logged++) {
                run.log(name, logged);
            }
            if (logged < values) {
                LockSupport.parkNanos(SLICE_NANOS);
            }
        }
    }
}

package io.plutorun.bench.programs;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/**
 * Logs values and reads {@link System#nanoTime()} in turns, and tells: how many times as long a value takes (the median over the turns), how
 * many ns both take, how many bytes of the heap a value takes, and which part of the values was counted as lost.
 *
 * <p>The engine's classes are not on the class path of a program, so they are called through method handles.
 */
public final class LogCost {

    private static final int PER_TURN = 200_000;

    private static final int WARMUP = 15;

    private static final int TURNS = 31;

    private static final Class<?> METRICS = metricsClass();

    private static final Object RUN = open();

    private static final MethodHandle LOG = log();

    @SuppressWarnings("UnusedVariable") // so that no compiler leaves the reading out
    private static volatile long sink;

    private LogCost() {}

    public static void main(String[] args) throws Throwable {
        int threads = Integer.parseInt(System.getProperty("bench.threads"));
        double[] ratios = new double[TURNS];
        double[] logs = new double[TURNS];
        double[] clocks = new double[TURNS];
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (int turn = -WARMUP; turn < TURNS; turn++) {
            double clock = turn % 2 == 0 ? nanosEach(threads, LogCost::readClock) : 0;
            double log = nanosEach(threads, LogCost::logValues);
            clock = turn % 2 == 0 ? clock : nanosEach(threads, LogCost::readClock);
            METRICS.getMethod("flush", Duration.class).invoke(RUN, Duration.ofSeconds(30));
            if (turn >= 0) {
                ratios[turn] = log / clock;
                logs[turn] = log;
                clocks[turn] = clock;
            }
        }
        if (threads == 1) {
            long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
            long read = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
            logValues(PER_TURN);
            bytes = memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - read - (read - before);
        }
        System.out.println(median(ratios) + " " + median(logs) + " " + median(clocks) + " " + (double) bytes / PER_TURN
                + " " + (double) lost() / ((double) PER_TURN * (WARMUP + TURNS)));
        METRICS.getMethod("close").invoke(RUN);
        METRICS.getMethod("awaitDone", Duration.class).invoke(RUN, Duration.ofSeconds(30));
        removeFolder();
    }

    private interface Loop {
        void run(int times) throws Throwable;
    }

    private static void readClock(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum += System.nanoTime();
        }
        sink = sum;
    }

    private static void logValues(int times) throws Throwable {
        for (int i = 0; i < times; i++) {
            LOG.invokeExact("loss", (double) i);
        }
    }

    /** The time of a core for each: with more threads than cores, they take turns. */
    private static double nanosEach(int threads, Loop loop) throws Throwable {
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
                        try {
                            ready.countDown();
                            go.await();
                            loop.run(times);
                            done.countDown();
                        } catch (Throwable e) {
                            throw new IllegalStateException(e); // main waits for ever, which is seen
                        }
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

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long lost() throws ReflectiveOperationException {
        Object losses = METRICS.getMethod("losses").invoke(RUN);
        long lost = 0;
        for (Object count :
                ((java.util.Map<?, ?>) losses.getClass().getMethod("all").invoke(losses)).values()) {
            lost += (Long) count;
        }
        return lost;
    }

    private static Class<?> metricsClass() {
        try {
            URL classes = new File(System.getProperty("bench.engine")).toURI().toURL();
            return Class.forName(
                    "io.plutorun.agent.metrics.RunMetrics", true, new URLClassLoader(new URL[] {classes}, null));
        } catch (ReflectiveOperationException | java.net.MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object open() {
        try {
            ClassLoader engine = METRICS.getClassLoader();
            Class<?> options = Class.forName("io.plutorun.agent.metrics.MetricsOptions", true, engine);
            Class<?> threads = Class.forName("io.plutorun.agent.metrics.MetricsThread", true, engine);
            ThreadFactory daemons = task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            };
            Method open = METRICS.getMethod("open", options, threads);
            return open.invoke(
                    null,
                    options.getMethod("of", Path.class, String.class).invoke(null, Path.of("metrics"), "key"),
                    threads.getConstructor(ThreadFactory.class).newInstance(daemons));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle log() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(METRICS, "log", MethodType.methodType(void.class, String.class, double.class))
                    .bindTo(RUN);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void removeFolder() throws java.io.IOException {
        try (Stream<Path> files = Files.walk(Path.of("metrics"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

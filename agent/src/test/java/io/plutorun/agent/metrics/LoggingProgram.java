package io.plutorun.agent.metrics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that logs until it is killed: four threads, each under a name of its own with its own steps. A line on its output says that
 * what stands in it is logged, and, where memory is not mapped, written.
 */
public final class LoggingProgram {

    private LoggingProgram() {}

    public static void main(String[] args) throws Exception {
        boolean mapped = Boolean.parseBoolean(args[1]);
        MetricsOptions options = MetricsOptions.of(Path.of(args[0]), "key");
        RunMetrics metrics =
                RunMetrics.open(mapped ? options : options.unmapped(), TestThreads.metricsThread(), notice -> {});
        for (int t = 0; t < 4; t++) {
            String name = "t" + t;
            new Thread(() -> log(metrics, name, mapped)).start();
        }
    }

    private static void log(RunMetrics metrics, String name, boolean mapped) {
        try {
            for (int i = 0; ; i++) {
                metrics.log(name, i);
                LockSupport.parkNanos(1); // a training, not a race
                if (i % 50 == 0 && (mapped ? metrics.waiting() == 0 : metrics.flush(Duration.ofSeconds(30)))) {
                    System.out.println(name + " " + i + " " + metrics.losses().all());
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.plutorun.agent.metrics;

/** A thread of the metrics for tests. */
final class TestThreads {

    private TestThreads() {}

    static MetricsThread metricsThread() {
        return new MetricsThread(task -> {
            Thread thread = new Thread(task, "test-metrics");
            thread.setDaemon(true);
            return thread;
        });
    }
}

package io.plutorun.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrentLoggingTest {

    private static final int THREADS = 8;

    private static final int EACH = 50_000;

    private final Path home;

    ConcurrentLoggingTest(@TempDir Path home) {
        this.home = home;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eight_threads_lose_nothing_while_a_reader_follows(boolean mapped) throws Exception {
        MetricsOptions options = MetricsOptions.of(home.resolve("run"), "key");
        RunMetrics metrics =
                RunMetrics.open(mapped ? options : options.unmapped(), TestThreads.metricsThread(), notice -> {});
        Logged logged = new Logged();
        CountDownLatch running = new CountDownLatch(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            String own = "own" + t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < EACH; i++) {
                    metrics.log("shared", i);
                    metrics.log(own, i, i);
                }
                running.countDown();
            }));
        }
        threads.forEach(Thread::start);
        try (MetricReader reader = metrics.reader()) {
            while (!reader.isAtEnd()) {
                if (running.getCount() == 0) {
                    metrics.close();
                }
                MetricBatch batch = reader.next();
                if (batch != null) {
                    logged.add(batch);
                    reader.sent(batch);
                }
            }
            assertThat(reader.torn()).isZero();
            assertThat(reader.damagedFiles()).isZero();
        }
        assertThat(logged.doubled).isEmpty();
        assertThat(metrics.losses().all()).isEmpty();
        assertThat(logged.count()).isEqualTo(2L * THREADS * EACH);
        for (int t = 0; t < THREADS; t++) {
            logged.of("own" + t).forEach((step, value) -> assertThat(value).isEqualTo(step.doubleValue()));
        }
        assertThat(logged.of("shared").keySet()).allMatch(step -> step < (long) THREADS * EACH);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void threads_that_do_nothing_but_log_wait_for_the_disk_and_lose_nothing(boolean mapped) throws Exception {
        int each = 500_000;
        MetricsOptions options = MetricsOptions.of(home.resolve("run"), "key");
        RunMetrics metrics =
                RunMetrics.open(mapped ? options : options.unmapped(), TestThreads.metricsThread(), notice -> {});
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String name = "t" + t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    metrics.log(name, i);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        metrics.close();
        assertThat(metrics.awaitDone(Duration.ofSeconds(60))).isTrue();

        long values = 0;
        try (MetricReader reader = metrics.reader()) {
            for (MetricBatch batch = reader.next(); batch != null; batch = reader.next()) {
                values += batch.values();
            }
        }
        assertThat(metrics.losses().all()).isEmpty();
        assertThat(values).isEqualTo(4L * each);
    }
}

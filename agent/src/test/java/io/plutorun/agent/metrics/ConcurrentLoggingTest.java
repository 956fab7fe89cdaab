package io.plutorun.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    void eight_threads_lose_nothing_but_what_is_counted_while_a_reader_follows(boolean mapped) throws Exception {
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
        long lost = metrics.losses().all().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(logged.count() + lost).isEqualTo(2L * THREADS * EACH);
        for (int t = 0; t < THREADS; t++) {
            logged.of("own" + t).forEach((step, value) -> assertThat(value).isEqualTo(step.doubleValue()));
        }
        assertThat(logged.of("shared").keySet()).allMatch(step -> step < (long) THREADS * EACH);
    }
}

package io.plutorun.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.settings.LogLevel;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When the system is looked at, and what happens when a look fails. */
class SystemSamplerTest {

    private static final Duration SHORT = Duration.ofMillis(20);

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Source counting = new Source() {

        @Override
        public void look(Sample sample) {
            sample.put("looks", looks.incrementAndGet());
        }

        @Override
        public void close() {
            closed.countDown();
        }
    };

    private static Console console() {
        return Console.over(new ByteArrayOutputStream(), new Redactor(Map.of()), LogLevel.INFO);
    }

    private SystemSampler sampler(Duration interval) {
        return new SystemSampler(
                () -> List.of(
                        () -> {
                            throw new NoClassDefFoundError("java/lang/management/ManagementFactory");
                        },
                        () -> {
                            made.incrementAndGet();
                            return counting;
                        },
                        () -> sample -> {
                            throw new IllegalStateException("a bean that is closed");
                        }),
                interval,
                console());
    }

    private static Map<String, Double> next(BlockingQueue<Map<String, Double>> found) throws InterruptedException {
        Map<String, Double> values = found.poll(30, TimeUnit.SECONDS);
        assertThat(values).isNotNull();
        return values;
    }

    @Test
    void all_open_runs_share_the_looks_and_the_last_one_s_end_closes_the_sources() throws InterruptedException {
        SystemSampler sampler = sampler(SHORT);
        BlockingQueue<Map<String, Double>> first = new LinkedBlockingQueue<>();
        BlockingQueue<Map<String, Double>> second = new LinkedBlockingQueue<>();
        SystemSampler.Run one = first::add;
        SystemSampler.Run other = second::add;
        sampler.add(one);
        assertThat(next(first)).containsOnlyKeys("looks");
        sampler.add(other);
        Map<String, Double> shared = next(second);
        while (!next(first).equals(shared)) {
            // an earlier one
        }
        sampler.remove(one);
        sampler.remove(other);
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(made).hasValue(1);
    }

    @Test
    void a_run_that_is_over_before_the_first_look_has_nothing_loaded() throws InterruptedException {
        SystemSampler sampler = sampler(Duration.ofMinutes(10));
        SystemSampler.Run run = values -> {};
        sampler.add(run);
        sampler.remove(run);
        assertThat(closed.await(SHORT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        assertThat(made).hasValue(0);
        assertThat(looks).hasValue(0);
    }

    @Test
    void P9_a_source_for_which_there_was_no_memory_is_opened_and_looked_at_later_and_no_rate_is_of_two_intervals()
            throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        Source shortOfMemory = sample -> {
            if (attempts.incrementAndGet() == 4) {
                throw new OutOfMemoryError("in a test");
            }
            sample.put("attempt", attempts.get());
            sample.put("seconds", sample.seconds());
        };
        SystemSampler sampler = new SystemSampler(
                () -> List.of(
                        () -> {
                            if (attempts.incrementAndGet() == 1) {
                                throw new OutOfMemoryError("in a test");
                            }
                            return shortOfMemory;
                        },
                        () -> {
                            made.incrementAndGet();
                            return counting;
                        }),
                SHORT,
                console());
        BlockingQueue<Map<String, Double>> found = new LinkedBlockingQueue<>();
        sampler.add(found::add);

        Map<String, Double> first = next(found);
        assertThat(first).containsEntry("attempt", 3.0).containsEntry("seconds", 0.0);
        assertThat(first).containsEntry("looks", 1.0);
        Map<String, Double> second = next(found);
        assertThat(second)
                .as("behind the look for which there was no memory")
                .containsEntry("attempt", 5.0)
                .containsEntry("seconds", 0.0);
        assertThat(next(found).get("seconds")).isPositive();
        assertThat(made).hasValue(1);
    }

    @Test
    void a_run_that_fails_keeps_nobody_else_from_what_is_found() throws InterruptedException {
        SystemSampler sampler = sampler(SHORT);
        BlockingQueue<Map<String, Double>> found = new LinkedBlockingQueue<>();
        sampler.add(values -> {
            throw new OutOfMemoryError("in a test");
        });
        sampler.add(found::add);
        next(found);
        assertThat(next(found).get("looks")).isGreaterThan(1);
    }
}

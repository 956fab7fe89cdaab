package io.plutorun.agent.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.json.JsonObjects;
import io.plutorun.agent.metrics.RunValues;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    private static final Map<String, @Nullable Object> GIT = Map.of("git", Map.of("commit", "a"));
    private static final Map<String, @Nullable Object> GPU = Map.of("gpu", Map.of("count", 1));
    private static final Map<String, @Nullable Object> FINGERPRINT = Map.of("fingerprint", Map.of("all", "b"));

    /** A run that keeps what it is given. */
    private static final class Run implements CurrentRun {

        private volatile Map<String, @Nullable Object> config = Map.of();
        private final List<String> tags = new CopyOnWriteArrayList<>();

        @Override
        public RunValues values() {
            return RunValues.NONE;
        }

        @Override
        public synchronized void addConfig(Map<String, @Nullable Object> added) {
            config = JsonObjects.merge(config, added);
            notifyAll();
        }

        private synchronized void awaitConfig(Map<String, @Nullable Object> expected) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            for (long left = 1; left > 0 && !config.equals(expected); left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
            }
            assertThat(config).isEqualTo(expected);
        }

        @Override
        public void addTags(List<String> added) {
            tags.addAll(added);
        }

        @Override
        public @Nullable CancellationException cancellation() {
            return null;
        }

        @Override
        public <T> T state(Class<T> type, Supplier<T> fresh) {
            return fresh.get();
        }
    }

    private static Environment of(List<List<Collector>> groups, Collector... later) {
        return new Environment(groups, List.of(later), Thread::new);
    }

    @Test
    void a_create_carries_what_is_ready_and_the_fingerprint_is_config() throws InterruptedException {
        Environment environment = of(List.of(List.of(() -> GIT), List.of(() -> GPU)), () -> FINGERPRINT);
        Run run = new Run();

        Map<String, @Nullable Object> atCreate = environment.atCreate();
        environment.started(run, atCreate, false);

        assertThat(atCreate).isEqualTo(JsonObjects.merge(GIT, GPU));
        run.awaitConfig(Map.of("environment", FINGERPRINT));
    }

    @Test
    void what_comes_after_the_create_goes_to_the_config_of_the_runs_that_are_open() throws InterruptedException {
        CountDownLatch slow = new CountDownLatch(1);
        Environment environment = of(List.of(List.of(() -> GIT), List.of(() -> {
            slow.await();
            return GPU;
        })));
        Run open = new Run();
        Run ended = new Run();

        Map<String, @Nullable Object> atCreate = environment.atCreate(); // which does not wait for it for ever
        environment.started(open, atCreate, false);
        environment.started(ended, atCreate, false);
        environment.ending(ended);
        slow.countDown();

        assertThat(atCreate).isEqualTo(GIT);
        open.awaitConfig(Map.of("environment", GPU));
        assertThat(ended.config).isEmpty();
    }

    @Test
    void a_run_that_existed_before_gets_all_of_it_as_config() throws InterruptedException {
        Environment environment = of(List.of(List.of(() -> GIT, () -> GPU)));
        Run run = new Run();

        environment.started(run, environment.atCreate(), true);

        run.awaitConfig(Map.of("environment", JsonObjects.merge(GIT, GPU)));
    }

    @Test
    void a_collector_that_fails_keeps_nothing_from_the_others() {
        Environment environment = of(List.of(List.of(
                () -> {
                    throw new IllegalStateException("broken");
                },
                () -> {
                    throw new NoClassDefFoundError("java/lang/management");
                },
                () -> GIT)));

        assertThat(environment.atCreate()).isEqualTo(GIT);
    }

    @Test
    void a_konduktor_job_is_a_tag_as_well() {
        Environment environment = of(List.of(List.of(() -> Map.of("konduktor", Map.of("job_name", "train")))));
        Run run = new Run();

        environment.started(run, environment.atCreate(), false);

        assertThat(run.tags).containsExactly("konduktor");
    }
}

package io.plutorun.agent.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.json.JsonObjects;
import io.plutorun.agent.metrics.RunValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
        public void setNotes(String notes) {}

        @Override
        public boolean beginConsole() {
            return false;
        }

        @Override
        public void addFile(@Nullable String name, Path path) {}

        @Override
        public @Nullable RunAddress address() {
            return null;
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

    /** Well below the time after which what takes long is asked in any case. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Redactor REDACTOR = new Redactor(Map.of());

    private static Environment of(Collectors collectors) {
        return new Environment(Map::of, REDACTOR, () -> collectors, List.of(), Duration.ZERO, Thread::new);
    }

    private static Collectors ofSystem(Collector... collectors) {
        return new Collectors(List.of(collectors), List.of(), Map::of, List::of);
    }

    private static Environment afterStart(ThreadFactory threads, Collector collector) {
        return new Environment(
                Map::of,
                REDACTOR,
                () -> new Collectors(List.of(), List.of(), Map::of, List::of),
                List.of(collector),
                Duration.ZERO,
                threads);
    }

    @Test
    void what_takes_too_long_for_a_start_is_asked_for_after_the_first_one_and_is_config_of_that_run() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Environment environment = afterStart(Thread::new, () -> {
            assertThat(started.getCount()).isZero();
            return GPU;
        });
        Run first = new Run();
        assertThat(environment.ofSystem()).isEmpty();
        started.countDown();
        environment.started(first, Map.of(), Map.of(), false);
        first.awaitConfig(Map.of("environment", GPU));

        Run second = new Run();
        assertThat(environment.ofSystem()).isEqualTo(GPU);
        environment.started(second, GPU, Map.of(), false);
        assertThat(second.config).isEmpty();
    }

    @Test
    void what_runs_have_in_common_is_one_object_until_something_comes_to_it() throws Exception {
        Map<String, @Nullable Object> machine = Map.of("cpu", Map.of("count", 2));
        CountDownLatch mayEnd = new CountDownLatch(1);
        Collectors collectors = new Collectors(
                List.of(() -> GIT),
                List.of(List.of(() -> {
                    mayEnd.await();
                    return GPU;
                })),
                Map::of,
                List::of);
        Environment environment =
                new Environment(() -> machine, REDACTOR, () -> collectors, List.of(), Duration.ZERO, Thread::new);
        Map<String, @Nullable Object> first = environment.ofSystem(); // which waits for the second in vain
        assertThat(first).isEqualTo(JsonObjects.merge(machine, GIT));
        assertThat(environment.ofSystem()).isSameAs(first);

        Run run = new Run();
        environment.started(run, first, Map.of(), false);
        mayEnd.countDown();
        run.awaitConfig(Map.of("environment", GPU));

        assertThat(environment.ofSystem()).isEqualTo(JsonObjects.merge(first, GPU));
    }

    @Test
    void a_run_that_starts_just_when_none_was_found_open_has_it_asked_for_anew() throws Exception {
        List<Runnable> afterStart = new CopyOnWriteArrayList<>();
        Environment environment = afterStart(
                work -> {
                    afterStart.add(work);
                    return new Thread(() -> {});
                },
                () -> GPU);
        Run over = new Run();
        Run next = new Run();
        environment.started(over, Map.of(), Map.of(), false);
        environment.ending(over);

        assertThat(environment.isRunOpenAfterDelay()).isFalse(); // what the first thread does
        environment.started(next, Map.of(), Map.of(), false);

        assertThat(afterStart).hasSize(2);
        afterStart.get(1).run();
        next.awaitConfig(Map.of("environment", GPU));
    }

    @Test
    void a_create_carries_what_is_ready_and_the_fingerprint_is_config() {
        Environment environment =
                of(new Collectors(List.of(() -> GIT), List.of(List.of(() -> GPU)), () -> FINGERPRINT, List::of));
        Run run = new Run();

        Map<String, @Nullable Object> ofSystem = environment.ofSystem();
        Map<String, @Nullable Object> ofConfig = environment.ofConfig();
        environment.started(run, ofSystem, ofConfig, false);

        assertThat(ofSystem).isEqualTo(JsonObjects.merge(GIT, GPU));
        assertThat(ofConfig).isEqualTo(Map.of("environment", FINGERPRINT));
        assertThat(run.config).isEmpty();
    }

    @Test
    void what_takes_long_is_not_asked_before_the_first_start_and_is_when_it_is_over() throws Exception {
        AtomicBoolean isAsked = new AtomicBoolean();
        Environment environment = of(new Collectors(
                List.of(() -> GIT),
                List.of(),
                Map::of,
                () -> List.of(() -> {
                    isAsked.set(true);
                    return GPU;
                })));
        Run run = new Run();

        Map<String, @Nullable Object> ofSystem = environment.ofSystem();
        assertThat(ofSystem).isEqualTo(GIT);
        assertThat(isAsked).isFalse();

        long begin = System.nanoTime();
        environment.started(run, ofSystem, Map.of(), false);
        run.awaitConfig(Map.of("environment", GPU));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    }

    @Test
    void what_takes_long_is_asked_when_a_second_run_starts_beside_the_first() throws Exception {
        Environment environment = of(new Collectors(List.of(() -> GIT), List.of(), Map::of, () -> List.of(() -> GPU)));
        assertThat(environment.ofSystem()).isEqualTo(GIT);

        Map<String, @Nullable Object> ofOther = environment.ofSystem();
        long end = System.nanoTime() + SOON.toNanos();
        while (!ofOther.containsKey("gpu") && System.nanoTime() < end) {
            ofOther = environment.ofSystem();
        }

        assertThat(ofOther).isEqualTo(JsonObjects.merge(GIT, GPU));
    }

    @Test
    void a_fingerprint_that_is_late_comes_to_the_config() throws InterruptedException {
        CountDownLatch slow = new CountDownLatch(1);
        Environment environment = of(new Collectors(
                List.of(),
                List.of(),
                () -> {
                    slow.await();
                    return FINGERPRINT;
                },
                List::of));
        Run run = new Run();

        environment.started(run, environment.ofSystem(), environment.ofConfig(), false);
        slow.countDown();

        run.awaitConfig(Map.of("environment", FINGERPRINT));
    }

    @Test
    void what_comes_after_the_create_goes_to_the_config_of_the_runs_that_are_open() throws InterruptedException {
        CountDownLatch slow = new CountDownLatch(1);
        Environment environment = of(ofSystem(() -> GIT, () -> {
            slow.await();
            return GPU;
        }));
        Run open = new Run();
        Run ended = new Run();

        Map<String, @Nullable Object> atCreate = environment.ofSystem(); // which does not wait for it for ever
        environment.started(open, atCreate, Map.of(), false);
        environment.started(ended, atCreate, Map.of(), false);
        environment.ending(ended);
        slow.countDown();

        assertThat(atCreate).isEqualTo(GIT);
        open.awaitConfig(Map.of("environment", GPU));
        assertThat(ended.config).isEmpty();
    }

    @Test
    void a_run_that_existed_before_gets_all_of_it_as_config() throws InterruptedException {
        Environment environment = of(ofSystem(() -> GIT, () -> GPU));
        Run run = new Run();

        environment.started(run, environment.ofSystem(), Map.of(), true);

        run.awaitConfig(Map.of("environment", JsonObjects.merge(GIT, GPU)));
    }

    @Test
    void a_collector_that_fails_keeps_nothing_from_the_others() {
        Environment environment = of(ofSystem(
                () -> {
                    throw new IllegalStateException("broken");
                },
                () -> {
                    throw new NoClassDefFoundError("java/lang/management");
                },
                () -> GIT));

        assertThat(environment.ofSystem()).isEqualTo(GIT);
    }

    @Test
    void runs_that_begin_at_once_all_wait_for_what_is_not_ready() throws Exception {
        CountDownLatch bothWait = new CountDownLatch(1);
        Collectors collectors = ofSystem(() -> {
            bothWait.await();
            return GIT;
        });
        Environment environment = new Environment(
                Map::of, REDACTOR, () -> collectors, List.of(), Duration.ZERO, Thread::new, Duration.ofMinutes(1));
        FutureTask<Map<String, @Nullable Object>> first = new FutureTask<>(environment::ofSystem);
        FutureTask<Map<String, @Nullable Object>> second = new FutureTask<>(environment::ofSystem);
        for (FutureTask<?> create : List.of(first, second)) {
            Thread thread = new Thread(create);
            thread.start();
            while (thread.getState() != Thread.State.TIMED_WAITING && !create.isDone()) {
                Thread.onSpinWait();
            }
        }

        bothWait.countDown();

        assertThat(first.get()).isEqualTo(GIT);
        assertThat(second.get()).isEqualTo(GIT);
    }

    @Test
    void secrets_are_taken_out_before_a_create_asks() {
        Map<String, @Nullable Object> options =
                Map.of("jvm", Map.of("options", List.of("-Ddb.password=hunter2hunter2")));
        Environment environment = of(ofSystem(() -> options));

        assertThat(environment.ofSystem().toString())
                .contains("-Ddb.password=" + Redactor.REDACTED)
                .doesNotContain("hunter2");
    }

    @Test
    void a_konduktor_job_that_is_late_is_a_tag_as_well() {
        Environment environment = of(ofSystem(() -> Map.of("konduktor", Map.of("job_name", "train"))));
        Run run = new Run();

        assertThat(environment.ofSystem()).containsKey("konduktor");
        environment.started(run, Map.of(), Map.of(), false);

        assertThat(run.tags).containsExactly("konduktor");
    }
}

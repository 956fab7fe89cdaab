package io.plutorun.agent.describe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CollectorThreadsTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final List<String> found = new CopyOnWriteArrayList<>();

    private CollectorThreads begun(Collectors collectors) {
        CollectorThreads threads = new CollectorThreads(
                () -> found.add("first"),
                () -> collectors,
                (part, isConfig) -> found.add(part.keySet() + (isConfig ? " of config" : "")),
                NEVER,
                Thread::new);
        threads.begin();
        return threads;
    }

    @Test
    void what_creates_wait_for_is_over_before_what_comes_last_which_is_not_asked_before_it_may_be()
            throws InterruptedException {
        AtomicBoolean mayBeAsked = new AtomicBoolean();
        CollectorThreads threads = begun(new Collectors(
                List.of(() -> Map.of("git", 1)),
                List.of(),
                () -> Map.of("fingerprint", 1),
                () -> List.of(() -> {
                    assertThat(mayBeAsked).isTrue();
                    return Map.of("dirty", 1);
                })));

        assertThat(threads.ofStart().await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(found).containsExactly("first", "[git]", "[fingerprint] of config");
        assertThat(threads.all().getCount()).isOne();

        mayBeAsked.set(true);
        assertThat(threads.askLast()).isEqualTo(threads.askLast());
        assertThat(threads.all().await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(found).containsExactly("first", "[git]", "[fingerprint] of config", "[dirty]");
    }

    @Test
    void what_is_slow_keeps_up_nothing_else_and_creates_wait_for_it() throws InterruptedException {
        CountDownLatch hasAnswered = new CountDownLatch(1);
        CountDownLatch othersAreAsked = new CountDownLatch(1);
        CollectorThreads threads = begun(new Collectors(
                List.of(() -> Map.of("git", 1)),
                List.of(List.of(() -> {
                    hasAnswered.await();
                    return Map.of("gpu", 1);
                })),
                () -> Map.of("fingerprint", 1),
                () -> List.of(() -> {
                    othersAreAsked.countDown();
                    return Map.of();
                })));
        var unused = threads.askLast();

        assertThat(othersAreAsked.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(threads.ofStart().getCount()).isOne();

        hasAnswered.countDown();
        assertThat(threads.all().await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(threads.ofStart().getCount()).isZero();
        assertThat(found).containsExactly("first", "[git]", "[fingerprint] of config", "[gpu]");
    }

    @Test
    void where_no_thread_is_to_be_had_nothing_is_waited_for() {
        CollectorThreads threads = new CollectorThreads(
                () -> {},
                () -> new Collectors(List.of(), List.of(), Map::of, List::of),
                (part, isConfig) -> {},
                NEVER,
                work -> {
                    throw new OutOfMemoryError("unable to create native thread");
                });

        threads.begin();

        assertThat(threads.ofStart().getCount()).isZero();
        assertThat(threads.all().getCount()).isZero();
    }

    @Test
    void one_that_fails_keeps_nothing_from_the_others_whatever_it_throws() throws InterruptedException {
        CollectorThreads threads = new CollectorThreads(
                () -> {
                    throw new IllegalStateException("the machine");
                },
                () -> new Collectors(
                        List.of(
                                () -> {
                                    throw new StackOverflowError();
                                },
                                () -> Map.of("refused", 1),
                                () -> Map.of("git", 1)),
                        List.of(),
                        () -> Map.of("fingerprint", 1),
                        List::of),
                (part, isConfig) -> {
                    if (part.containsKey("refused")) {
                        throw new IllegalStateException("whoever takes it");
                    }
                    found.add(part.keySet().toString());
                },
                NEVER,
                Thread::new);

        threads.begin();

        assertThat(threads.all().await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(found).containsExactly("[git]", "[fingerprint]");
    }
}

package io.plutorun.agent.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Permission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class DeliveryThreadsTest {

    private static final int MAX_THREADS = 16;

    private final DeliveryThreads threads = new DeliveryThreads("test", MAX_THREADS);
    private final Semaphore free = new Semaphore(0);
    private final Semaphore ended = new Semaphore(0);
    private final Semaphore begun = new Semaphore(0);
    private final Set<Thread> used = ConcurrentHashMap.newKeySet();
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void free() {
        free.release(1000);
    }

    private void block() {
        used.add(Thread.currentThread());
        begun.release();
        free.acquireUninterruptibly();
        ended.release();
    }

    private void occupyAll() throws InterruptedException {
        for (int i = 0; i < MAX_THREADS; i++) {
            threads.execute(this::block, Urgency.REST);
        }
        assertThat(begun.tryAcquire(MAX_THREADS, 20, TimeUnit.SECONDS)).isTrue();
    }

    private void queue(String name, Urgency urgency) {
        threads.execute(
                () -> {
                    order.add(name);
                    ended.release();
                },
                urgency);
    }

    /** One thread becomes free and does all that is queued. */
    private void freeOneAndAwait(int tasks) throws InterruptedException {
        free.release();
        assertThat(ended.tryAcquire(tasks + 1, 20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void there_are_as_many_threads_as_there_is_to_deliver_up_to_sixteen() throws InterruptedException {
        threads.execute(this::block, Urgency.START);
        threads.execute(this::block, Urgency.START);
        assertThat(begun.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
        assertThat(used).hasSize(2);
        for (int i = 0; i < 30; i++) {
            threads.execute(this::block, Urgency.START);
        }
        assertThat(begun.tryAcquire(14, 20, TimeUnit.SECONDS)).isTrue();
        free.release(32);
        assertThat(ended.tryAcquire(32, 20, TimeUnit.SECONDS)).isTrue();

        assertThat(used).hasSize(16);
    }

    @Test
    void starts_go_first_then_verdicts_then_the_rest() throws InterruptedException {
        occupyAll();
        queue("rest", Urgency.REST);
        queue("verdict 1", Urgency.VERDICT);
        queue("start 1", Urgency.START);
        queue("verdict 2", Urgency.VERDICT);
        queue("start 2", Urgency.START);
        assertThat(threads.hasMoreUrgentThan(Urgency.VERDICT)).isTrue();
        assertThat(threads.hasMoreUrgentThan(Urgency.START)).isFalse();
        freeOneAndAwait(5);

        assertThat(order).containsExactly("start 1", "start 2", "verdict 1", "verdict 2", "rest");
    }

    @Test
    void P6_at_the_jvm_s_end_verdicts_go_first_and_what_waits_for_its_time_is_done_at_once()
            throws InterruptedException {
        occupyAll();
        queue("start", Urgency.START);
        queue("verdict", Urgency.VERDICT);
        threads.executeAfter(
                Duration.ofDays(1),
                () -> {
                    order.add("in a day");
                    ended.release();
                },
                Urgency.REST);
        threads.beginJvmEnd();
        freeOneAndAwait(3);

        assertThat(order).containsExactly("verdict", "start", "in a day");
    }

    @Test
    void what_waits_for_its_time_is_done_when_it_has_come_and_a_task_that_fails_harms_no_other()
            throws InterruptedException {
        CountDownLatch done = new CountDownLatch(2);
        threads.executeAfter(Duration.ofMillis(50), done::countDown, Urgency.REST);
        threads.execute(
                () -> {
                    throw new IllegalStateException("as intended");
                },
                Urgency.START);
        threads.executeAfter(Duration.ofMillis(20), done::countDown, Urgency.REST);

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Code in Kotlin throws checked exceptions that it does not announce. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void throwUnannounced(Exception e) throws E {
        throw (E) e;
    }

    @Test
    void P6_whatever_a_task_throws_no_thread_is_lost() throws InterruptedException {
        for (int i = 0; i < MAX_THREADS; i++) {
            threads.execute(
                    () -> {
                        used.add(Thread.currentThread());
                        ended.release();
                        DeliveryThreadsTest.<RuntimeException>throwUnannounced(new InterruptedException("as intended"));
                    },
                    Urgency.REST);
            assertThat(ended.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
        occupyAll();

        assertThat(used).hasSize(MAX_THREADS);
    }

    @Test
    void a_thread_that_was_interrupted_in_one_task_is_not_in_the_next() throws InterruptedException {
        threads.execute(() -> Thread.currentThread().interrupt(), Urgency.START);
        threads.execute(
                () -> {
                    order.add("interrupted: " + Thread.currentThread().isInterrupted());
                    ended.release();
                },
                Urgency.REST);
        assertThat(ended.tryAcquire(20, TimeUnit.SECONDS)).isTrue();

        assertThat(order).containsExactly("interrupted: false");
    }

    /** From now on this thread may start no further one. */
    @SuppressWarnings("removal")
    private static void forbidThreads() {
        Thread forbidden = Thread.currentThread();
        System.setSecurityManager(new SecurityManager() {
            @Override
            public void checkPermission(Permission permission) {
                if (Thread.currentThread() == forbidden && permission.getName().startsWith("modifyThread")) {
                    throw new SecurityException("as intended: " + permission);
                }
            }
        });
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    @SuppressWarnings("removal")
    void P6_where_the_program_forbids_more_threads_the_one_that_runs_does_all_that_is_left_at_the_jvm_s_end()
            throws InterruptedException {
        threads.execute(this::block, Urgency.START);
        assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        forbidThreads();
        try {
            queue("verdict", Urgency.VERDICT);
            threads.beginJvmEnd();
        } finally {
            System.setSecurityManager(null);
        }
        freeOneAndAwait(1);

        assertThat(order).containsExactly("verdict");
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    @SuppressWarnings("removal")
    void a_task_for_which_no_thread_can_be_started_is_not_queued() throws InterruptedException {
        forbidThreads();
        try {
            assertThatThrownBy(() -> queue("at once", Urgency.REST)).isInstanceOf(SecurityException.class);
            assertThatThrownBy(() ->
                            threads.executeAfter(Duration.ofMillis(1), () -> order.add("in a while"), Urgency.REST))
                    .isInstanceOf(SecurityException.class);
        } finally {
            System.setSecurityManager(null);
        }
        threads.executeAfter(
                Duration.ofMillis(50),
                () -> {
                    order.add("later");
                    ended.release();
                },
                Urgency.REST);
        assertThat(ended.tryAcquire(20, TimeUnit.SECONDS)).isTrue();

        assertThat(order).containsExactly("later");
    }

    @Test
    void P9_a_task_for_which_there_was_no_memory_is_executed_again() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        threads.execute(
                () -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new OutOfMemoryError();
                    }
                    ended.release();
                },
                Urgency.REST);

        assertThat(ended.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        assertThat(attempts).hasValue(2);
    }
}

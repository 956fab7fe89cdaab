package io.plutorun.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DiskThreadTest {

    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch answers = new CountDownLatch(1);
    private final List<String> done = new CopyOnWriteArrayList<>();

    private void hang() {
        try {
            answers.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        done.add("hung");
    }

    @Test
    void tasks_are_done_in_order_on_another_thread() {
        DiskThread disk = new DiskThread(told::incrementAndGet);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            disk.submit(() -> {
                threads.add(Thread.currentThread());
                order.add(number);
            });
        }
        assertThat(disk.submit(() -> {}).await()).isTrue();

        assertThat(order).isSorted().hasSize(100);
        assertThat(threads).doesNotContain(Thread.currentThread());
        assertThat(told).hasValue(0);
    }

    @Test
    void P3_a_disk_that_hangs_is_waited_for_once_and_then_by_nobody_and_nothing_is_lost() {
        DiskThread disk = new DiskThread(Duration.ofMillis(200), told::incrementAndGet);
        DiskThread.Task hanging = disk.submit(this::hang);
        assertThat(hanging.await()).isFalse();
        long before = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(disk.submit(() -> done.add("later")).await()).isFalse();
        }
        assertThat(System.nanoTime() - before)
                .as("100 waits")
                .isLessThan(Duration.ofSeconds(10).toNanos());
        assertThat(told).hasValue(1);

        answers.countDown();
        while (done.size() < 101) {
            Thread.onSpinWait();
        }
        assertThat(disk.submit(() -> done.add("last")).await()).isTrue();
        assertThat(done).startsWith("hung", "later").endsWith("last").hasSize(102);
    }

    @Test
    void P3_a_thread_that_waits_for_a_core_is_no_disk_that_hangs() {
        assumeTrue(Files.exists(Path.of("/proc/thread-self/stat")), "only Linux tells the two apart");
        Duration maxWait = Duration.ofMillis(200);
        DiskThread disk = new DiskThread(maxWait, told::incrementAndGet);
        DiskThread.Task computing = disk.submit(() -> {
            long end = System.nanoTime() + maxWait.multipliedBy(2).toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        });
        assertThat(computing.await()).isTrue();
        assertThat(told).hasValue(0);
    }

    @Test
    void P1_an_interrupt_does_not_end_the_wait_and_stays_set() {
        DiskThread disk = new DiskThread(told::incrementAndGet);
        Thread.currentThread().interrupt();
        boolean isDone = disk.submit(() -> {}).await();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(isDone).isTrue();
    }
}

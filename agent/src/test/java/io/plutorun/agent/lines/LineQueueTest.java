package io.plutorun.agent.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.capture.CapturedText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineQueueTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ConcurrentLinkedQueue<String> read = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Thread> readers = new ConcurrentLinkedQueue<>();

    private void read(CapturedText text) {
        if (readers.isEmpty() || readers.peek() != Thread.currentThread()) {
            readers.add(Thread.currentThread());
        }
        read.add(text.text());
    }

    private static CapturedText text(String line) {
        return CapturedText.printed(null, line, null);
    }

    @Test
    void what_was_taken_before_is_read_when_the_wait_is_over() throws InterruptedException {
        LineQueue queue = new LineQueue(this::read);
        queue.open();
        List<Thread> programs = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String name = "thread " + thread;
            programs.add(new Thread(() -> {
                for (int i = 0; i < 5_000; i++) {
                    queue.take(text(name + " " + i));
                }
            }));
        }
        for (Thread program : programs) {
            program.start();
        }
        for (Thread program : programs) {
            program.join();
        }
        assertThat(queue.awaitRead(LONG)).isTrue();
        assertThat(read).hasSize(20_000);
        for (int thread = 0; thread < 4; thread++) {
            String name = "thread " + thread + " ";
            assertThat(read.stream().filter(line -> line.startsWith(name)))
                    .as("in the order of its thread")
                    .isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
        }
        assertThat(queue.takeLost()).isZero();
        queue.close();
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Test
    void its_thread_is_a_daemon_that_lives_while_runs_are_open() throws InterruptedException {
        LineQueue queue = new LineQueue(this::read);
        assertThat(queue.isOpen()).isFalse();
        queue.open();
        queue.open();
        queue.take(text("a"));
        assertThat(queue.awaitRead(LONG)).isTrue();
        Thread reader = readers.element();
        assertThat(reader.isDaemon()).isTrue();
        queue.close();
        assertThat(queue.isOpen()).isTrue();
        queue.close();
        assertThat(queue.isOpen()).isFalse();
        reader.join();
        queue.open();
        queue.take(text("b"));
        assertThat(queue.awaitRead(LONG)).isTrue();
        assertThat(read).containsExactly("a", "b");
        queue.close();
    }

    @Test
    void while_too_much_waits_the_rest_is_counted_and_nobody_waits() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        LineQueue queue = new LineQueue(text -> {
            blocked.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            read(text);
        });
        queue.open();
        queue.take(text("first"));
        blocked.await();
        String large = "x".repeat(64 << 10);
        for (int i = 0; i < 300; i++) {
            queue.take(text(large));
        }
        assertThat(queue.awaitRead(Duration.ofMillis(1))).isFalse();
        goOn.countDown();
        assertThat(queue.awaitRead(LONG)).isTrue();
        assertThat(read).hasSize(1 + 256); // 16 MiB
        assertThat(queue.takeLost()).isEqualTo(300 - 256);
        assertThat(queue.takeLost()).isZero();
        queue.close();
    }
}

package io.plutorun.agent.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadDumpTest {

    private final ThreadGroup group = new ThreadGroup("of the program");
    private final List<Thread> threads = new ArrayList<>();
    private boolean isOver;

    @AfterEach
    void endThreads() throws InterruptedException {
        synchronized (group) {
            isOver = true;
            group.notifyAll();
        }
        for (Thread thread : threads) { // those of one test must not be found by the next
            thread.join();
        }
    }

    /** Threads that wait, with so many frames of their own. */
    private void threads(int count, int depth) throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(group, () -> descend(depth, waiting), "worker-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        waiting.await();
    }

    private void descend(int depth, CountDownLatch waiting) {
        if (depth > 0) {
            descend(depth - 1, waiting);
            return;
        }
        waiting.countDown();
        synchronized (group) {
            try {
                while (!isOver) {
                    group.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void a_text_that_has_all_says_nothing_of_what_is_left_out() throws InterruptedException {
        threads(3, 10);

        assertThat(ThreadDump.of(List.of()))
                .startsWith("3 threads\n")
                .contains("worker-0", "worker-2")
                .doesNotContain("…");
    }

    @Test
    void threads_that_are_left_out_are_counted() throws InterruptedException {
        threads(206, 0);

        assertThat(ThreadDump.of(List.of())).startsWith("206 threads\n").endsWith("\n… and 6 more threads\n");
    }

    @Test
    void frames_that_are_left_out_are_counted() throws InterruptedException {
        threads(1, 200);

        assertThat(ThreadDump.of(List.of())).containsPattern("\n {4}… and 1\\d\\d more frames\n");
    }

    @Test
    void a_text_of_128_kib_is_cut_and_says_so() throws InterruptedException {
        threads(60, 100);

        assertThat(ThreadDump.of(List.of()))
                .hasSizeBetween(131_072, 131_072 + 200)
                .containsPattern(
                        "\n… cut off: the text is longer than 131072 characters\n\n… and \\d+ more threads\n$");
    }
}

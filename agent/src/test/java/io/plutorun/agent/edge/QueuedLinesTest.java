package io.plutorun.agent.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.edge.QueuedLines.Opened;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QueuedLinesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** A place that blocks in its first write until it is let go, as a pipe does that nobody reads. */
    private static final class Stuck extends OutputStream {

        private final OutputStream behind;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);

        Stuck(OutputStream behind) {
            this.behind = behind;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            reached.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            behind.write(bytes, offset, length);
        }
    }

    private static QueuedLines over(OutputStream out) {
        return new QueuedLines(() -> new Opened(out, UTF_8), QueuedLines::thread);
    }

    private List<String> lines() {
        return written.toString(UTF_8).lines().toList();
    }

    @Test
    void lines_of_a_thread_stay_in_order() {
        QueuedLines lines = over(written);
        List<String> expected =
                IntStream.range(0, 500).mapToObj(i -> "line " + i).toList();
        expected.forEach(line -> lines.line(line + "\n"));

        assertThat(lines.flush(LONG)).isTrue();
        assertThat(lines()).isEqualTo(expected);
    }

    @Test
    void P2_without_a_line_nothing_is_opened_and_no_thread_is_started() {
        List<String> happened = new ArrayList<>();
        QueuedLines lines = new QueuedLines(
                () -> {
                    happened.add("opened");
                    return new Opened(written, UTF_8);
                },
                task -> {
                    happened.add("thread");
                    return QueuedLines.thread(task);
                });

        assertThat(lines.flush(LONG)).isTrue();
        assertThat(happened).isEmpty();
    }

    @Test
    void P3_a_place_that_blocks_holds_up_no_printing_thread_and_the_lost_lines_are_counted() throws Exception {
        Stuck stuck = new Stuck(written);
        QueuedLines lines = over(stuck);
        lines.line("first\n");
        stuck.reached.await();
        int printed = QueuedLines.MAX_LINES + 25;
        for (int i = 0; i < printed; i++) {
            lines.line(i + "\n");
        }

        assertThat(lines.flush(Duration.ofMillis(1))).as("it is stuck").isFalse();
        stuck.letGo.countDown();
        assertThat(lines.flush(LONG)).isTrue();
        lines.line("last\n");
        assertThat(lines.flush(LONG)).isTrue();
        assertThat(lines()).hasSize(QueuedLines.MAX_LINES + 3);
        assertThat(lines().subList(QueuedLines.MAX_LINES, QueuedLines.MAX_LINES + 3))
                .containsExactly(
                        String.valueOf(QueuedLines.MAX_LINES - 1),
                        "pluto: 25 lines were left out here, which could not be written in time",
                        "last");
    }

    @Test
    void P3_what_waits_is_bounded_in_characters_too() throws Exception {
        Stuck stuck = new Stuck(written);
        QueuedLines lines = over(stuck);
        lines.line("first\n");
        stuck.reached.await();
        String large = "x".repeat(QueuedLines.MAX_CHARACTERS * 3) + "\n";
        for (int i = 0; i < 10; i++) {
            lines.line(large);
        }
        stuck.letGo.countDown();

        assertThat(lines.flush(LONG)).isTrue();
        assertThat(written.size()).as("one of the ten").isBetween(large.length(), 2 * large.length());
        assertThat(lines()).last().isEqualTo("pluto: 9 lines were left out here, which could not be written in time");
    }

    @Test
    void P3_lines_that_can_t_be_written_are_counted_when_writing_works_again() {
        AtomicInteger failures = new AtomicInteger(3);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (failures.getAndDecrement() > 0) {
                    throw new IOException("no space left on device");
                }
                written.write(b);
            }
        };
        QueuedLines lines = over(full);
        for (int i = 0; i < 5; i++) {
            lines.line(i + "\n");
        }

        assertThat(lines.flush(LONG)).isTrue();
        assertThat(lines())
                .containsExactly("pluto: 3 lines were left out here, which could not be written in time", "3", "4");
    }

    @Test
    void P3_where_no_thread_can_be_had_the_line_waits_for_the_next_chance() {
        AtomicInteger failures = new AtomicInteger(1);
        QueuedLines lines = new QueuedLines(() -> new Opened(written, UTF_8), task -> {
            if (failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return QueuedLines.thread(task);
        });
        lines.line("first\n");

        assertThat(lines.flush(LONG)).isTrue();
        assertThat(lines()).containsExactly("first");
    }

    @Test
    void a_flush_of_an_interrupted_thread_waits_all_the_same_and_leaves_it_interrupted() {
        QueuedLines lines = over(written);
        Thread.currentThread().interrupt();
        lines.line("first\n");

        assertThat(lines.flush(LONG)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lines()).containsExactly("first");
    }

    @Test
    void P1_the_writing_thread_is_a_daemon_that_keeps_nothing_of_the_thread_that_printed_first() {
        Thread thread = QueuedLines.thread(() -> {});

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getContextClassLoader()).isNull();
        assertThat(thread.getThreadGroup().getParent()).isNull();
    }
}

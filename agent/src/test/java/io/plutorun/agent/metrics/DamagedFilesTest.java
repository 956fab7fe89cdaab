package io.plutorun.agent.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.metrics.data.DataReader;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Notice;
import io.plutorun.agent.metrics.report.Notice.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do to the files while values are logged, and what a disk refuses. */
class DamagedFilesTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Path home;
    private final Queue<Notice> told = new ConcurrentLinkedQueue<>();

    DamagedFilesTest(@TempDir Path home) {
        this.home = home;
    }

    private RunMetrics open(MetricsOptions options) {
        return RunMetrics.open(options, TestThreads.metricsThread(), told::add);
    }

    private MetricsOptions options() {
        return MetricsOptions.of(home.resolve("run"), "key");
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("run"))) {
            return all.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
        }
    }

    private static void truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        } catch (NoSuchFileException e) {
            // it was one of those that are prepared, or that the agent has just given up
        }
    }

    /** Many short turns, so that the file is gone at another moment of the writing each time. */
    @ParameterizedTest
    @ValueSource(ints = {10, 1000, 30_000, 200_000})
    void a_file_that_somebody_truncates_disturbs_no_thread_and_logging_goes_on(int before) throws Exception {
        RunMetrics metrics = open(options());
        metrics.log("first", 1);
        assertThat(metrics.flush(LONG)).isTrue();
        for (int i = 0; i < before; i++) {
            metrics.log("before", i);
        }
        for (Path segment : segments()) {
            truncate(segment);
        }
        for (int i = 0; i < 1000; i++) {
            metrics.log("after", i);
        }
        System.gc(); // a call into the JVM, where it would throw what it owes
        assertThat(metrics.flush(LONG)).isTrue();
        for (int i = 0; i < 1000; i++) {
            metrics.log("much later", i);
        }

        metrics.close();
        assertThat(metrics.awaitDone(LONG)).isTrue();
        try (MetricReader reader = metrics.reader()) {
            assertThat(Logged.all(reader).of("much later")).hasSize(1000);
            // A file that the program's threads have left before is found damaged when it is read.
            assertThat(metrics.losses().of(Loss.TRUNCATED) + reader.damagedFiles())
                    .isPositive();
        }
    }

    /** A text makes the folder anew before anybody has looked after the values' files; then these go on in the next file. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void P6_of_a_folder_that_is_removed_while_texts_are_logged_every_value_is_there_or_counted(boolean mapped)
            throws Exception {
        int values = 100_000;
        RunMetrics metrics = open(mapped ? options() : options().unmapped());
        metrics.log("loss", 0);
        metrics.text("part", "first");
        assertThat(metrics.flush(LONG)).isTrue();
        try (Stream<Path> files = Files.walk(home.resolve("run"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        metrics.text("part", "second");
        for (int step = 1; step < values; step++) {
            metrics.log("loss", step);
        }
        metrics.close();
        assertThat(metrics.awaitDone(LONG)).isTrue();

        int found = Logged.leftBehind(home.resolve("run")).of("loss").size();
        assertThat(found + Logged.lost(metrics)).isEqualTo(values + 1); // and the first text
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_folder_that_somebody_removes_is_made_anew(boolean mapped) throws Exception {
        RunMetrics metrics = open(mapped ? options() : options().unmapped());
        metrics.log("before", 1);
        assertThat(metrics.flush(LONG)).isTrue();
        for (Path segment : segments()) {
            Files.delete(segment);
        }
        Files.delete(home.resolve("run"));
        int logged = 0;
        while (!Files.exists(home.resolve("run")) || segments().isEmpty()) {
            metrics.log("during", logged++);
            assertThat(metrics.flush(LONG)).isTrue();
        }
        metrics.log("after", 2);

        Logged found = Logged.of(metrics);

        assertThat(found.of("after")).hasSize(1);
        long lost = metrics.losses().of(Loss.REMOVED);
        assertThat(found.count() + lost).isGreaterThanOrEqualTo(logged + 2L); // the entry of a name counts as well
        if (mapped) { // what was in the removed file is still there for those who have it open
            assertThat(found.of("before")).hasSize(1);
            assertThat(lost).isZero();
        }
    }

    @Test
    void where_the_folder_can_not_be_made_values_wait_and_are_counted_when_there_is_no_room() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "no folder");
        RunMetrics metrics = open(MetricsOptions.of(file.resolve("run"), "key"));
        metrics.log("x", 1);
        while (metrics.losses().of(Loss.DISK_REFUSED) == 0) {
            metrics.log("x", 1);
        }
        metrics.close();

        assertThat(metrics.awaitDone(LONG)).isTrue();
        assertThat(told)
                .filteredOn(notice -> notice.kind() == Kind.DISK_REFUSES)
                .isNotEmpty();
        assertThat(metrics.losses().of(Loss.DISK_REFUSED)).isGreaterThan(4096);
    }

    @Test
    void values_that_waited_are_written_once_the_disk_takes_them() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "no folder");
        RunMetrics metrics = open(MetricsOptions.of(file.resolve("run"), "key"));
        metrics.log("x", 1);
        while (told.isEmpty()) {
            Thread.onSpinWait();
        }
        Files.delete(file);
        while (!Files.isDirectory(file.resolve("run"))) {
            Thread.onSpinWait();
        }

        assertThat(Logged.of(metrics).of("x")).hasSize(1);
        assertThat(metrics.losses().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_metrics_thread_that_somebody_interrupts_goes_on(boolean mapped) throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        MetricsThread metricsThread = new MetricsThread(task -> {
            thread.set(new Thread(task, "test-metrics"));
            return requireNonNull(thread.get());
        });
        RunMetrics metrics = RunMetrics.open(mapped ? options() : options().unmapped(), metricsThread, told::add);
        for (int i = 0; i < 1000; i++) {
            metrics.log("x", i);
            metrics.text("t", "x");
            if (i % 10 == 0) {
                requireNonNull(thread.get()).interrupt();
                assertThat(metrics.flush(LONG)).isTrue();
            }
        }

        assertThat(Logged.of(metrics).of("x")).hasSize(1000);
        assertThat(metrics.losses().all()).isEmpty();
        try (DataReader reader = metrics.dataReader()) {
            assertThat(requireNonNull(reader.next()).lines()).isEqualTo(1000);
        }
        requireNonNull(thread.get()).join();
    }

    @Test
    void a_file_that_is_no_segment_is_passed_over() throws Exception {
        RunMetrics metrics = open(options());
        metrics.log("x", 1);
        assertThat(metrics.flush(LONG)).isTrue();
        metrics.close();
        assertThat(metrics.awaitDone(LONG)).isTrue();
        Files.writeString(home.resolve("run").resolve("values-00000000.seg"), "number zero is none");
        Files.writeString(home.resolve("run").resolve("values-99999999.seg"), "x".repeat(400));

        try (MetricReader reader = metrics.reader()) {
            assertThat(Logged.all(reader).of("x")).hasSize(1);
            assertThat(reader.damagedFiles()).isEqualTo(1);
            assertThat(reader.isAtEnd()).isTrue();
        }
    }

    @Test
    void a_torn_entry_is_recognised_and_those_behind_it_are_read() throws Exception {
        RunMetrics metrics = open(options());
        for (int i = 0; i < 100; i++) {
            metrics.log("x", i);
        }
        metrics.close();
        assertThat(metrics.awaitDone(LONG)).isTrue();
        try (FileChannel channel = FileChannel.open(segments().get(0), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(8), 256 + 40 * 32 + 8); // the step of one of them
        }

        try (MetricReader reader = metrics.reader()) {
            assertThat(Logged.all(reader).of("x")).hasSize(99);
            assertThat(reader.torn()).isEqualTo(1);
        }
    }
}

package io.plutorun.agent.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.metrics.data.DataBatch;
import io.plutorun.agent.metrics.data.DataReader;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Notice;
import io.plutorun.agent.metrics.report.Notice.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunMetricsTest {

    private static final double[] UNUSUAL = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -0.0,
        0,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        1e15 + 0.5
    };

    private final Path home;
    private final Queue<Notice> told = new ConcurrentLinkedQueue<>();

    RunMetricsTest(@TempDir Path home) {
        this.home = home;
    }

    private MetricsOptions options() {
        return MetricsOptions.of(home.resolve("run"), "the run");
    }

    private RunMetrics open(MetricsOptions options) {
        return RunMetrics.open(options, TestThreads.metricsThread(), told::add);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_logged_comes_out_once_with_its_steps(boolean mapped) throws Exception {
        RunMetrics metrics = open(mapped ? options() : options().unmapped());
        for (int i = 0; i < 1000; i++) {
            metrics.log("loss", i / 10.0);
            metrics.log("acc", -i, 7L * i);
        }

        Logged logged = Logged.of(metrics);

        assertThat(logged.doubled).isEmpty();
        assertThat(logged.values.keySet()).containsExactly("acc", "loss");
        assertThat(logged.of("loss")).hasSize(1000).containsEntry(0L, 0.0).containsEntry(999L, 99.9);
        assertThat(logged.of("acc")).hasSize(1000).containsEntry(6993L, -999.0);
        assertThat(metrics.losses().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_metrics_thread_sleeps_when_nothing_is_logged_and_the_next_value_wakes_it(boolean text) throws Exception {
        MetricsThread thread = TestThreads.metricsThread();
        RunMetrics metrics = RunMetrics.open(options().unmapped(), thread, told::add);
        metrics.log("loss", 1);
        while (!thread.isAsleep()) {
            Thread.onSpinWait();
        }

        if (text) {
            metrics.text("phase", "fit");
        } else {
            metrics.log("loss", 2);
        }

        assertThat(thread.isAsleep()).isFalse();
        Logged logged = Logged.of(metrics);
        assertThat(logged.of("loss")).hasSize(text ? 1 : 2);
    }

    @Test
    void values_that_JSON_has_no_words_for_stay_what_they_are() throws Exception {
        RunMetrics metrics = open(options());
        for (int i = 0; i < UNUSUAL.length; i++) {
            metrics.log("x", UNUSUAL[i]);
        }

        Logged logged = Logged.of(metrics);

        for (int i = 0; i < UNUSUAL.length; i++) {
            assertThat(Double.doubleToLongBits(requireNonNull(logged.of("x").get((long) i))))
                    .isEqualTo(Double.doubleToLongBits(UNUSUAL[i]));
        }
    }

    @Test
    void neighbours_of_one_step_and_time_share_a_line_and_a_name_stands_in_it_once() throws Exception {
        RunMetrics metrics = open(options());
        for (int i = 0; i < 500; i++) {
            metrics.log("a", i, 1);
            metrics.log("a", i, 1);
            metrics.log("b", i, 1);
        }
        metrics.close();
        assertThat(metrics.awaitDone(Duration.ofSeconds(60))).isTrue();
        try (MetricReader reader = metrics.reader()) {
            MetricBatch batch = requireNonNull(reader.next());
            assertThat(batch.values()).isEqualTo(1500);
            assertThat(batch.lines()).isBetween(1000, 1499); // a | a b | a | a b …, but where a millisecond ended
            assertThat(new String(batch.body(), StandardCharsets.UTF_8)).doesNotContain("\"a\":1,\"a\"");
        }
    }

    @Test
    void batches_hold_at_most_a_mebibyte_and_are_repeated_until_they_are_sent() throws Exception {
        RunMetrics metrics = open(options());
        for (int i = 0; i < 60_000; i++) {
            metrics.log("name/" + (i % 3), i);
            if (i % 1000 == 0) {
                assertThat(metrics.flush(Duration.ofSeconds(60))).isTrue();
            }
        }
        metrics.close();
        assertThat(metrics.awaitDone(Duration.ofSeconds(60))).isTrue();
        long sent;
        try (MetricReader reader = metrics.reader()) {
            MetricBatch first = requireNonNull(reader.next());
            MetricBatch second = requireNonNull(reader.next());
            assertThat(first.body().length).isBetween(900_000, MetricReader.MAX_BATCH_BYTES);
            sent = first.values();
            reader.sent(first);
            reader.rewind();
            MetricBatch again = requireNonNull(reader.next());
            assertThat(again.body()).isEqualTo(second.body());
        }
        Logged rest = Logged.leftBehind(home.resolve("run"));
        assertThat(rest.count() + sent).isEqualTo(60_000);
    }

    @Test
    void own_steps_of_a_resumed_run_wait_until_their_beginning_is_known() throws Exception {
        RunMetrics metrics = open(options().resumed());
        metrics.log("loss", 1);
        metrics.log("loss", 2);
        metrics.log("acc", 3);
        metrics.close();
        assertThat(metrics.awaitDone(Duration.ofSeconds(60))).isTrue();
        try (MetricReader reader = metrics.reader()) {
            assertThat(reader.next()).isNull();
            assertThat(reader.waitingName()).isEqualTo("loss");
            assertThat(reader.isAtEnd()).isFalse();
            reader.stepsBegin("loss", 100);
            MetricBatch batch = requireNonNull(reader.next());
            assertThat(new String(batch.body(), StandardCharsets.UTF_8))
                    .contains("\"step\":100,")
                    .contains("\"step\":101,");
            assertThat(reader.waitingName()).isEqualTo("acc");
        }
        try (MetricReader replay = MetricReader.ofLeftBehind(home.resolve("run"))) { // nothing was marked as sent
            replay.stepsBegin("loss", 555);
            replay.stepsBegin("acc", 7);
            Logged logged = Logged.all(replay);
            assertThat(logged.of("loss")).containsOnlyKeys(100L, 101L);
            assertThat(logged.of("acc")).containsOnlyKeys(7L);
        }
    }

    @Test
    void names_that_the_server_could_not_take_are_mended_and_told_once() throws Exception {
        RunMetrics metrics = open(options().withNaming(name -> "rank1/" + name));
        String tooLong = "ä".repeat(700);
        for (int i = 0; i < 3; i++) {
            metrics.log(" ", i);
            metrics.log(null, i);
            metrics.log("a\0b\uD800", i);
            metrics.log(tooLong + "x", i);
            metrics.log(tooLong + "y", i);
        }

        Logged logged = Logged.of(metrics);

        assertThat(logged.values.keySet())
                .contains("rank1/unnamed", "rank1/a\uFFFDb\uFFFD")
                .hasSize(4);
        assertThat(logged.values.keySet())
                .allSatisfy(name ->
                        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1000));
        assertThat(logged.of("rank1/unnamed")).hasSize(6);
        assertThat(told).filteredOn(notice -> notice.kind() == Kind.NAME_MENDED).hasSizeBetween(4, 5);
    }

    @Test
    void a_step_that_the_server_could_not_store_is_counted_and_told_once() throws Exception {
        RunMetrics metrics = open(options());
        metrics.log("x", 1, -1);
        metrics.log("x", 1, RunMetrics.MAX_STEP + 1);
        metrics.log("x", 1, RunMetrics.MAX_STEP);

        Logged logged = Logged.of(metrics);

        assertThat(logged.of("x")).containsOnlyKeys(RunMetrics.MAX_STEP);
        assertThat(metrics.losses().all()).isEqualTo(Map.of(Loss.STEP, 2L));
        assertThat(told)
                .filteredOn(notice -> notice.kind() == Kind.STEP_REFUSED)
                .hasSize(1);
    }

    @Test
    void after_the_end_nothing_is_taken_and_nothing_is_left_on_disk_that_was_sent() throws Exception {
        RunMetrics metrics = open(options());
        metrics.log("x", 1);
        assertThat(Logged.of(metrics).count()).isEqualTo(1);

        metrics.log("x", 2);
        metrics.text("t", "late");

        assertThat(metrics.isDone()).isTrue();
        assertThat(Logged.leftBehind(home.resolve("run")).count()).isZero();
        assertThat(metrics.losses().all()).isEmpty();
    }

    @Test
    void the_closing_line_gets_the_values_that_were_logged_last() throws Exception {
        RunMetrics metrics = open(options());
        metrics.log("sys/cpu", 1);
        metrics.log("loss", 0.5);
        metrics.log("loss", 0.25);
        metrics.log("acc", 0.9);
        metrics.log("importance/age", 3);
        metrics.log("eval/macro/f1", 0.8);
        metrics.close();
        assertThat(metrics.awaitDone(Duration.ofSeconds(60))).isTrue();

        assertThat(metrics.lastValues(2)).containsExactlyInAnyOrder(Map.entry("loss", 0.25), Map.entry("acc", 0.9));
        assertThat(metrics.lastValues(1)).hasSize(1);
    }

    @Test
    void beyond_the_limit_values_are_thinned_evenly_and_counted() throws Exception {
        RunMetrics metrics = open(options().withMaxBytes(1 << 20));
        int n = 80_000;
        for (int i = 0; i < n; i++) {
            metrics.log(i % 2 == 0 ? "even" : "odd", i);
            if (i % 100 == 0) {
                assertThat(metrics.flush(Duration.ofSeconds(60)))
                        .isTrue(); // as a training that is not faster than the disk
            }
        }

        Logged logged = Logged.of(metrics);

        long thinned = metrics.losses().of(Loss.THINNED);
        assertThat(thinned).isPositive();
        assertThat(logged.count() + thinned + metrics.losses().of(Loss.LIMIT)).isEqualTo(n);
        assertThat(logged.count()).isBetween(16_000L, 32_768L);
        assertThat(logged.of("even").size())
                .isBetween(logged.of("odd").size() - 4, logged.of("odd").size() + 4);
        assertThat(logged.of("odd").keySet()).anyMatch(step -> step > n * 0.45); // to the end of the curve
    }

    /** As fast as possible, and so much that the limit is reached: what waits in memory at the end is counted as well. */
    @ParameterizedTest
    @CsvSource({"65536, true", "65536, false", "1048576, true", "1048576, false"})
    void P6_at_the_limit_each_value_is_there_or_counted(long maxBytes, boolean mapped) throws Exception {
        MetricsOptions limited = options().withMaxBytes(maxBytes);
        RunMetrics metrics = open(mapped ? limited : limited.unmapped());
        int n = 400_000;
        for (int i = 0; i < n; i++) {
            metrics.log("loss", i);
        }
        Logged logged = Logged.of(metrics);
        assertThat(logged.count() + Logged.lost(metrics)).isEqualTo(n);
        assertThat(logged.count()).isPositive();
    }

    @Test
    void a_name_for_numbers_and_for_texts_is_told_once() throws Exception {
        Queue<Notice> told = new ConcurrentLinkedQueue<>();
        RunMetrics metrics = RunMetrics.open(options(), TestThreads.metricsThread(), told::add);
        metrics.log("phase", 1);
        metrics.text("phase", "fit");
        metrics.text("phase", "evaluate");
        metrics.text("other", "text");
        metrics.log("other", 2);
        metrics.close();
        assertThat(metrics.awaitDone(Duration.ofSeconds(60))).isTrue();
        assertThat(told)
                .filteredOn(notice -> notice.kind() == Notice.Kind.TWO_KINDS)
                .extracting(Notice::given)
                .containsExactlyInAnyOrder("phase", "other");
    }

    @Test
    void texts_and_tables_are_mended_redacted_and_cut_and_hold_nothing_of_the_program() throws Exception {
        MetricsOptions options = new MetricsOptions(
                home.resolve("run"),
                "key",
                1 << 20,
                false,
                true,
                name -> name,
                text -> text.replace("secret", "***"),
                line -> line);
        RunMetrics metrics = open(options);
        metrics.text("phase", "a secret");
        metrics.text("phase", "x".repeat(199) + "😀");
        metrics.text("phase", "b", 7);
        metrics.table("t", List.of("secret"), List.of(List.of(new StringBuilder("a secret cell"))));
        metrics.table("bad", List.of("c"), List.of(List.of(new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("the program's own fault");
            }
        })));
        metrics.histogram("h", new double[] {1, 2}, 3);
        metrics.close();
        assertThat(metrics.awaitDone(Duration.ofSeconds(60))).isTrue();

        try (DataReader reader = metrics.dataReader()) {
            DataBatch batch = requireNonNull(reader.next());
            String body = new String(batch.body(), StandardCharsets.UTF_8);
            assertThat(batch.lines()).isEqualTo(5);
            assertThat(body)
                    .doesNotContain("secret")
                    .contains("\"data\":\"a ***\",\"step\":0,\"dataType\":\"string-series\"")
                    .contains("x".repeat(199) + "\",\"step\":1")
                    .contains("\"step\":7,")
                    .contains("a *** cell")
                    .contains("\"dataType\":\"HISTOGRAM\",\"logName\":\"h\"");
        }
        assertThat(metrics.losses().all()).isEqualTo(Map.of(Loss.FAILED, 1L));
        assertThat(told).filteredOn(notice -> notice.kind() == Kind.TEXT_CUT).hasSize(1);
    }
}

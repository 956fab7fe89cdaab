package io.plutorun.agent.metrics.data;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.json.Json;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLogTest {

    private final Path folder;

    DataLogTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private final Losses losses = new Losses();

    private static List<Map<String, @Nullable Object>> lines(DataBatch batch) throws Json.SyntaxException {
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        for (String line : new String(batch.body(), StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                lines.add(Json.parseObject(line));
            }
        }
        return lines;
    }

    private DataLog log() {
        return new DataLog(folder, 1 << 30, losses);
    }

    @Test
    void a_record_that_is_larger_than_all_that_may_wait_is_taken_when_it_is_alone() throws Exception {
        DataLog log = log();
        String large = "x".repeat(9 << 20);
        log.add(DataKind.TABLE, "large", 0, false, large);
        log.add(DataKind.TABLE, "large", 1, false, large);
        assertThat(losses.of(Loss.TOO_FAST)).isEqualTo(1);
        assertThat(log.write()).isTrue();
        log.add(DataKind.TABLE, "large", 2, false, large);
        assertThat(log.write()).isTrue();
        log.close();
        try (DataReader reader = DataReader.ofLeftBehind(folder)) {
            assertThat(requireNonNull(reader.next()).body().length).isGreaterThan(large.length());
            assertThat(requireNonNull(reader.next()).body().length).isGreaterThan(large.length());
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void what_is_removed_is_counted_once_and_what_the_limit_keeps_out_is_not_counted_with_it() throws IOException {
        DataLog log = new DataLog(folder, 1, losses); // one file reaches it
        log.add(DataKind.TABLE, "removed", 0, false, "{}");
        assertThat(log.write()).isTrue();
        Files.delete(folder.resolve("data-00000001.log"));
        for (int step = 1; step <= 3; step++) {
            log.add(DataKind.TABLE, "beyond", step, false, "{}");
            assertThat(log.write()).isTrue();
        }
        assertThat(losses.of(Loss.REMOVED)).isEqualTo(1);
        assertThat(losses.of(Loss.LIMIT)).isEqualTo(3);
    }

    @Test
    void records_come_out_as_the_lines_of_the_ingest_service() throws Exception {
        DataLog log = log();
        log.add(DataKind.STRING_SERIES, "phase", 3, false, "load \"all\"\n");
        log.add(DataKind.TABLE, "confusion", 4, true, "{\"table\":[]}");
        assertThat(log.write()).isTrue();
        log.close();

        try (DataReader reader = DataReader.ofLeftBehind(folder)) {
            DataBatch first = requireNonNull(reader.next());
            assertThat(lines(first)).singleElement().satisfies(line -> {
                assertThat(line).containsOnlyKeys("time", "data", "step", "dataType", "logName");
                assertThat(line)
                        .containsEntry("data", "load \"all\"\n")
                        .containsEntry("step", 3L)
                        .containsEntry("dataType", "string-series")
                        .containsEntry("logName", "phase");
            });
            assertThat(reader.waitingName()).isEqualTo("confusion");
            reader.stepsBegin("confusion", 10);
            DataBatch second = requireNonNull(reader.next());
            assertThat(lines(second))
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).containsEntry("step", 14L).containsEntry("data", "{\"table\":[]}"));
            assertThat(second.names()).isEqualTo(Map.of("confusion", DataKind.TABLE));
            assertThat(second.firstSequence()).isEqualTo(2);
            assertThat(reader.next()).isNull();
            assertThat(reader.isAtEnd()).isTrue();
        }
    }

    @Test
    void what_was_sent_does_not_come_again_and_what_was_not_does() throws Exception {
        DataLog log = log();
        for (int i = 0; i < 3000; i++) {
            log.add(DataKind.STRING_SERIES, "s", i, false, "x".repeat(1000));
        }
        log.write();
        log.close();
        long sent = 0;
        try (DataReader reader = DataReader.ofLeftBehind(folder)) {
            DataBatch first = requireNonNull(reader.next());
            assertThat(first.body().length).isLessThanOrEqualTo(1 << 20);
            reader.sent(first);
            sent = first.end().sequence();
            assertThat(reader.next()).isNotNull(); // its answer was lost
        }
        try (DataReader later = DataReader.ofLeftBehind(folder)) {
            long expected = sent + 1;
            for (DataBatch batch = later.next(); batch != null; batch = later.next()) {
                assertThat(batch.firstSequence()).isEqualTo(expected);
                expected = batch.end().sequence() + 1;
                later.sent(batch);
            }
            assertThat(expected).isEqualTo(3001);
        }
    }

    @Test
    void a_record_of_which_a_part_is_missing_is_not_read() throws Exception {
        DataLog log = log();
        log.add(DataKind.STRING_SERIES, "s", 1, false, "whole");
        log.add(DataKind.STRING_SERIES, "s", 2, false, "cut");
        log.write();
        log.close();
        Path file = folder.resolve("data-00000001.log");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(file) - 1);
        }

        try (DataReader reader = DataReader.ofLeftBehind(folder)) {
            DataBatch batch = requireNonNull(reader.next());
            assertThat(batch.lines()).isEqualTo(1);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void a_table_says_which_columns_are_numbers() throws Exception {
        List<List<@Nullable Object>> rows = List.of(
                Arrays.asList("a", 1, 0.5, null), Arrays.asList("b", 2L, Double.NaN, true), Arrays.asList("c", 3));

        Map<String, @Nullable Object> table = Json.parseObject(TableJson.of(List.of("label", "n", "p", "ok"), rows));

        assertThat(table.get("table"))
                .isEqualTo(List.of(
                        Arrays.asList("a", 1L, 0.5, null),
                        Arrays.asList("b", 2L, "NaN", true),
                        Arrays.asList("c", 3L, null, null)));
        assertThat(table.get("col"))
                .isEqualTo(List.of(
                        Map.of("name", "label", "dtype", "str"),
                        Map.of("name", "n", "dtype", "int"),
                        Map.of("name", "p", "dtype", "float"),
                        Map.of("name", "ok", "dtype", "str")));
    }

    @Test
    void a_histogram_counts_every_finite_value_once() throws Exception {
        double[] values = {0, 1, 2, 3, 64, Double.NaN, Double.POSITIVE_INFINITY, 64};

        Map<String, @Nullable Object> histogram = Json.parseObject(String.valueOf(HistogramJson.of(values)));

        assertThat(histogram.keySet()).contains("freq", "bins", "shape", "type", "maxFreq");
        assertThat(histogram).containsEntry("maxFreq", 2L).containsEntry("shape", "uniform");
        assertThat(histogram.get("bins")).isEqualTo(Map.of("min", 0L, "max", 64L, "num", 64L));
        List<?> frequencies = (List<?>) requireNonNull(histogram.get("freq"));
        assertThat(frequencies).hasSize(64);
        assertThat(frequencies.stream().mapToLong(n -> (Long) n).sum()).isEqualTo(6);
        assertThat(HistogramJson.of(new double[] {Double.NaN})).isNull();
        assertThat(HistogramJson.of(new double[] {5, 5})).contains("\"min\":4.5,\"max\":5.5");
        assertThat(HistogramJson.of(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE}))
                .contains("\"maxFreq\":1");
    }

    @Test
    void too_much_that_waits_is_counted_as_lost() throws IOException {
        DataLog log = log();
        String large = "x".repeat(3 << 20);
        for (int i = 0; i < 4; i++) {
            log.add(DataKind.STRING_SERIES, "s", i, false, large);
        }

        assertThat(losses.all().values()).containsExactly(2L);
        assertThat(log.write()).isTrue();
        assertThat(log.pending()).isZero();
    }
}

package io.plutorun.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.metrics.MetricsOptions;
import io.plutorun.agent.metrics.MetricsThread;
import io.plutorun.agent.metrics.RunMetrics;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upload that throws in the middle, for want of memory or of a file that can be read, leaves out nothing when it is called again. */
class InterruptedUploadTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    /** More than one segment holds. */
    private static final int VALUES = 40_000;

    private final FakePluto pluto = FakePluto.start();
    private final long run = pluto.seedRun("proj", "run");
    private final Path folder;

    InterruptedUploadTest(@TempDir Path directory) throws InterruptedException {
        folder = directory.resolve("run.values");
        RunMetrics metrics = open(folder);
        for (int step = 0; step < VALUES; step++) {
            metrics.log("loss", step);
        }
        for (int step = 0; step < 10; step++) {
            metrics.text("part", "text " + step);
        }
        metrics.close();
        assertThat(metrics.awaitDone(LONG)).isTrue();
    }

    private static RunMetrics open(Path folder) {
        return RunMetrics.open(
                MetricsOptions.of(folder, "key"), new MetricsThread(new AgentThreads("metrics")), notice -> {});
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private Upload upload(Upload.Listener listener) throws IOException {
        return upload(folder, listener);
    }

    private Upload upload(Path values, Upload.Listener listener) throws IOException {
        PlutoApi api = new PlutoApi(
                pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
        IngestApi ingest = Objects.requireNonNull(api.ingest());
        return new Upload(
                api,
                ingest,
                UploadSource.ofLeftBehind(values, new UploadedRun(run, "proj", "key", false, false, 0)),
                new UploadedRun(run, "proj", "key", false, false, 0),
                LONG,
                listener);
    }

    private static void finish(Upload upload) throws IOException {
        UploadProgress progress = upload.next();
        while (!(progress instanceof UploadProgress.Finished)) {
            assertThat(progress).isInstanceOf(UploadProgress.Sent.class);
            progress = upload.next();
        }
    }

    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> !file.toString().endsWith(".sent"))
                    .sorted()
                    .toList();
        }
    }

    private void assertAllArrived(long... refused) {
        assertThat(pluto.series(run, "loss").steps())
                .containsExactly(LongStream.range(0, VALUES)
                        .filter(step -> LongStream.of(refused).noneMatch(other -> other == step))
                        .toArray());
        assertThat(pluto.ingested(run).strings("part")).hasSize(10);
    }

    /** While it is looked at, a folder lies where the file was. */
    private void assertThatNothingIsLeftOutWhenUnreadableForAWhile(Path file) throws IOException {
        Path away = folder.resolveSibling("away");
        try (Upload upload = upload((line, answer) -> {})) {
            Files.move(file, away);
            Files.createDirectory(file);
            assertThatThrownBy(() -> finish(upload)).isInstanceOf(IOException.class);
            Files.delete(file);
            Files.move(away, file);
            finish(upload);
        }
        assertAllArrived();
    }

    @Test
    void P6_a_segment_that_can_t_be_read_for_a_while_is_waited_for() throws IOException {
        List<Path> segments = files("values-");
        assertThat(segments).hasSizeGreaterThan(1);
        assertThatNothingIsLeftOutWhenUnreadableForAWhile(segments.get(1));
    }

    @Test
    void P6_a_log_of_texts_that_can_t_be_read_for_a_while_is_waited_for() throws IOException {
        assertThatNothingIsLeftOutWhenUnreadableForAWhile(files("data-").get(0));
    }

    @Test
    void P6_where_there_is_no_memory_in_the_middle_of_a_batch_its_rest_is_sent_at_the_next_call() throws IOException {
        pluto.faults().always("/ingest/metrics", Fault.parseErrorAtLinesWith("\"step\":1000,"));
        int[] told = {0};
        try (Upload upload = upload((line, answer) -> {
            if (told[0]++ == 0) {
                throw new OutOfMemoryError("as a listener may find it");
            }
        })) {
            assertThatThrownBy(() -> finish(upload)).isInstanceOf(OutOfMemoryError.class);
            finish(upload);
        }
        assertThat(told[0]).isEqualTo(2);
        assertAllArrived(1000);
    }

    /** Values of one time and step are one line. */
    @Test
    void P6_a_value_that_is_refused_takes_none_of_its_line_with_it() throws Exception {
        Path pairs = folder.resolveSibling("pairs.values");
        RunMetrics metrics = open(pairs);
        int steps = 100;
        for (int step = 0; step < steps; step++) {
            metrics.log("good", step, step);
            metrics.log("bad", step, step);
            metrics.log("also good", step, step);
        }
        metrics.close();
        assertThat(metrics.awaitDone(LONG)).isTrue();
        pluto.faults().always("/ingest/metrics", Fault.parseErrorAtLinesWith("\"bad\":"));
        List<String> refused = new ArrayList<>();
        try (Upload upload = upload(pairs, (line, answer) -> refused.add(line))) {
            finish(upload);
        }
        assertThat(refused).hasSize(steps).allMatch(line -> line.contains("\"bad\":") && !line.contains("good"));
        assertThat(pluto.series(run, "good").steps())
                .containsExactly(LongStream.range(0, steps).toArray());
        assertThat(pluto.series(run, "also good").steps())
                .containsExactly(LongStream.range(0, steps).toArray());
        assertThat(pluto.series(run, "bad").size()).isZero();
    }
}

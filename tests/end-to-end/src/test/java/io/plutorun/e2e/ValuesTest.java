package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Curves;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import io.plutorun.fake.ingest.DataRow;
import io.plutorun.fake.ingest.MetricSeries;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a training logs is on its run's page: each value once, in order, at its step. */
class ValuesTest {

    private static final int STEPS = 1000;

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_training_that_logs_shows_its_curves(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result =
                    Program.of(Curves.class, "" + STEPS).on(jdk).against(pluto).run();

            assertThat(result.stdout()).isEqualTo("done\n");
            assertThat(result.exitCode()).isZero();
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertCurves(pluto, 1);
            assertThat(pluto.ingested(1).metricNames())
                    .containsExactlyInAnyOrder("train/loss", "train/own step", "lr", "worker/accuracy");
            assertThat(result.agentLines())
                    .anyMatch(line -> line.matches("pluto: run CUR-1 COMPLETED after [0-9.]+ s, .*lr 0.001.*: http.*"));
        }
    }

    private static void assertCurves(FakePluto pluto, long run) {
        long[] steps = LongStream.range(0, STEPS).toArray();
        assertSeries(
                pluto.series(run, "train/loss"),
                steps,
                IntStream.range(0, STEPS).mapToDouble(Curves::loss));
        assertSeries(
                pluto.series(run, "train/own step"),
                LongStream.of(steps).map(step -> 10 * step).toArray(),
                IntStream.range(0, STEPS).mapToDouble(step -> step * 0.5));
        assertSeries(pluto.series(run, "lr"), steps, IntStream.range(0, STEPS).mapToDouble(step -> 1.0 / (step + 1)));
        assertSeries(
                pluto.series(run, "worker/accuracy"),
                steps,
                IntStream.range(0, STEPS).mapToDouble(step -> step / 1000.0));
        assertThat(pluto.ingested(run).strings("phase"))
                .extracting(DataRow::data)
                .containsExactly("fit", "evaluate");
        assertThat(pluto.ingested(run).tables("confusion")).hasSize(1);
        assertThat(pluto.ingested(run).histograms("weights")).hasSize(1);
    }

    private static void assertSeries(MetricSeries series, long[] steps, DoubleStream values) {
        assertThat(series.steps()).as(series.name()).containsExactly(steps);
        assertThat(series.values()).as(series.name()).containsExactly(values.toArray());
        assertThat(series.arrivals().duplicates()).as(series.name()).isZero();
    }

    @Test
    void what_is_logged_offline_is_delivered_by_sync(@TempDir Path directory) {
        try (FakePluto pluto = FakePluto.start()) {
            Result offline = Program.of(Curves.class, "" + STEPS)
                    .directory(directory)
                    .env("PLUTO_MODE", "offline")
                    .run();
            assertThat(offline.exitCode()).isZero();
            assertThat(pluto.runs()).isEmpty();

            Result sync = Outage.sync(pluto, directory);

            assertThat(sync.stdout()).contains("1 delivered, 0 left");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertCurves(pluto, 1);
        }
    }
}

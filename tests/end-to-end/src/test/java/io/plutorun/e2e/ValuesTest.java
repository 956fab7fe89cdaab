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
        assertCurves(pluto, run, "");
    }

    private static void assertCurves(FakePluto pluto, long run, String prefix) {
        long[] steps = LongStream.range(0, STEPS).toArray();
        assertSeries(
                pluto.series(run, prefix + "train/loss"),
                steps,
                IntStream.range(0, STEPS).mapToDouble(Curves::loss));
        assertSeries(
                pluto.series(run, prefix + "train/own step"),
                LongStream.of(steps).map(step -> 10 * step).toArray(),
                IntStream.range(0, STEPS).mapToDouble(step -> step * 0.5));
        assertSeries(
                pluto.series(run, prefix + "lr"),
                steps,
                IntStream.range(0, STEPS).mapToDouble(step -> 1.0 / (step + 1)));
        assertSeries(
                pluto.series(run, prefix + "worker/accuracy"),
                steps,
                IntStream.range(0, STEPS).mapToDouble(step -> step / 1000.0));
        assertThat(pluto.ingested(run).strings(prefix + "phase"))
                .extracting(DataRow::data)
                .containsExactly("fit", "evaluate");
        assertThat(pluto.ingested(run).tables(prefix + "confusion")).hasSize(1);
        assertThat(pluto.ingested(run).histograms(prefix + "weights")).hasSize(1);
    }

    private static void assertSeries(MetricSeries series, long[] steps, DoubleStream values) {
        assertThat(series.steps()).as(series.name()).containsExactly(steps);
        assertThat(series.values()).as(series.name()).containsExactly(values.toArray());
        assertThat(series.arrivals().duplicates()).as(series.name()).isZero();
    }

    /** The server keeps one value for a run, a name and a step; so two processes of a run must not use the same names. */
    @Test
    void P6_the_values_of_another_rank_stand_under_its_number(@TempDir Path directory) {
        try (FakePluto pluto = FakePluto.start()) {
            Running leader = curvesOfRank(0, directory, pluto).start();
            Running other = curvesOfRank(1, directory, pluto).start();
            assertThat(leader.await().exitCode()).isZero();
            assertThat(other.await().exitCode()).isZero();

            assertThat(pluto.runs()).hasSize(1);
            assertCurves(pluto, 1, "");
            assertCurves(pluto, 1, "rank1/");
        }
    }

    private static Program curvesOfRank(int rank, Path directory, FakePluto pluto) {
        return SeveralProcessesTest.asRank(Program.of(Curves.class, "" + STEPS), pluto, directory, rank, 2);
    }

    /** The project is a header, which must be printable ASCII; what the service takes in another way belongs to no run. */
    @Test
    void P6_values_of_a_project_that_the_ingest_service_can_t_be_told_stay_on_disk_and_one_line_says_so(
            @TempDir Path directory) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Curves.class, "" + STEPS)
                    .against(pluto)
                    .directory(directory)
                    .env("PLUTO_PROJECT", "chiffres-manuscrits-é")
                    .env("LC_ALL", "C.UTF-8")
                    .run();

            assertThat(result.exitCode()).isZero();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.run(1).project()).isEqualTo("chiffres-manuscrits-é");
            assertThat(pluto.exchanges("/ingest/metrics")).isEmpty();
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains(
                            "stay on disk: the ingest service takes no project whose name is" + " not printable ASCII"))
                    .hasSize(1);
            assertThat(directory.resolve(".pluto/jvm")).isNotEmptyDirectory();
        }
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

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.FullHeap;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import io.plutorun.fake.ingest.MetricSeries;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P6 and P9 where the program has taken all memory for a while: afterwards all goes on, in this run and in those that follow. */
class FullHeapTest {

    private static final String BEATS = "/api/runs/trigger";

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P6_P9_a_heap_that_was_full_for_a_while_costs_no_value_no_step_and_no_beat(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Running training = Program.of(FullHeap.class)
                    .jvmOption("-Xmx32m")
                    .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                    .on(jdk)
                    .against(pluto)
                    .start();
            training.awaitThat(() -> hasArrived(pluto, FullHeap.FULL_FROM), "the first values");
            training.goOn();
            training.awaitThat(() -> hasArrived(pluto, FullHeap.VALUES), "the values behind");
            int beats = pluto.exchanges(BEATS).size();
            training.awaitThat(() -> pluto.exchanges(BEATS).size() >= beats + 2, "further beats");
            training.goOn();
            Result result = training.await();

            assertThat(result.stdout()).endsWith("done\n");
            assertThat(pluto.runs()).as(result.toString()).hasSize(2);
            for (long run = 1; run <= 2; run++) {
                assertThat(pluto.run(run).status()).isEqualTo(RunStatus.COMPLETED);
                assertWhole(pluto.series(run, FullHeap.GIVEN_STEP));
                assertWhole(pluto.series(run, FullHeap.OWN_STEP));
                assertWhole(pluto.series(run, FullHeap.OF_CURRENT_RUN));
            }
        }
    }

    private static boolean hasArrived(FakePluto pluto, int values) {
        return pluto.runs().size() == 1
                && pluto.ingested(1).metricNames().contains(FullHeap.GIVEN_STEP)
                && pluto.series(1, FullHeap.GIVEN_STEP).size() >= values;
    }

    private static void assertWhole(MetricSeries series) {
        assertThat(series.steps())
                .as(series.name())
                .containsExactly(LongStream.range(0, FullHeap.VALUES).toArray());
        assertThat(series.values())
                .as(series.name())
                .containsExactly(
                        IntStream.range(0, FullHeap.VALUES).asDoubleStream().toArray());
    }
}

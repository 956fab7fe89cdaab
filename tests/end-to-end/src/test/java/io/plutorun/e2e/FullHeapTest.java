package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.FullHeap;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.ingest.MetricSeries;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P6 where the program has no memory left for a while: no value is lost, or at the step of another one. */
class FullHeapTest {

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P6_what_is_logged_while_the_heap_is_full_has_its_own_step(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Running training = Program.of(FullHeap.class)
                    .jvmOption("-Xmx32m")
                    .on(jdk)
                    .against(pluto)
                    .start();
            training.awaitThat(() -> pluto.runs().size() == 1 && hasArrived(pluto), "the first values");
            training.endInput();
            Result result = training.await();

            assertThat(result.stdout()).isEqualTo("done\n");
            assertThat(pluto.runs()).as(result.toString()).hasSize(1);
            assertWhole(pluto.series(1, "given step"));
            assertWhole(pluto.series(1, "own step"));
        }
    }

    private static boolean hasArrived(FakePluto pluto) {
        return pluto.ingested(1).metricNames().contains("given step")
                && pluto.series(1, "given step").size() == FullHeap.FULL_FROM;
    }

    private static void assertWhole(MetricSeries series) {
        assertThat(LongStream.range(0, series.size()).map(i -> series.step((int) i)))
                .as(series.name())
                .containsExactlyElementsOf(
                        LongStream.range(0, FullHeap.VALUES).boxed().toList());
        assertThat(IntStream.range(0, series.size()).mapToDouble(series::value))
                .as(series.name())
                .containsExactlyElementsOf(IntStream.range(0, FullHeap.VALUES)
                        .mapToDouble(i -> i)
                        .boxed()
                        .toList());
    }
}

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Idle;
import io.plutorun.e2e.programs.Results;
import io.plutorun.fake.FakePluto;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What methods return is on the run's page, one value for each call, where nothing in the program says so. */
class MetricMethodsTest {

    private static final int STEPS = 50;
    private static final String PROGRAM = Results.class.getName();

    private static Program program(FakePluto pluto, String methods) {
        return Program.of(Results.class, "" + STEPS).against(pluto).env("PLUTO_METRIC_METHODS", methods);
    }

    private static void assertSeries(FakePluto pluto, String name, IntToDoubleFunction value) {
        assertThat(pluto.series(1, name).values())
                .as(name)
                .containsExactly(IntStream.range(0, STEPS).mapToDouble(value).toArray());
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void results_of_every_kind_are_values_of_the_run(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(
                            pluto,
                            ("val/step=P#step; boxed=P#boxed; perhaps=P#perhaps; eval=P#scores(int); map=P#ma*;"
                                            + " object=P#evaluation; failing=P#failing")
                                    .replace("P#", PROGRAM + "#"))
                    .on(jdk)
                    .run();

            assertThat(result.stdout()).isEqualTo("caught\ndone\n");
            assertSeries(pluto, "val/step", i -> i / 8.0);
            assertSeries(pluto, "boxed", i -> i);
            assertThat(pluto.series(1, "perhaps").values())
                    .containsExactly(IntStream.range(0, STEPS)
                            .filter(i -> i % 2 == 0)
                            .mapToDouble(i -> i + 0.5)
                            .toArray());
            assertSeries(pluto, "eval/accuracy", i -> i / 4.0);
            assertSeries(pluto, "eval/correct", i -> i);
            assertSeries(pluto, "eval/loss", i -> i * 2.0);
            assertSeries(pluto, "map/recall", i -> i / 2.0);
            assertSeries(pluto, "object/f1", i -> i + 0.25);
            assertThat(pluto.ingested(1).metricNames())
                    .filteredOn(name -> !name.startsWith("sys/"))
                    .hasSize(8);
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains("PLUTO_METRIC_METHODS"))
                    .singleElement()
                    .asString()
                    .contains("\"failing=" + PROGRAM + "#failing\" gave no value: no such method has returned");
        }
    }

    @Test
    void mistakes_are_told_once_where_a_method_is_tracked_and_the_other_entries_count() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(
                            pluto,
                            "loss; =" + PROGRAM + "#step; a=" + PROGRAM + "; b=" + PROGRAM + "#stepp; c=" + PROGRAM
                                    + "#step")
                    .run();

            assertSeries(pluto, "c", i -> i / 8.0);
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains("PLUTO_METRIC_METHODS"))
                    .hasSize(4)
                    .anyMatch(line -> line.contains("\"loss\" is left out: write name=package.Class#method"))
                    .anyMatch(line -> line.contains("'#' is missing"))
                    .anyMatch(line -> line.contains("b=") && line.contains("no such method has returned"));
        }
    }

    @Test
    void P2_an_idle_jvm_says_nothing_of_a_mistake() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Idle.class)
                    .against(pluto)
                    .env("PLUTO_METRIC_METHODS", "nonsense")
                    .run();

            assertThat(result.stdout()).isNotEmpty();
            assertThat(result.stderr()).isEmpty();
        }
    }
}

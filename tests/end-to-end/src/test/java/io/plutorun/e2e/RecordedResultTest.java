package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a tracked method returns is on the run's page, where its annotation or a setting says so. */
class RecordedResultTest {

    private static final Path CLASSES = new Sources()
            .file("com/acme/Scores.java", """
                    package com.acme;

                    import io.plutorun.PlutoRun;
                    import java.util.Map;
                    import java.util.concurrent.CompletableFuture;

                    public class Scores {
                        public static void main(String[] args) {
                            System.out.println(number() + integer() + evaluation().loss() + (double) map().get("f1") + later().join());
                            text();
                            nothing();
                            System.out.println(notRecorded());
                            try {
                                failing();
                            } catch (IllegalStateException e) {
                                System.out.println(e.getMessage());
                            }
                        }

                        record Evaluation(double accuracy, float loss, int seen, String model) {}

                        @PlutoRun(recordResult = true)
                        static double number() {
                            return 0.25;
                        }

                        @PlutoRun(recordResult = true)
                        static int integer() {
                            return outer() + 1;
                        }

                        @PlutoRun(recordResult = true)
                        static int outer() {
                            return 6;
                        }

                        @PlutoRun(recordResult = true)
                        static Evaluation evaluation() {
                            return new Evaluation(0.5, 2f, 3, "m");
                        }

                        @PlutoRun(recordResult = true)
                        static Map<String, Object> map() {
                            return Map.of("f1", 0.75, "name", "m");
                        }

                        @PlutoRun(recordResult = true)
                        static CompletableFuture<Long> later() {
                            return CompletableFuture.supplyAsync(() -> 9L);
                        }

                        @PlutoRun(recordResult = true)
                        static String text() {
                            return "none";
                        }

                        @PlutoRun(recordResult = true)
                        static void nothing() {}

                        @PlutoRun
                        static long notRecorded() {
                            return 5;
                        }

                        @PlutoRun(recordResult = true)
                        static double failing() {
                            throw new IllegalStateException("failed");
                        }
                    }
                    """)
            .classPath(Program.annotationsJar())
            .options("--release", "17")
            .compile();

    private static Program program(FakePluto pluto) {
        return Program.of("com.acme.Scores")
                .classPath(CLASSES, Program.annotationsJar())
                .env("PLUTO_SYSTEM_METRICS", "false")
                .against(pluto);
    }

    private static Map<String, Double> valuesOf(FakePluto pluto, String run) {
        long id = pluto.runs().stream()
                .filter(candidate -> candidate.name().equals(run))
                .findFirst()
                .orElseThrow()
                .id();
        Map<String, Double> last = new TreeMap<>();
        for (String name : pluto.ingested(id).metricNames()) {
            last.put(name, pluto.series(id, name).values()[0]);
        }
        return last;
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_number_and_the_numbers_in_a_record_a_map_or_a_stage_are_values_of_the_run(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(pluto).on(jdk).run();

            assertThat(result.stdout())
                    .isEqualTo("19.0\n5\nfailed\n".replace("19.0", "" + (0.25 + 7 + 2f + 0.75 + 9L)));
            assertThat(valuesOf(pluto, "Scores.number")).isEqualTo(Map.of("result/value", 0.25));
            assertThat(valuesOf(pluto, "Scores.integer")).isEqualTo(Map.of("result/value", 7.0));
            assertThat(valuesOf(pluto, "Scores.evaluation"))
                    .isEqualTo(Map.of("result/accuracy", 0.5, "result/loss", 2.0, "result/seen", 3.0));
            assertThat(valuesOf(pluto, "Scores.map")).isEqualTo(Map.of("result/f1", 0.75));
            assertThat(valuesOf(pluto, "Scores.later")).isEqualTo(Map.of("result/value", 9.0));
            assertThat(valuesOf(pluto, "Scores.text")).isEmpty();
            assertThat(valuesOf(pluto, "Scores.notRecorded")).isEmpty();
            assertThat(valuesOf(pluto, "Scores.failing")).isEmpty();
            assertThat(pluto.runs().stream().collect(Collectors.groupingBy(run -> run.status(), Collectors.counting())))
                    .isEqualTo(Map.of(RunStatus.COMPLETED, 8L, RunStatus.FAILED, 1L));
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains("recordResult"))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("Scores.text", "java.lang.String, holds no number"),
                            line -> assertThat(line).contains("Scores.nothing", "nothing was returned"));
        }
    }

    @Test
    void a_setting_says_so_too() {
        try (FakePluto pluto = FakePluto.start()) {
            program(pluto).env("PLUTO_RECORD_RESULT", "true").run();

            assertThat(valuesOf(pluto, "Scores.notRecorded")).isEqualTo(Map.of("result/value", 5.0));
        }
    }
}

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of one method that differ in their arguments are a sweep, of which the pages draw parallel coordinates. */
class SweepTest {

    /** Trains once for each argument, one after the other; {@code together} trains with two rates at the same time. */
    private static final Path CLASSES = new Sources()
            .file("com/acme/Search.java", """
                    package com.acme;

                    import java.util.concurrent.CountDownLatch;

                    public class Search {
                        private static final CountDownLatch BOTH = new CountDownLatch(2);

                        static void train(double lr, String apiToken) {
                            System.out.println("trained with " + lr);
                        }

                        static void trainTogether(double lr) throws InterruptedException {
                            BOTH.countDown();
                            BOTH.await();
                        }

                        public static void main(String[] args) throws Exception {
                            if (args[0].equals("together")) {
                                Thread other = new Thread(() -> {
                                    try {
                                        trainTogether(0.1);
                                    } catch (InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                });
                                other.start();
                                trainTogether(0.2);
                                other.join();
                                return;
                            }
                            for (String rate : args) {
                                train(Double.parseDouble(rate), "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA" + rate);
                            }
                        }
                    }
                    """)
            .options("--release", "17", "-parameters")
            .compile();

    private static Program search(String... rates) {
        return Program.of("com.acme.Search", rates)
                .classPath(CLASSES)
                .env("PLUTO_METHODS", "com.acme.Search#train*")
                .env("PLUTO_CAPTURE_ARGUMENTS", "true");
    }

    private static List<String> sweepTags(FakeRun run) {
        return run.tags().stream().filter(tag -> tag.startsWith("sweep:")).toList();
    }

    private static Stream<List<String>> allSweepTags(FakePluto pluto) {
        return pluto.runs().stream().map(SweepTest::sweepTags);
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void runs_that_differ_in_an_argument_bear_one_tag_and_the_first_one_gets_it_after_its_end(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = search("0.1", "0.2", "0.2", "0.4")
                    .env("PLUTO_TAGS", "nightly")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.agentLines()).as(result.stderr()).hasSize(8);
            assertThat(pluto.runs()).hasSize(4).allSatisfy(run -> {
                assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
                assertThat(run.tags()).hasSize(2).contains("nightly");
                assertThat(run.timesResumed()).isZero();
            });
            String tag = sweepTags(pluto.run(1)).get(0);
            assertThat(tag).matches("sweep:[0-9a-z]{8}");
            assertThat(allSweepTags(pluto)).containsOnly(List.of(tag));
            String id = tag.substring("sweep:".length());
            assertThat(pluto.run(1).config()).containsEntry("sweep", sweep(id, 0.1, 0.2));
            assertThat(pluto.run(4).config()).containsEntry("sweep", sweep(id, 0.1, 0.2, 0.4));
            assertThat(pluto.run(4).config()).containsEntry("lr", 0.4);
        }
    }

    /** The token is no parameter: its values would be listed. */
    private static Map<String, Object> sweep(String id, Double... rates) {
        return Map.of("id", id, "method", "grid", "parameters", Map.of("lr", Map.of("values", List.of((Object[])
                rates))));
    }

    @Test
    void runs_that_go_on_at_the_same_time_are_a_sweep_too() {
        try (FakePluto pluto = FakePluto.start()) {
            search("together").against(pluto).run();

            assertThat(pluto.runs()).hasSize(2);
            assertThat(sweepTags(pluto.run(1))).hasSize(1).isEqualTo(sweepTags(pluto.run(2)));
        }
    }

    @Test
    void one_run_alone_and_runs_with_equal_arguments_are_none() {
        try (FakePluto pluto = FakePluto.start()) {
            search("0.1", "0.1", "0.1").against(pluto).run();

            assertThat(pluto.runs()).hasSize(3);
            assertThat(allSweepTags(pluto)).containsOnly(List.of());
        }
    }

    @Test
    void runs_whose_arguments_are_not_captured_are_none_nor_where_it_is_switched_off() {
        try (FakePluto pluto = FakePluto.start()) {
            search("0.1", "0.2")
                    .env("PLUTO_CAPTURE_ARGUMENTS", "false")
                    .against(pluto)
                    .run();
            search("0.1", "0.2").env("PLUTO_SWEEP", "false").against(pluto).run();

            assertThat(pluto.runs()).hasSize(4);
            assertThat(allSweepTags(pluto)).containsOnly(List.of());
        }
    }

    @Test
    void a_sweep_that_the_user_names_stays_as_it_is() {
        try (FakePluto pluto = FakePluto.start()) {
            search("0.1", "0.2").env("PLUTO_TAGS", "sweep:mine").against(pluto).run();

            assertThat(allSweepTags(pluto)).containsExactly(List.of("sweep:mine"), List.of("sweep:mine"));
            assertThat(pluto.run(2).config()).doesNotContainKey("sweep");
        }
    }

    @Test
    void P6_what_is_recorded_offline_is_a_sweep_when_it_is_delivered() {
        Path directory = Directories.fresh();
        try (FakePluto pluto = FakePluto.start()) {
            search("0.1", "0.2", "0.3")
                    .env("PLUTO_MODE", "offline")
                    .directory(directory)
                    .against(pluto)
                    .run();
            Program.command("-jar", Program.agentJar().toString(), "sync", directory.toString())
                    .withoutAgent()
                    .against(pluto)
                    .run();

            assertThat(pluto.runs()).hasSize(3);
            // the first one had ended, and had no number on the server yet
            List<List<String>> tags =
                    allSweepTags(pluto).filter(its -> !its.isEmpty()).toList();
            assertThat(tags).hasSize(2);
            assertThat(tags.get(0)).isEqualTo(tags.get(1));
        }
    }
}

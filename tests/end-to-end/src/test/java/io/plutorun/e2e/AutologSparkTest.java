package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings with Spark ML, by stand-ins whose methods are declared as Spark's are: parameters, curves, metrics, and a tuner's table. */
class AutologSparkTest {

    private static final String SCALA_2_12 = "scala.collection.Seq";
    private static final String SCALA_2_13 = "scala.collection.immutable.Seq";
    private static final Path CLASSES = SparkTraining.standIns(SCALA_2_13);

    private static Program program(Path classes, String what) {
        return Program.of("Main", what)
                .classPath(classes)
                .env("PLUTO_METHODS", "Main#main")
                .env("PLUTO_SYSTEM_METRICS", "false");
    }

    @ParameterizedTest
    @ValueSource(strings = {SCALA_2_12, SCALA_2_13})
    void each_value_that_is_printed_is_on_the_page_and_the_program_is_as_it_was(String seq) {
        Path classes = SparkTraining.standIns(seq);
        Result without = program(classes, "all").withoutAgent().run();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(classes, "all").against(pluto).run();

            assertThat(result.stdout()).isEqualTo(without.stdout()).endsWith("finally\n");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            Map<String, Map<Long, Double>> printed = FrameworkTraining.series(SparkTraining.printed(result.stdout()));
            assertThat(printed.keySet()).contains("spark.2/Cost", "spark.5/fold1/point1/objectiveHistory");
            FrameworkTraining.assertHasExactly(pluto, printed);
            assertThat(result.agentLines()).hasSize(2);
            assertThat(pluto.run(1).tags()).contains("framework:spark");
        }
    }

    @Test
    void parameters_of_all_stages_are_config_with_what_an_algorithm_says_of_itself() {
        Map<?, ?> config = config();

        assertThat(config.get("spark.2"))
                .isEqualTo(Map.of("type", "KMeans", "maxIter", 3L, "clusterSizes", List.of(3L, 4L)));
        assertThat(config.get("spark.3"))
                .isEqualTo(Map.of("type", "LogisticRegression", "maxIter", 3L, "regParam", 0.5, "numFeatures", 2L));
        assertThat(config.get("spark.4"))
                .isEqualTo(Map.of(
                        "type",
                        "Pipeline",
                        "numFeatures",
                        2L,
                        "stages",
                        Map.of(
                                "stage0",
                                Map.of("type", "RegressionEvaluator", "metricName", "rmse"),
                                "stage1",
                                Map.of("type", "LogisticRegression", "maxIter", 3L, "regParam", 0L),
                                "stage2",
                                Map.of("type", "LogisticRegression", "maxIter", 2L, "regParam", 0L))));
    }

    @Test
    void the_first_training_tells_of_the_application_and_of_settings_that_are_not_defaults_and_no_secrets() {
        assertThat(training(config(), "spark"))
                .containsEntry("version", "3.9.9")
                .containsEntry("master", "spark://127.0.0.1:7077")
                .containsEntry("application_id", "app-1")
                .containsEntry("executors", 2L)
                .containsEntry("cores", 8L)
                .containsEntry("memory", "2048m")
                .containsEntry("settings", Map.of("spark.executor.cores", "4"));
    }

    @Test
    void a_tuner_has_a_table_of_its_grid_and_its_best_point_as_config() {
        try (FakePluto pluto = FakePluto.start()) {
            program(CLASSES, "all").against(pluto).run();

            assertThat(training(pluto.run(1).config(), "spark.5"))
                    .containsEntry("estimatorParamMaps", List.of(Map.of("regParam", 0.25), Map.of("regParam", 0.75)))
                    .containsEntry("best", Map.of("point", 0L, "regParam", 0.25, "rmse", 0.25));
            assertThat(pluto.ingested(1).tables("spark.5/avgMetrics"))
                    .singleElement()
                    .satisfies(table -> assertThat(table.data()).contains("point", "regParam", "rmse", "0.75", "2.25"));
        }
    }

    @Test
    void P5_a_cancel_on_the_page_reaches_an_iteration_that_an_algorithm_tells_of() {
        FrameworkTraining.assertCancelReachesTheLoop(
                program(CLASSES, "forever"), "spark/Cost", FrameworkTraining.CANCELLATION);
    }

    @Test
    void with_sweep_grid_each_point_of_a_tuner_is_a_run_of_one_sweep() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(CLASSES, "all")
                    .against(pluto)
                    .env("PLUTO_SWEEP", "grid")
                    .run();

            assertThat(result.agentLines()).hasSize(2);
            assertThat(pluto.runs()).hasSize(3).allMatch(run -> run.status() == RunStatus.COMPLETED);
            String tag = pluto.run(2).tags().get(0);
            assertThat(tag).startsWith("sweep:");
            assertThat(pluto.run(1).tags()).doesNotContain(tag);
            double[][] expected = {{0.25, 0.25}, {0.75, 2.25}};
            for (int point = 0; point < expected.length; point++) {
                String name = "Main.main point " + point;
                FakeRun run = pluto.runs().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow();
                assertThat(run.tags()).containsExactly(tag);
                assertThat(run.config())
                        .containsEntry("regParam", expected[point][0])
                        .containsEntry("point", (long) point)
                        .containsEntry(
                                "sweep",
                                Map.of(
                                        "id",
                                        tag.substring("sweep:".length()),
                                        "method",
                                        "grid",
                                        "metric",
                                        Map.of("name", "rmse", "goal", "minimize"),
                                        "parameters",
                                        Map.of("regParam", Map.of("values", List.of(0.25, 0.75)))));
                assertThat(pluto.series(run.id(), "rmse").values()).containsExactly(expected[point][1]);
            }
        }
    }

    @Test
    void P6_points_that_were_recorded_offline_are_delivered_by_sync() {
        Path directory = Directories.fresh();
        try (FakePluto pluto = FakePluto.start()) {
            program(CLASSES, "all")
                    .against(pluto)
                    .directory(directory)
                    .env("PLUTO_SWEEP", "grid")
                    .env("PLUTO_MODE", "offline")
                    .run();
            assertThat(pluto.exchanges()).isEmpty();

            assertThat(Outage.syncProgram(pluto, directory).run().exitCode()).isZero();
            assertThat(pluto.runs()).hasSize(3).allMatch(run -> run.status() == RunStatus.COMPLETED);
            assertThat(pluto.runs())
                    .filteredOn(run -> run.name().contains(" point "))
                    .hasSize(2)
                    .allMatch(run -> pluto.series(run.id(), "rmse").size() == 1);
        }
    }

    @Test
    void jobs_carry_the_runs_address_to_their_tasks_and_the_programs_own_properties_are_as_they_were() {
        Result without = program(CLASSES, "jobs").withoutAgent().run();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(CLASSES, "jobs").against(pluto).run();

            String externalId = pluto.run(1).externalId();
            String run = "pluto.external_id=" + externalId + ", pluto.project=pluto, pluto.run=1, pluto.training=";
            String tag = "spark.job.tags=pluto-run-1";
            assertThat(result.stdout())
                    .contains("job {" + run + ", " + tag + "}")
                    .contains("stage {" + run + ", spark.job.tags=mine,pluto-run-1}")
                    .contains("stage {" + run + ".2, spark.job.tags=mine,pluto-run-1}")
                    .contains("approximation {" + run + ", " + tag + "}");
            assertThat(result.stdout()
                            .replaceAll("pluto\\.[^}]*training=[.2]*, ", "")
                            .replace(",pluto-run-1", "")
                            .replace("{" + tag + "}", "{}"))
                    .isEqualTo(without.stdout());
            assertThat(result.agentLines()).hasSize(2);
        }
    }

    @Test
    void P5_a_cancel_on_the_page_cancels_the_jobs_that_go_on() {
        try (FakePluto pluto = FakePluto.start()) {
            Running running = program(CLASSES, "endless job")
                    .against(pluto)
                    .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                    .start();
            running.awaitThat(() -> running.stdout().contains("job {"), "its job is not submitted");
            pluto.cancel(1);
            Result result = running.await();

            assertThat(result.stderr()).contains("Job was cancelled by a tag");
            assertThat(result.stdout()).endsWith("finally\n");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.CANCELLED);
        }
    }

    /** Spark's own main class, which starts the program, or stands beside a process of Python's. */
    private static Program submitted(String... words) {
        Path submit = new Sources()
                .file("org/apache/spark/deploy/SparkSubmit.java", """
                        package org.apache.spark.deploy;

                        public class SparkSubmit {
                            public static void main(String[] args) throws Exception {
                                Class.forName("Main").getMethod("main", String[].class)
                                        .invoke(null, (Object) new String[] {"all"});
                            }
                        }
                        """)
                .compile();
        return Program.of("org.apache.spark.deploy.SparkSubmit", words)
                .classPath(CLASSES, submit)
                .env("PLUTO_AUTOLOG_START", "true")
                .env("PLUTO_SYSTEM_METRICS", "false");
    }

    @ParameterizedTest
    @CsvSource({
        "--class Main training.jar, Main",
        "--name PySparkShell pyspark-shell, pyspark-shell",
        "--master local /jobs/nightly.py 3, nightly"
    })
    void with_autolog_start_a_driver_has_one_run_which_is_called_as_the_program(String arguments, String name) {
        try (FakePluto pluto = FakePluto.start()) {
            submitted(arguments.split(" ", -1)).against(pluto).run();

            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).name()).isEqualTo(name);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.run(1).config()).containsKeys("spark", "spark.5");
        }
    }

    @Test
    void with_autolog_start_a_connect_server_has_no_run_and_one_line_says_so() {
        String server = "org.apache.spark.sql.connect.service.SparkConnectServer";
        try (FakePluto pluto = FakePluto.start()) {
            Result result = submitted("--class", server, "spark-internal")
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).endsWith("finally\n");
            assertThat(pluto.exchanges()).isEmpty();
            assertThat(result.agentLines()).singleElement().asString().contains("Spark Connect server");
        }
    }

    /** What one training has in config. */
    private static Map<String, Object> training(Map<?, ?> config, String name) {
        assertThat(config.get(name)).isInstanceOf(Map.class);
        Map<String, Object> training = new HashMap<>();
        if (config.get(name) instanceof Map<?, ?> its) {
            its.forEach((key, value) -> training.put(String.valueOf(key), value));
        }
        return training;
    }

    private static Map<?, ?> config() {
        try (FakePluto pluto = FakePluto.start()) {
            program(CLASSES, "all").against(pluto).run();
            return pluto.run(1).config();
        }
    }
}

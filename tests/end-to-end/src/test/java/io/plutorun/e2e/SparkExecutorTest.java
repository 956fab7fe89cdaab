package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** XGBoost trains in the tasks of a Spark executor, by stand-ins whose methods are declared as Spark's are: the run is the driver's. */
class SparkExecutorTest {

    private static final Path[] XGBOOST = Stream.of("xgboost-3.4.0", "xgboost", "scala-2.12")
            .flatMap(folder -> Stream.of(ThirdPartyJars.jars("autolog/" + folder)))
            .toArray(Path[]::new);
    private static final Path CLASSES = SparkTraining.executorStandIns(XGBOOST);
    private static final String LOSS = "xgboost/train-logloss";
    private static final String OF_RUN = " pluto.run=1 pluto.project=work pluto.external_id=job";

    private FakePluto pluto;
    private Path directory;

    @BeforeEach
    void driversRun() {
        pluto = FakePluto.start();
        pluto.seedRun("work", "training", run -> run.externalId("job"));
        directory = Directories.fresh();
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    /** @param tasks rounds, partition and properties of each */
    private Program executor(String... tasks) {
        return Program.of("org.apache.spark.executor.CoarseGrainedExecutorBackend", tasks)
                .classPath(XGBOOST)
                .alsoOnClassPath(CLASSES)
                .directory(directory)
                .against(pluto)
                .env("PLUTO_SYSTEM_METRICS", "false");
    }

    private int rounds(String series) {
        return pluto.series(1, series).size();
    }

    private Stream<String> metricNames() {
        return pluto.ingested(1).metricNames().stream().filter(name -> !name.contains("importance"));
    }

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void rounds_of_a_task_are_values_of_the_drivers_run_which_is_neither_started_nor_kept_alive_nor_ended(Jdk jdk) {
        Result result = executor("10 0" + OF_RUN).on(jdk).run();

        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(rounds(LOSS)).isEqualTo(10);
        assertThat(metricNames()).containsExactly(LOSS);
        assertThat(pluto.runs()).hasSize(1);
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(pluto.run(1).config()).isEmpty();
        assertThat(pluto.exchanges())
                .extracting(Exchange::path)
                .allMatch(path -> path.startsWith("/ingest/")
                        || path.startsWith("/api/runs/details/")
                        || path.startsWith("/api/runs/logName/"));
        assertThat(result.agentLines()).containsExactly("pluto: executor3 adds its values to run WOR-1");
    }

    @ParameterizedTest
    @CsvSource({
        "first, 1, ''",
        "all, 1, rank1/xgboost/train-logloss",
        "all, 0, xgboost/train-logloss",
        "none, 0, ''",
    })
    void the_first_partition_speaks_for_all_or_each_for_itself(String executors, int partition, String series) {
        Result result = executor("10 " + partition + OF_RUN)
                .env("PLUTO_EXECUTORS", executors)
                .run();

        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(metricNames()).containsExactlyElementsOf(series.isEmpty() ? List.of() : List.of(series));
    }

    @Test
    void P2_an_executor_whose_tasks_are_of_no_run_stays_idle() {
        Result result = executor("10 0 spark.app=x", "10 0").run();

        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(result.stdout()).isEqualTo("threads of the agent: []\n");
        assertThat(result.agentLines()).isEmpty();
        assertThat(pluto.exchanges()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void trainings_are_told_apart_as_the_driver_does_and_one_that_is_tried_again_has_the_same_names() {
        Result result = executor("4 0" + OF_RUN, "4 0" + OF_RUN + " pluto.training=.2/fold0", "6 0" + OF_RUN)
                .run();

        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(metricNames()).containsExactlyInAnyOrder(LOSS, "xgboost.2/fold0/train-logloss");
        assertThat(rounds(LOSS)).isEqualTo(6);
    }

    @Test
    void each_run_has_the_values_of_its_own_tasks() {
        pluto.seedRun("work", "other", run -> run.externalId("other"));
        Result result = executor("4 0" + OF_RUN, "5 0 pluto.run=2 pluto.project=work pluto.external_id=other", "6 0")
                .run();

        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(rounds(LOSS)).isEqualTo(4);
        assertThat(pluto.series(2, LOSS).size()).isEqualTo(5);
    }

    @Test
    void a_task_of_no_run_adds_nothing_to_the_run_that_the_executor_has_joined() {
        Result result = executor("4 0" + OF_RUN, "6 0").run();

        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(rounds(LOSS)).isEqualTo(4);
    }

    @Test
    void switched_off_it_records_nothing() {
        Result result = executor("4 0" + OF_RUN).env("PLUTO_MODE", "noop").run();

        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(pluto.exchanges()).isEmpty();
        assertThat(result.agentLines()).isEmpty();
    }

    @Test
    void a_run_that_has_ended_meanwhile_is_not_revived() {
        pluto.seedRun("work", "ended", run -> run.externalId("ended").status(RunStatus.COMPLETED));
        executor("4 0 pluto.run=2 pluto.project=work pluto.external_id=ended").run();

        assertThat(pluto.run(2).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(pluto.series(2, LOSS).size()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"pluto.project=work pluto.external_id=another", "pluto.project=elsewhere"})
    void a_run_of_the_same_number_on_another_server_gets_nothing(String properties) {
        Result result = executor("4 0 pluto.run=1 " + properties).run();

        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(metricNames()).isEmpty();
        assertThat(result.agentLines()).singleElement().asString().contains("run 1 of this server is another run");
    }

    @Test
    void a_task_that_spark_kills_ends_at_the_end_of_a_round() {
        Result result = executor("100000000 0" + OF_RUN + " killed").run();

        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(result.stdout()).startsWith("ended: pluto: Spark has ended this task\n");
    }

    @Test
    void what_an_executor_could_not_send_is_delivered_by_sync_and_the_run_is_as_it_was() {
        Running executor =
                executor("10 0" + OF_RUN, "hold").env("PLUTO_MODE", "offline").start();
        executor.awaitWords("holding");
        executor.kill();
        executor.await();
        assertThat(pluto.exchanges()).isEmpty();

        Result sync = Outage.syncProgram(pluto, directory).run();

        assertThat(sync.exitCode()).as(sync.stderr()).isZero();
        assertThat(rounds(LOSS)).isEqualTo(10);
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(pluto.exchanges("/api/runs/resume")).isEmpty();
    }
}

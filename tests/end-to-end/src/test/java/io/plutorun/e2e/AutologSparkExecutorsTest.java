package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spark with two executors, which are JVMs of their own: what they compute is on the page of the driver's one run. */
@Tag("compat")
@Execution(ExecutionMode.SAME_THREAD) // each has three JVMs
class AutologSparkExecutorsTest {

    private static final String CLUSTER = "local-cluster[2,1,1024]";

    /** More than a machine that has nothing else to do trains before a test has looked. */
    private static final String ROUNDS = "10000";

    private static final String ROUND = "xgboost/eval-logloss";
    private static final String HISTORY = "spark/validationObjectiveHistory/eval";

    /** Three JVMs start, and Spark's own first job takes most of it. */
    private static final Duration START = Await.LONG.multipliedBy(3);

    private static final Pattern EXECUTOR = Pattern.compile("sys/executor(\\d+)\\..*");

    static Stream<String> sparks() {
        return Stream.of("3.5", "4.0");
    }

    /** An installation, as Spark looks for its jars in one when it starts executors. */
    private static Path home(String folder) {
        Path home = Directories.fresh();
        try {
            Files.createSymbolicLink(home.resolve("jars"), SparkTraining.jars(folder)[0].getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return home;
    }

    private static Program trained(String folder, boolean agentInExecutors, String... arguments) {
        Program program = SparkTraining.submitted(folder, "SparkXGBoostTraining", CLUSTER, arguments)
                .env("SPARK_HOME", home(folder).toString())
                .env("SPARK_SCALA_VERSION", folder.equals("3.5") ? "2.12" : "2.13")
                .env("PLUTO_SYSTEM_METRICS", "true")
                .env("PLUTO_SYSTEM_METRICS_INTERVAL", "1s")
                .property("spark.executor.memory", "768m");
        return agentInExecutors
                ? program.property("spark.executor.extraJavaOptions", "-javaagent:" + Program.agentJar())
                : program;
    }

    @ParameterizedTest
    @MethodSource("sparks")
    void rounds_of_executors_are_on_the_drivers_one_run_while_it_trains(String folder) {
        try (FakePluto pluto = FakePluto.start()) {
            Running running =
                    trained(folder, true, ROUNDS, "400").against(pluto).start();
            awaitRounds(pluto);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
            assertThat(pluto.ingested(1).metricNames()).doesNotContain("spark/trainObjectiveHistory");
            Result result = running.await();

            assertThat(result.exitCode()).as(result.stderr()).isZero();
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            Map<Long, Double> live = FrameworkTraining.series(pluto, ROUND);
            Map<Long, Double> history = FrameworkTraining.series(pluto, HISTORY);
            assertThat(live).hasSize(Integer.parseInt(ROUNDS));
            assertThat(history).hasSize(Integer.parseInt(ROUNDS));
            history.forEach((round, value) -> assertThat(live.get(round))
                    .isNotNull()
                    .satisfies(seen -> assertThat(seen.floatValue()).isEqualTo(value.floatValue())));
            assertThat(pluto.ingested(1).metricNames().stream()
                            .filter(name -> EXECUTOR.matcher(name).matches())
                            .map(name -> EXECUTOR.matcher(name).replaceFirst("$1")))
                    .contains("0", "1");
        }
    }

    @ParameterizedTest
    @MethodSource("sparks")
    void without_the_agent_in_executors_the_history_is_there_at_the_end(String folder) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result =
                    trained(folder, false, "20", "400").against(pluto).start().await();

            assertThat(result.exitCode()).as(result.stderr()).isZero();
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(FrameworkTraining.series(pluto, HISTORY)).hasSize(20);
            assertThat(pluto.ingested(1).metricNames())
                    .noneMatch(name -> name.startsWith("xgboost"))
                    .noneMatch(name -> EXECUTOR.matcher(name).matches());
        }
    }

    @ParameterizedTest
    @MethodSource("sparks")
    void the_run_goes_on_where_an_executor_is_killed(String folder) {
        try (FakePluto pluto = FakePluto.start()) {
            Running running =
                    trained(folder, true, ROUNDS, "400").against(pluto).start();
            awaitRounds(pluto);
            ProcessHandle executor = ProcessHandle.of(running.pid())
                    .orElseThrow()
                    .descendants()
                    .filter(child -> child.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                    .findFirst()
                    .orElseThrow();
            executor.destroyForcibly();
            executor.onExit().join();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
            Result result = running.await();

            assertThat(result.exitCode()).as(result.stderr()).isZero();
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(FrameworkTraining.series(pluto, ROUND)).hasSize(Integer.parseInt(ROUNDS));
        }
    }

    @ParameterizedTest
    @MethodSource("sparks")
    void P5_a_cancel_on_the_page_ends_what_the_executors_do(String folder) {
        try (FakePluto pluto = FakePluto.start()) {
            Running running = trained(folder, true, "10000000", "400")
                    .against(pluto)
                    .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                    .start();
            awaitRounds(pluto);
            pluto.cancel(1);
            Result result = running.await();

            assertThat(result.exitCode()).isNotZero();
            assertThat(result.stdout()).endsWith("finally\n");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.CANCELLED);
        }
    }

    private static void awaitRounds(FakePluto pluto) {
        pluto.await(now -> !now.runs().isEmpty() && now.series(1, ROUND).size() > 20, START);
    }
}

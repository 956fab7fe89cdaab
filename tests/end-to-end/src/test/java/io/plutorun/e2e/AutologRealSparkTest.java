package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.FrameworkTraining.Printed;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Spark as its {@code spark-submit} starts it, with local threads: what its models' own summaries have is on the page. */
@Tag("compat")
class AutologRealSparkTest {

    private static final Pattern COST = Pattern.compile(".*\\{\"Cost@iter=(\\d+)\":\"(.*)\"}.*");
    private static final Pattern ROW = Pattern.compile("row (\\d+) (\\S+) (\\S+) (\\S+)");

    /** The newest JDK that Spark 4.0 runs on. */
    private static final int NEWEST_OF_4_0 = 21;

    /** Each Spark on the JDKs that it runs on, of those that are here: by the folder of its jars, and its version. */
    static Stream<Arguments> sparks() {
        return Stream.concat(
                Stream.of(Arguments.of("3.5", "3.5.9", Jdk.current())),
                Jdk.all().stream()
                        .filter(jdk -> jdk.feature() <= NEWEST_OF_4_0)
                        .map(jdk -> Arguments.of("4.0", "4.0.1", jdk)));
    }

    @ParameterizedTest
    @MethodSource("sparks")
    void each_value_of_the_models_summaries_is_on_the_page_and_the_program_is_as_it_was(
            String folder, String version, Jdk jdk) {
        Result without = SparkTraining.submitted(folder, "SparkTraining", "local[1]", "all")
                .on(jdk)
                .withoutAgent()
                .run();
        assertThat(without.exitCode()).as(without.stderr()).isZero();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = SparkTraining.submitted(folder, "SparkTraining", "local[1]", "all")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo(without.stdout()).endsWith("finally\n");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            List<Printed> printed = new ArrayList<>(SparkTraining.printed(result.stdout()));
            printed.addAll(costs(result.stderr()));
            assertThat(printed).hasSizeGreaterThan(80);
            FrameworkTraining.assertHasExactly(pluto, FrameworkTraining.series(printed));
            assertHasRows(pluto, result.stdout());
            assertThat(result.agentLines()).hasSize(2);
            PageShapes.assertFit(pluto.run(1));
            assertHasLibraries(PageShapes.requirements(pluto.run(1)), SparkTraining.jars(folder));
            assertThat(pluto.run(1).tags()).contains("framework:spark");
            Map<?, ?> config = pluto.run(1).config();
            assertThat(config.toString()).contains("frameworks={spark=" + version + "}");
            assertThat(String.valueOf(config.get("spark")))
                    .contains("type=LogisticRegression", "maxIter=8", "regParam=0.01", "numFeatures=2")
                    .contains("version=" + version, "master=local[1]", "spark.sql.shuffle.partitions=2");
            assertThat(String.valueOf(config.get("spark.4"))).contains("type=GBTClassifier", "maxDepth=5");
            assertThat(String.valueOf(config.get("spark.5")))
                    .contains("type=Pipeline", "stage1={type=StandardScaler, ", "stage2={", "featuresCol=scaled");
            assertThat(String.valueOf(config.get("spark.6")))
                    .contains("type=CrossValidator", "numFolds=2", "parallelism=2", "metricName=areaUnderROC")
                    .contains("best={");
        }
    }

    /** {@code group:artifact==version} for each jar, which is called as the artifact and its version. */
    private static void assertHasLibraries(List<String> requirements, Path[] jars) {
        List<String> names = requirements.stream()
                .map(library -> library.substring(library.indexOf(':') + 1).replace("==", "-"))
                .toList();
        for (Path jar : jars) {
            String file = jar.getFileName().toString();
            assertThat(names).as(file).anyMatch(file::startsWith);
        }
    }

    /** What Spark itself logs of the iterations of its one k-means. */
    private static List<Printed> costs(String log) {
        List<Printed> costs = new ArrayList<>();
        for (String line : log.lines().toList()) {
            Matcher cost = COST.matcher(line);
            if (cost.matches()) {
                costs.add(
                        new Printed("spark.2/Cost", Long.parseLong(cost.group(1)), Double.parseDouble(cost.group(2))));
            }
        }
        assertThat(costs).isNotEmpty();
        return costs;
    }

    /** The tuners' tables have each point's parameters and metric, as the tuned models have them. */
    private static void assertHasRows(FakePluto pluto, String stdout) {
        String training = "";
        for (String line : stdout.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (line.startsWith("== ")) {
                training = line.substring(3);
            } else if (row.matches()) {
                String name = training + (training.equals("spark.6") ? "/avgMetrics" : "/validationMetrics");
                boolean hasIntercept = !row.group(3).equals("null");
                assertThat(pluto.ingested(1).tables(name))
                        .singleElement()
                        .satisfies(table -> assertThat(table.data().replace(" ", ""))
                                .contains("[" + row.group(1) + "," + (hasIntercept ? row.group(3) + "," : "")
                                        + row.group(2) + "," + row.group(4) + "]"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sparks")
    void xgboost_on_spark_has_its_rounds_once_and_its_models_history(String folder, String version, Jdk jdk) {
        String[] rounds = {"6", "400"};
        Result without = FrameworkTraining.assumeItsLibraryLoads(
                SparkTraining.submitted(folder, "SparkXGBoostTraining", "local[2]", rounds)
                        .on(jdk)
                        .withoutAgent()
                        .run());
        try (FakePluto pluto = FakePluto.start()) {
            Result result = SparkTraining.submitted(folder, "SparkXGBoostTraining", "local[2]", rounds)
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo(without.stdout()).endsWith("finally\n");
            Map<String, Map<Long, Double>> printed = FrameworkTraining.series(SparkTraining.printed(result.stdout()));
            assertThat(printed.keySet())
                    .containsExactly("spark/trainObjectiveHistory", "spark/validationObjectiveHistory/eval");
            printed.forEach((name, values) -> FrameworkTraining.series(pluto, name)
                    .forEach((round, value) -> assertThat(value.floatValue())
                            .as(name)
                            .isEqualTo(Objects.requireNonNull(values.get(round)).floatValue())));
            assertThat(pluto.ingested(1).metricNames())
                    .contains("spark/trainObjectiveHistory", "xgboost/train-logloss", "xgboost/eval-logloss")
                    .noneMatch(name -> name.startsWith("xgboost.2"));
            assertThat(FrameworkTraining.series(pluto, "xgboost/eval-logloss")).hasSize(6);
            assertThat(String.valueOf(pluto.run(1).config().get("spark")))
                    .contains("type=XGBoostClassifier", "numWorkers=2", "max_depth=3", "version=" + version);
        }
    }

    /** An interrupt ends the wait for a job of Spark's; else the cancel is met at the next iteration. */
    @ParameterizedTest
    @MethodSource("sparks")
    void P5_a_cancel_on_the_page_reaches_the_loop(String folder, String version, Jdk jdk) {
        FrameworkTraining.assertCancelReachesTheLoop(
                SparkTraining.submitted(folder, "SparkTraining", "local[1]", "forever")
                        .on(jdk),
                "spark/logLikelihood",
                FrameworkTraining.CANCELLATION,
                InterruptedException.class.getName());
    }
}

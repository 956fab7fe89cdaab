package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training with XGBoost4J, in which nothing is tracked, has its parameters and its curves: what XGBoost itself prints. */
class AutologXGBoostTest {

    private static final String NEWEST = "3.4.0";
    private static final String OLDEST = "1.7.3";

    /** As XGBoost prints it: the time of day comes first, or nothing. */
    private static final Pattern ROUND = Pattern.compile("^(?:\\[[0-9:]{8}] )?(?:\\[(\\d+)])?(\t.*:.*)$");

    private static final String JAVA = "XGBoostTraining";
    private static final String SCALA = "XGBoostScalaTraining";

    /** Its source calls one of the two APIs. */
    private static FrameworkTraining training(String source, String version) {
        return FrameworkTraining.of(source, "xgboost-" + version, "xgboost", "scala-2.12");
    }

    private static Result without(String source, String version, String what) {
        return FrameworkTraining.assumeItsLibraryLoads(
                training(source, version).program(what).withoutAgent().run());
    }

    static Stream<Arguments> versionsAndJdks() {
        return Stream.concat(
                Jdk.all().stream().map(jdk -> Arguments.of(JAVA, NEWEST, jdk)),
                Stream.of(
                        Arguments.of(JAVA, OLDEST, Jdk.current()),
                        Arguments.of(SCALA, NEWEST, Jdk.current()),
                        Arguments.of(SCALA, OLDEST, Jdk.current())));
    }

    @ParameterizedTest
    @MethodSource("versionsAndJdks")
    void each_value_that_xgboost_prints_is_on_the_page_and_the_program_is_as_it_was(
            String source, String version, Jdk jdk) {
        Result without = without(source, version, "all");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = training(source, version)
                    .program("all")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(comparable(result.stdout())).isEqualTo(comparable(without.stdout()));
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            Map<String, Map<Long, Double>> printed = printed(result.stdout()); // by the program
            printed.putAll(printed(result.stderr())); // by XGBoost
            assertThat(printed).hasSize(7);
            printed.forEach((name, values) ->
                    assertThat(FrameworkTraining.series(pluto, name)).as(name).containsExactlyEntriesOf(values));
            assertThat(pluto.ingested(1).metricNames())
                    .filteredOn(name -> !name.startsWith("importance"))
                    .containsExactlyInAnyOrderElementsOf(printed.keySet());
            assertThat(FrameworkTraining.series(pluto, "importance/f0")).hasSize(1);
            assertThat(result.agentLines()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, SCALA})
    void what_it_was_given_and_the_best_round_are_config(String source) {
        without(source, NEWEST, "all");
        try (FakePluto pluto = FakePluto.start()) {
            training(source, NEWEST).program("all").against(pluto).run();

            assertThat(pluto.run(1).tags()).contains("framework:xgboost");
            assertThat(pluto.run(1).config().toString())
                    .contains("eta=0.3", "max_depth=3", "objective=binary:logistic", "num_round=10")
                    .contains("watches=[train, te-st]", "best_iteration=9", "frameworks={xgboost=" + NEWEST + "}")
                    .contains("custom_metric=autolog." + source + "$ShareOfRows", "nfold=3");
        }
    }

    @Test
    void nothing_is_recorded_where_it_is_switched_off() {
        Result without = without(JAVA, NEWEST, "train");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = training(JAVA, NEWEST)
                    .program("train")
                    .against(pluto)
                    .env("PLUTO_AUTOLOG", "false")
                    .run();

            assertThat(comparable(result.stdout())).isEqualTo(comparable(without.stdout()));
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.ingested(1).metricNames()).isEmpty();
            assertThat(pluto.run(1).tags()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, SCALA})
    void P5_a_cancel_on_the_page_reaches_the_loop(String source) {
        without(source, NEWEST, "all");

        training(source, NEWEST).assertCancelReachesTheLoop("xgboost/train-logloss", FrameworkTraining.CANCELLATION);
    }

    /** By name, from step to value: what stands below a line {@code == name} belongs to that training. */
    private static Map<String, Map<Long, Double>> printed(String text) {
        Map<String, Map<Long, Double>> printed = new LinkedHashMap<>();
        String training = "";
        for (String line : text.lines().toList()) {
            Matcher round = ROUND.matcher(line);
            if (line.startsWith("== ")) {
                training = line.substring(3);
            } else if (round.matches()) {
                for (String part : round.group(2).strip().split("\t", -1)) {
                    int colon = part.lastIndexOf(':');
                    Map<Long, Double> values = printed.computeIfAbsent(
                            training + "/" + part.substring(0, colon), first -> new LinkedHashMap<>());
                    String step = round.group(1);
                    values.put(
                            step == null ? values.size() : Long.parseLong(step),
                            Double.valueOf(part.substring(colon + 1)));
                }
            }
        }
        return printed;
    }

    /** Without the time of day, and without the folds of a cross-validation, which XGBoost draws by chance. */
    private static String comparable(String stdout) {
        return stdout.replaceAll("(?m)^\\[[0-9:]{8}] ", "").replaceAll("(?m)^.*\tcv-.*$", "cv");
    }
}

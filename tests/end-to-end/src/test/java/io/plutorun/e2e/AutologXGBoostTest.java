package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** A training with XGBoost4J, in which nothing is tracked, has its parameters and its curves: what XGBoost itself prints. */
class AutologXGBoostTest {

    private static final String NEWEST = "3.4.0";
    private static final String OLDEST = "1.7.3";

    /** As XGBoost prints it: the time of day comes first, or nothing. */
    private static final Pattern ROUND = Pattern.compile("^(?:\\[[0-9:]{8}] )?(?:\\[(\\d+)])?(\t.*:.*)$");

    private static FrameworkTraining training(String version) {
        return FrameworkTraining.of("XGBoostTraining", "xgboost-" + version, "xgboost");
    }

    /** XGBoost's native library needs one of the system's, which a machine may lack. */
    private static Result without(String version, String what) {
        Result result = training(version).program(what).withoutAgent().run();
        assumeTrue(
                !result.stderr().contains("UnsatisfiedLinkError"),
                "XGBoost's own library can't be loaded on this machine");
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        return result;
    }

    static Stream<Arguments> versionsAndJdks() {
        return Stream.concat(
                Jdk.all().stream().map(jdk -> Arguments.of(NEWEST, jdk)),
                Stream.of(Arguments.of(OLDEST, Jdk.current())));
    }

    @ParameterizedTest
    @MethodSource("versionsAndJdks")
    void each_value_that_xgboost_prints_is_on_the_page_and_the_program_is_as_it_was(String version, Jdk jdk) {
        Result without = without(version, "all");
        try (FakePluto pluto = FakePluto.start()) {
            Result result =
                    training(version).program("all").on(jdk).against(pluto).run();

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

    @Test
    void what_it_was_given_and_the_best_round_are_config() {
        without(NEWEST, "train");
        try (FakePluto pluto = FakePluto.start()) {
            training(NEWEST).program("train").against(pluto).run();

            assertThat(pluto.run(1).tags()).contains("framework:xgboost");
            assertThat(pluto.run(1).config().toString())
                    .contains("eta=0.3", "max_depth=3", "objective=binary:logistic", "num_round=10")
                    .contains("watches=[train, te-st]", "best_iteration=9", "frameworks={xgboost=" + NEWEST + "}");
        }
    }

    @Test
    void nothing_is_recorded_where_it_is_switched_off() {
        Result without = without(NEWEST, "train");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = training(NEWEST)
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

    @Test
    void P5_a_cancel_on_the_page_reaches_the_loop() {
        without(NEWEST, "train");

        training(NEWEST).assertCancelReachesTheLoop("xgboost/train-logloss", FrameworkTraining.CANCELLATION);
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

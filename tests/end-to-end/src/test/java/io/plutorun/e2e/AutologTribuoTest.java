package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.FrameworkTraining.Printed;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A training with Tribuo, in which nothing is tracked, has its parameters, its losses as Tribuo logs them, and its metrics. */
class AutologTribuoTest {

    private static final String NEWEST = "4.3.2";
    private static final String OLDEST = "4.1.0";

    private static final Pattern LOSS = Pattern.compile("At iteration (\\d+), average loss = (.*)");
    private static final Pattern METRIC = Pattern.compile("(M[A-Z]+/\\w+) = (.*)");

    private static FrameworkTraining training(String version) {
        return FrameworkTraining.of("TribuoTraining", "tribuo-" + version);
    }

    static Stream<Arguments> versionsAndJdks() {
        return Stream.concat(
                Jdk.all().stream().map(jdk -> Arguments.of(NEWEST, jdk)),
                Stream.of(Arguments.of(OLDEST, Jdk.current())));
    }

    @ParameterizedTest
    @MethodSource("versionsAndJdks")
    void each_loss_that_tribuo_logs_and_each_metric_is_on_the_page_and_the_program_is_as_it_was(
            String version, Jdk jdk) {
        Result without = training(version).withoutAgent("all");
        try (FakePluto pluto = FakePluto.start()) {
            Result result =
                    training(version).program("all").on(jdk).against(pluto).run();

            assertThat(result.stdout()).isEqualTo(without.stdout());
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            Map<String, Map<Long, Double>> printed = FrameworkTraining.series(printed(result.stdout()));
            assertThat(printed)
                    .containsKeys(
                            "tribuo/average loss",
                            "tribuo.2/average loss",
                            "tribuo.3/average loss",
                            "tribuo.4/MACRO/F1")
                    .doesNotContainKey("tribuo.4/average loss");
            FrameworkTraining.assertHasExactly(pluto, printed);
            assertThat(pluto.ingested(1).tables("tribuo/outputs")).hasSize(2);
            assertThat(result.agentLines()).hasSize(2);
        }
    }

    @Test
    void the_trainers_provenance_and_that_of_the_data_are_config() {
        try (FakePluto pluto = FakePluto.start()) {
            training(NEWEST).program("all").against(pluto).run();

            assertThat(pluto.run(1).tags()).contains("framework:tribuo");
            Map<?, ?> config = pluto.run(1).config();
            assertThat(config.toString()).contains("frameworks={tribuo=" + NEWEST + "}");
            assertThat(String.valueOf(config.get("tribuo")))
                    .contains("epochs=5", "minibatchSize=1", "seed=42", "initialLearningRate=0.5")
                    .contains("class-name=org.tribuo.classification.sgd.linear.LinearSGDTrainer")
                    .contains("num-examples=203", "num-outputs=3");
            assertThat(String.valueOf(config.get("tribuo.2"))).contains("minibatchSize=7");
            assertThat(String.valueOf(config.get("tribuo.4")))
                    .contains("class-name=org.tribuo.ensemble.BaggingTrainer", "numMembers=3", "epochs=2");
        }
    }

    @Test
    void nothing_is_recorded_where_it_is_switched_off() {
        try (FakePluto pluto = FakePluto.start()) {
            training(NEWEST)
                    .program("train")
                    .against(pluto)
                    .env("PLUTO_AUTOLOG", "xgboost")
                    .run();

            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.ingested(1).metricNames()).isEmpty();
        }
    }

    @Test
    void P5_a_cancel_on_the_page_reaches_the_loop() {
        training(NEWEST).assertCancelReachesTheLoop("tribuo/average loss", FrameworkTraining.CANCELLATION);
    }

    /** What stands below a line {@code == name} belongs to that training. */
    private static List<Printed> printed(String stdout) {
        List<Printed> printed = new ArrayList<>();
        String training = "";
        for (String line : stdout.lines().toList()) {
            Matcher loss = LOSS.matcher(line);
            Matcher metric = METRIC.matcher(line);
            if (line.startsWith("== ")) {
                training = line.substring(3);
            } else if (loss.matches() && !training.equals("none")) {
                printed.add(new Printed(
                        training + "/average loss", Long.parseLong(loss.group(1)), Double.parseDouble(loss.group(2))));
            } else if (metric.matches()) {
                printed.add(new Printed(training + "/" + metric.group(1), -1, Double.parseDouble(metric.group(2))));
            }
        }
        return printed;
    }
}

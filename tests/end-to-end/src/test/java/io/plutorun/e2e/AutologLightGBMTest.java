package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plutorun.e2e.FrameworkTraining.Printed;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training with LightGBM4j, in which nothing is tracked, has its parameters, the values that it asks for, and what features contribute. */
class AutologLightGBMTest {

    private static final String NEWEST = "4.3.0-1";
    private static final String OLDEST = "3.3.2-5";

    private static final Pattern VALUE = Pattern.compile("(?:(\\d+) |gain )(.*) = (.*)");

    /** Its native library needs one of the system's, which a machine may lack. */
    @BeforeAll
    static void needs_the_library_of_openmp() {
        Result result = training(NEWEST).program("all").withoutAgent().run();
        assumeTrue(
                !result.stderr().contains("UnsatisfiedLinkError"),
                "LightGBM's own library can't be loaded on this machine");
    }

    private static FrameworkTraining training(String version) {
        return FrameworkTraining.of("LightGBMTraining", "lightgbm-" + version, "slf4j");
    }

    @ParameterizedTest
    @ValueSource(strings = {OLDEST, NEWEST})
    void each_value_that_is_printed_is_on_the_page_and_the_program_is_as_it_was(String version) {
        Result without = training(version).withoutAgent("all");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = training(version).program("all").against(pluto).run();

            assertThat(result.stdout()).isEqualTo(without.stdout());
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            Map<String, Map<Long, Double>> printed = FrameworkTraining.series(printed(result.stdout()));
            assertThat(printed.keySet())
                    .contains("lightgbm/training/auc", "lightgbm.2/valid_1/binary_logloss", "importance/Column_0");
            FrameworkTraining.assertHasExactly(pluto, printed);
            assertThat(result.agentLines()).hasSize(2);
            assertThat(pluto.run(1).tags()).contains("framework:lightgbm");
            Map<?, ?> config = pluto.run(1).config();
            assertThat(config.toString()).contains("frameworks={lightgbm=" + version + "}");
            assertThat(String.valueOf(config.get("lightgbm")))
                    .contains("objective=binary", "metric=binary_logloss,auc", "learning_rate=0.3", "num_leaves=7");
        }
    }

    @Test
    void P5_a_cancel_on_the_page_reaches_the_loop() {
        training(NEWEST).assertCancelReachesTheLoop("lightgbm/training/auc", FrameworkTraining.CANCELLATION);
    }

    /** What stands below a line {@code == name} belongs to that training; a feature without any gain has no value. */
    private static List<Printed> printed(String stdout) {
        List<Printed> printed = new ArrayList<>();
        String training = "";
        for (String line : stdout.lines().toList()) {
            Matcher value = VALUE.matcher(line);
            if (line.startsWith("== ")) {
                training = line.substring(3);
            } else if (value.matches()) {
                double number = Double.parseDouble(value.group(3));
                if (value.group(1) != null) {
                    printed.add(new Printed(training + "/" + value.group(2), Long.parseLong(value.group(1)), number));
                } else if (number > 0) {
                    printed.add(
                            new Printed(training.replace("lightgbm", "importance") + "/" + value.group(2), 0, number));
                }
            }
        }
        return printed;
    }
}

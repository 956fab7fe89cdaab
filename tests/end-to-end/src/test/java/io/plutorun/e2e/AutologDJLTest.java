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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DJL's trainer, in a program in which nothing is tracked: what its listeners have evaluated at the end of each epoch is on the page. */
class AutologDJLTest {

    private static final String NEWEST = "0.38.0";
    private static final String OLDEST = "0.28.0";

    private static final Pattern VALUE = Pattern.compile("(\\d+) (.*) = (.*)");

    private static FrameworkTraining training(String version) {
        return FrameworkTraining.of("DJLTraining", "djl-" + version, "djl", "slf4j");
    }

    @ParameterizedTest
    @ValueSource(strings = {OLDEST, NEWEST})
    void each_value_that_is_printed_is_on_the_page_and_the_program_is_as_it_was(String version) {
        Result without = training(version).withoutAgent("all");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = training(version).program("all").against(pluto).run();

            assertThat(sorted(result.stdout())).isEqualTo(sorted(without.stdout()));
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            Map<String, Map<Long, Double>> printed = FrameworkTraining.series(printed(result.stdout()));
            assertThat(printed.keySet()).contains("djl/train_loss", "djl/validate_Accuracy", "djl.2/train_loss");
            FrameworkTraining.assertHasExactly(pluto, printed);
            assertThat(result.agentLines()).hasSize(2);
            assertThat(pluto.run(1).tags()).contains("framework:djl");
            Map<?, ?> config = pluto.run(1).config();
            assertThat(config.toString()).contains("frameworks={djl=" + version + "}");
            assertThat(String.valueOf(config.get("djl")))
                    .contains("loss=CountedLoss", "evaluators=[Accuracy, CountedLoss]", "devices=[cpu()]")
                    .contains("batch_size=32");
        }
    }

    @Test
    void P5_a_cancel_on_the_page_reaches_the_loop() {
        training(NEWEST).assertCancelReachesTheLoop("djl/train_loss", FrameworkTraining.CANCELLATION);
    }

    /** DJL's map of evaluations has no order. */
    private static List<String> sorted(String stdout) {
        return stdout.lines().sorted().toList();
    }

    /** What stands below a line {@code == name} belongs to that training. DJL computes with floats. */
    private static List<Printed> printed(String stdout) {
        List<Printed> printed = new ArrayList<>();
        String training = "";
        for (String line : stdout.lines().toList()) {
            Matcher value = VALUE.matcher(line);
            if (line.startsWith("== ")) {
                training = line.substring(3);
            } else if (value.matches()) {
                printed.add(new Printed(
                        training + "/" + value.group(2),
                        Long.parseLong(value.group(1)),
                        Float.parseFloat(value.group(3))));
            }
        }
        return printed;
    }
}

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

/** A training with OpenNLP, in which nothing is tracked, has its parameters and the measure of each iteration: what OpenNLP logs. */
class AutologOpenNLPTest {

    private static final String NEWEST = "2.5.11";
    private static final String OLDEST = "2.5.5";

    private static final Pattern VALUE =
            Pattern.compile(".*DefaultTrainingProgressMonitor - (\\d+): \\((\\d+)/(\\d+)\\) (.*) : (.*)");

    private static FrameworkTraining training(String version) {
        return FrameworkTraining.of("OpenNLPTraining", "opennlp-" + version, "slf4j");
    }

    @ParameterizedTest
    @ValueSource(strings = {OLDEST, NEWEST})
    void each_value_that_is_printed_is_on_the_page_and_the_program_is_as_it_was(String version) {
        Result without = training(version).withoutAgent("all");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = training(version).program("all").against(pluto).run();

            assertThat(withoutTimes(result.stdout())).isEqualTo(withoutTimes(without.stdout()));
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            Map<String, Map<Long, Double>> printed = FrameworkTraining.series(printed(result.stdout()));
            assertThat(printed.keySet()).contains("opennlp/Log Likelihood", "opennlp.2/Training Accuracy");
            FrameworkTraining.assertHasExactly(pluto, printed);
            assertThat(result.agentLines()).hasSize(2);
            assertThat(pluto.run(1).tags()).contains("framework:opennlp");
            Map<?, ?> config = pluto.run(1).config();
            assertThat(config.toString()).contains("frameworks={opennlp=" + version + "}");
            assertThat(String.valueOf(config.get("opennlp")))
                    .contains("Algorithm=MAXENT", "Iterations=12", "Cutoff=1", "GISTrainer");
            assertThat(String.valueOf(config.get("opennlp.2"))).contains("Algorithm=PERCEPTRON", "Iterations=8");
        }
    }

    @Test
    void P5_a_cancel_on_the_page_reaches_the_loop() {
        // its own loop may meet the interrupt first
        training(NEWEST)
                .assertCancelReachesTheLoop(
                        "opennlp/Log Likelihood", FrameworkTraining.CANCELLATION, "Interruption is not supported");
    }

    private static String withoutTimes(String stdout) {
        return stdout.replaceAll("in [0-9.,]+ s", "in some seconds");
    }

    /** What stands below a line {@code == name} belongs to that training. OpenNLP prints the accuracy as a fraction, too. */
    private static List<Printed> printed(String stdout) {
        List<Printed> printed = new ArrayList<>();
        String training = "";
        for (String line : stdout.lines().toList()) {
            Matcher value = VALUE.matcher(line);
            if (line.startsWith("== ")) {
                training = line.substring(3);
            } else if (value.matches()) {
                long iteration = Long.parseLong(value.group(1));
                double correct = Double.parseDouble(value.group(2)) / Double.parseDouble(value.group(3));
                printed.add(
                        new Printed(training + "/" + value.group(4), iteration, Double.parseDouble(value.group(5))));
                printed.add(new Printed(training + "/Training Accuracy", iteration, correct));
            }
        }
        return printed;
    }
}

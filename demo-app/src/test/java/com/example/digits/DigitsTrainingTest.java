package com.example.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The data is complete, and a training learns from it. */
class DigitsTrainingTest {

    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");
    private static Digits digits;

    @BeforeAll
    static void split() throws IOException {
        TRIBUO.setLevel(Level.WARNING);
        digits = Digits.split(Digits.load(), 1998);
    }

    @Test
    void everyImageIsReadWithItsPixelsAndItsDigit() throws IOException {
        var images = Digits.load();

        assertThat(images).hasSize(1_797).allSatisfy(image -> {
            assertThat(image)
                    .hasSize(Digits.PIXELS)
                    .allSatisfy(pixel -> assertThat(pixel.getValue()).isBetween(0.0, 1.0));
        });
        Map<String, Integer> counts = new HashMap<>();
        images.forEach(image -> counts.merge(image.getOutput().getLabel(), 1, Integer::sum));
        assertThat(counts)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "0", 178, "1", 182, "2", 177, "3", 183, "4", 181, "5", 182, "6", 181, "7", 179, "8", 174, "9",
                        180));
    }

    @Test
    void everyImageIsInExactlyOnePartOfTheSplit() {
        assertThat(digits.training().size()
                        + digits.validation().size()
                        + digits.heldOut().size())
                .isEqualTo(1_797);
        assertThat(digits.training().getData())
                .doesNotContainAnyElementsOf(digits.validation().getData())
                .doesNotContainAnyElementsOf(digits.heldOut().getData());
        assertThat(digits.validation().getData())
                .doesNotContainAnyElementsOf(digits.heldOut().getData());
    }

    @Test
    void aShortTrainingRecognisesImagesThatItHasNotSeen() {
        var training = new DigitsTraining(digits);

        Trained trained = training.train("adagrad", 0.1, 5);

        assertThat(trained.validationAccuracy()).isGreaterThan(0.9);
        assertThat(training.evaluate(trained.runId(), trained.validationAccuracy(), trained.model()))
                .isGreaterThan(0.9);
    }

    @Test
    void trainingTwiceGivesTheSameAccuracy() {
        var training = new DigitsTraining(digits);

        assertThat(training.train("sgd", 0.1, 2).validationAccuracy())
                .isEqualTo(training.train("sgd", 0.1, 2).validationAccuracy());
    }

    @Test
    void withoutAgentATrainingHasNoRun() {
        assertThat(new DigitsTraining(digits).train("sgd", 0.1, 1).runId()).isEmpty();
    }
}

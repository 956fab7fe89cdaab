package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.FrameworkTraining.Printed;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DJL's trainer, in a program in which nothing is tracked: what its listeners have evaluated at the end of each epoch is on the page. */
class AutologDJLTest {

    private static final String NEWEST = "0.38.0";
    private static final String OLDEST = "0.28.0";

    /** The newest version whose PyTorch engine can be had. */
    private static final String PYTORCH = "0.36.0";

    private static final Pattern VALUE = Pattern.compile("(\\d+) (.*) = (.*)");

    private static FrameworkTraining training(String version) {
        return FrameworkTraining.of("DJLTraining", "djl-" + version, "djl", "slf4j");
    }

    /** DJL with an engine that computes: its native library is unpacked beside its jars. */
    private static FrameworkTraining onPyTorch() {
        Path natives = Path.of(System.getProperty("pluto.third-party"), "autolog", "natives");
        return FrameworkTraining.of("DJLPyTorchTraining", "djl-pytorch-" + PYTORCH, "djl", "slf4j")
                .jvmOptions("-Dai.djl.offline=true", "-DENGINE_CACHE_DIR=" + natives, "-DDJL_CACHE_DIR=" + natives);
    }

    @ParameterizedTest
    @ValueSource(strings = {OLDEST, NEWEST})
    void each_value_that_is_printed_is_on_the_page_and_the_program_is_as_it_was(String version) {
        assertThat(configWithPrintedValues(training(version), version)).contains("loss=CountedLoss");
    }

    @Tag("compat")
    @Test
    void each_value_that_pytorch_computes_is_on_the_page_and_the_program_is_as_it_was() {
        assertThat(configWithPrintedValues(onPyTorch(), PYTORCH)).contains("loss=SoftmaxCrossEntropyLoss", "epochs=4");
    }

    /** Runs a training that prints what it computes, and gives the config of its first fit. */
    private static String configWithPrintedValues(FrameworkTraining training, String version) {
        Result without = training.withoutAgent("all");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = training.program("all").against(pluto).run();

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
                    .contains("evaluators=[Accuracy, ", "devices=[cpu()]", "batch_size=32");
            return String.valueOf(config.get("djl"));
        }
    }

    @Test
    void P5_a_cancel_on_the_page_reaches_the_loop() {
        training(NEWEST).assertCancelReachesTheLoop("djl/train_loss", FrameworkTraining.CANCELLATION);
    }

    @Tag("compat")
    @Test
    void P5_a_cancel_on_the_page_reaches_the_loop_of_easy_train() {
        onPyTorch().assertCancelReachesTheLoop("djl/train_loss", FrameworkTraining.CANCELLATION);
    }

    /** DJL's map of evaluations has no order. */
    private static List<String> sorted(String stdout) {
        return stdout.lines().sorted().toList();
    }

    /** DJL computes with floats. */
    private static List<Printed> printed(String stdout) {
        return FrameworkTraining.printed(stdout, VALUE, Float::parseFloat);
    }
}

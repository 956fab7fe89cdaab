package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.FrameworkTraining.Printed;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training with DL4J, in which nothing is tracked, has its configuration and its curves: the scores that DL4J itself logs. */
class AutologDL4JTest {

    private static final String NEWEST = "1.0.0-M2.1";
    private static final String OLDEST = "0.9.1";

    private static final Pattern SCORE = Pattern.compile(".*Score at iteration (\\d+) is (.*)");

    /** DL4J's listener logs to stdout, and what DL4J tells of the machine is left out. */
    private static FrameworkTraining training(String version) {
        Path natives = Path.of(System.getProperty("pluto.third-party"), "autolog", "natives");
        return FrameworkTraining.of("DL4JTraining", "dl4j-" + version, "slf4j")
                .jvmOptions(
                        "-Dorg.bytedeco.javacpp.cachedir=" + natives,
                        "-Dorg.slf4j.simpleLogger.logFile=System.out",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.log.org.deeplearning4j.optimize.listeners=info");
    }

    @Tag("compat")
    @ParameterizedTest
    @ValueSource(strings = {OLDEST, NEWEST})
    void each_score_that_dl4j_logs_is_on_the_page_and_the_program_is_as_it_was(String version) {
        Result without = training(version).withoutAgent("all");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = training(version).program("all").against(pluto).run();

            assertThat(result.stdout()).isEqualTo(without.stdout()).contains("listener class");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertHasPrintedScores(pluto, result);
            assertThat(result.agentLines()).hasSize(2);
            assertThat(pluto.run(1).tags()).contains("framework:dl4j");
            Map<?, ?> config = pluto.run(1).config();
            assertThat(config.toString()).contains("frameworks={dl4j=" + version + "}");
            assertThat(String.valueOf(config.get("dl4j")))
                    .contains("model=MultiLayerNetwork", "num_layers=2", "num_params=67", "seed=12")
                    .contains("updater=Sgd(learningRate=0.1", "learning_rate=0.1")
                    .contains("layer1={", "type=OutputLayer", "n_in=8", "n_out=3", "loss=LossMCXENT()");
            assertThat(String.valueOf(config.get("dl4j.2")))
                    .contains("model=ComputationGraph", "hidden={", "activation=tanh", "species={");
        }
    }

    @Tag("compat")
    @Test
    void P5_a_cancel_on_the_page_reaches_the_loop() {
        training(NEWEST).assertCancelReachesTheLoop("dl4j/score", FrameworkTraining.CANCELLATION);
    }

    /** Stand-ins whose methods are declared as DL4J's are. */
    private static Program standIn(String... arguments) {
        Sources sources = new Sources();
        Stream.of(
                        "BaseOptimizer",
                        "ComputationGraph",
                        "ComputationGraphConfiguration",
                        "DataSetIterator",
                        "DenseLayer",
                        "GraphVertex",
                        "Layer",
                        "LayerVertex",
                        "Main",
                        "MergeVertex",
                        "Model",
                        "MultiDataSetIterator",
                        "MultiLayerConfiguration",
                        "MultiLayerNetwork",
                        "NeuralNetConfiguration")
                .forEach(name -> sources.resource("dl4j/" + name + ".java"));
        return Program.of("Main", arguments)
                .classPath(sources.compile())
                .env("PLUTO_METHODS", "Main#main")
                .env("PLUTO_SYSTEM_METRICS", "false");
    }

    @Test
    void calls_of_fit_that_make_others_are_one_training_with_each_iteration_and_epoch_once() {
        Result without = standIn().withoutAgent().run();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = standIn().against(pluto).run();

            assertThat(result.stdout()).isEqualTo(without.stdout()).endsWith("trained\n");
            assertHasPrintedScores(pluto, result);
            assertThat(FrameworkTraining.series(pluto, "dl4j/score")).hasSize(13);
            assertThat(FrameworkTraining.series(pluto, "dl4j/epoch_score")).containsOnlyKeys(0L, 1L, 2L, 3L);
            assertThat(FrameworkTraining.series(pluto, "dl4j.2/epoch_score")).containsOnlyKeys(0L, 1L, 2L);
            assertThat(result.agentLines()).hasSize(2);
        }
    }

    @Test
    void a_models_configuration_is_config_and_what_its_layers_have_in_common_stands_once() {
        try (FakePluto pluto = FakePluto.start()) {
            standIn().against(pluto).run();

            Map<?, ?> config = pluto.run(1).config();
            assertThat(config.get("dl4j"))
                    .isEqualTo(Map.of(
                            "model", "MultiLayerNetwork",
                            "num_layers", 2L,
                            "num_params", 67L,
                            "seed", 12L,
                            "layers",
                                    Map.of(
                                            "layer0", Map.of("type", "DenseLayer", "n_in", 4L, "n_out", 8L),
                                            "layer1", Map.of("type", "OwnLayer", "n_in", 8L, "n_out", 3L))));
            assertThat(String.valueOf(config.get("dl4j.2"))).contains("left={", "both={type=MergeVertex}");
        }
    }

    @Test
    void P5_a_cancel_on_the_page_ends_a_loop_of_fits() {
        FrameworkTraining.assertCancelReachesTheLoop(standIn("forever"), "dl4j/score", FrameworkTraining.CANCELLATION);
    }

    /** The scores that were printed are there, and of each epoch the mean. */
    private static void assertHasPrintedScores(FakePluto pluto, Result result) {
        Map<String, Map<Long, Double>> printed = FrameworkTraining.series(printed(result.stdout()));
        assertThat(printed.keySet()).contains("dl4j/score", "dl4j.2/epoch_score");
        printed.forEach((name, values) ->
                assertThat(FrameworkTraining.series(pluto, name)).as(name).containsExactlyEntriesOf(values));
        assertThat(pluto.ingested(1).metricNames())
                .filteredOn(name -> !name.endsWith("samples_per_sec"))
                .containsExactlyInAnyOrderElementsOf(printed.keySet());
    }

    /** What stands below a line {@code == name} belongs to that training. */
    private static List<Printed> printed(String stdout) {
        List<Printed> printed = new ArrayList<>();
        List<Double> ofEpoch = new ArrayList<>();
        String training = "";
        long epochs = 0;
        for (String line : stdout.lines().toList()) {
            Matcher score = SCORE.matcher(line);
            if (line.startsWith("== ")) {
                training = line.substring(3);
                ofEpoch.clear();
                epochs = 0;
            } else if (line.equals("epoch")) {
                double sum = ofEpoch.stream().reduce(0.0, (one, other) -> one + other);
                printed.add(new Printed(training + "/epoch_score", epochs++, sum / ofEpoch.size()));
                ofEpoch.clear();
            } else if (score.matches()) {
                ofEpoch.add(Double.valueOf(score.group(2)));
                printed.add(new Printed(
                        training + "/score", Long.parseLong(score.group(1)), Double.parseDouble(score.group(2))));
            }
        }
        return printed;
    }
}

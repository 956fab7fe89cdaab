package io.plutorun.e2e;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stand-ins for frameworks that have methods of the known names, with other types: one line, and the training is not affected. */
class AutologOtherMisfitsTest {

    /** A framework, the class that stands in, its body, and how a program trains with it. */
    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of(
                        "tribuo",
                        "org.tribuo.common.sgd.AbstractSGDTrainer",
                        "public Object train(Object data, int rounds) { return this; }",
                        "train(null, 3)"),
                Arguments.of(
                        "tribuo",
                        "org.tribuo.ensemble.BaggingTrainer",
                        "public Object fit() { return this; }",
                        "fit()"),
                Arguments.of(
                        "opennlp",
                        "opennlp.tools.ml.AbstractTrainer",
                        "public Object init(Object parameters) { return this; }",
                        "init(\"p\")"),
                Arguments.of(
                        "opennlp",
                        "opennlp.tools.monitoring.DefaultTrainingProgressMonitor",
                        "public Object finished(int iteration) { return this; }",
                        "finished(1)"),
                Arguments.of(
                        "lightgbm",
                        "io.github.metarank.lightgbm4j.LGBMBooster",
                        "public Object create(Object data) { return this; } public boolean updateOneIter() { return true; }",
                        "create(null)"),
                Arguments.of(
                        "djl",
                        "ai.djl.training.Trainer",
                        "public void notifyListeners(java.util.function.Consumer<Object> told) { told.accept(this); }",
                        "notifyListeners(told -> {})"),
                Arguments.of(
                        "dl4j",
                        "org.deeplearning4j.nn.multilayer.MultiLayerNetwork",
                        "public Object fit(Object data) { return this; }",
                        "fit(null)"),
                Arguments.of(
                        "dl4j",
                        "org.deeplearning4j.optimize.solvers.BaseOptimizer",
                        "public Object count(Object model) { return this; }",
                        "count(null)"),
                Arguments.of(
                        "spark",
                        "org.apache.spark.ml.util.Instrumentation",
                        "public void logParams(Object data, Object all) {} public void logNamedValue(String name, double value) {}",
                        "logParams(null, null)"),
                Arguments.of(
                        "spark",
                        "org.apache.spark.ml.Pipeline",
                        "public Object fit(Object data) { return this; }",
                        "fit(null)"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void a_framework_that_is_not_as_it_is_known_is_one_line(
            String framework, String className, String body, String call) {
        String simpleName = className.substring(className.lastIndexOf('.') + 1);
        Path classes = new Sources()
                .file(
                        className.replace('.', '/') + ".java",
                        "package " + className.substring(0, className.lastIndexOf('.')) + "; public class " + simpleName
                                + " { " + body + " }")
                .file(
                        "Main.java",
                        "public class Main { public static void main(String[] a) { for (int i = 0; i < 3; i++) { new "
                                + className + "()." + call + "; } System.out.println(\"trained\"); } }")
                .compile();
        FrameworkTraining.assertMisfitIsOneLine(classes, framework, "trained\n");
    }
}

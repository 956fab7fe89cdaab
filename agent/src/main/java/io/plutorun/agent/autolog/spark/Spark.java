package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.current.RunListeners;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Spark ML's hooks. Predictors, pipelines and tuners declare {@code fit}; every other algorithm of Spark's runs inside of {@code
 * Instrumentation.instrumented}, and says there whose fit it is. Types of Scala's collections differ between its versions, so methods that
 * take them are found by name.
 */
public final class Spark {

    static final String ML = "org.apache.spark.ml.";

    private static final String INSTRUMENTATION = ML + "util.Instrumentation";
    private static final String DATASET = "(Lorg/apache/spark/sql/Dataset;)";
    private static final String EVALUATIONS = "org/apache/spark/ml/evaluation/";
    private static final List<String> ESTIMATORS =
            List.of("Predictor", "Pipeline", "tuning.CrossValidator", "tuning.TrainValidationSplit");

    private Spark() {}

    /**
     * All of them.
     *
     * @param listeners what hears of cancels
     * @param warnings where a person is told what a cancel can't reach
     */
    public static List<Hook> hooks(Recorder recorder, RunListeners listeners, Consumer<String> warnings) {
        Fits fits = new Fits(recorder);
        Set<Moment> aroundIt = Set.of(Moment.ENTRY, Moment.EXIT);
        FitListener fit = new FitListener(recorder, fits);
        JobListener jobs = new JobListener(recorder, warnings);
        listeners.add(jobs);
        return List.of(
                new Hook(Spark::fitIn, aroundIt, fit),
                new Hook(ExactMethod.of(INSTRUMENTATION + "$", "instrumented"), aroundIt, fit),
                new Hook(
                        ExactMethod.of(INSTRUMENTATION, "logParams"),
                        Set.of(Moment.ENTRY),
                        new ParamsListener(recorder, fits)),
                new Hook(
                        ExactMethod.of(INSTRUMENTATION, "logNamedValue"),
                        Set.of(Moment.ENTRY),
                        new NamedValueListener(recorder)),
                new Hook(JobListener::submitIn, Set.of(Moment.ENTRY, Moment.EXIT_WITH_ARGUMENTS), jobs),
                new Hook(Spark::evaluateIn, Set.of(Moment.EXIT), new EvaluationListener(recorder, fits)));
    }

    private static List<ExactMethod> fitIn(String className) {
        for (String name : ESTIMATORS) {
            List<ExactMethod> fit =
                    ExactMethod.of(ML + name, "fit").withDescriptor(DATASET).apply(className);
            if (!fit.isEmpty()) {
                return fit;
            }
        }
        return List.of();
    }

    /** Each evaluator declares it; their superclass is abstract. */
    private static List<ExactMethod> evaluateIn(String className) {
        return className.startsWith(EVALUATIONS) && className.endsWith("Evaluator") && !className.endsWith("/Evaluator")
                ? List.of(
                        ExactMethod.of(className.replace('/', '.'), "evaluate").withDescriptor(DATASET + "D"))
                : List.of();
    }
}

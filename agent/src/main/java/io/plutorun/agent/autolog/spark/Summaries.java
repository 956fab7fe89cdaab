package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.objects.PublicMethods;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a model's summary has of its training, without a job of Spark's. */
final class Summaries {

    private static final String HAS_SUMMARY = Spark.ML + "util.HasTrainingSummary";
    private static final String K_MEANS = Spark.ML + "clustering.KMeansSummary";
    private static final String XGBOOST = "ml.dmlc.xgboost4j.scala.spark.";
    private static final String XGBOOST_SUMMARY = XGBOOST + "XGBoostTrainingSummary";
    private static final int MAX_SETS = 100;

    /** Those that have the value of the objective in each iteration. */
    private static final List<String> WITH_HISTORY = List.of(
            Spark.ML + "classification.TrainingSummary", Spark.ML + "regression.LinearRegressionTrainingSummary");

    private Summaries() {}

    static void record(Fit fit, Object model) throws Throwable {
        if (model.getClass().getName().startsWith(XGBOOST)) {
            Object summary = ofXGBoost(model);
            if (summary != null) {
                recordXGBoost(fit, summary);
            }
        } else if (PublicMethods.typeOf(model.getClass(), HAS_SUMMARY) != null
                && Boolean.TRUE.equals(PublicMethods.call(model, HAS_SUMMARY, "hasSummary", boolean.class))) {
            recordSpark(fit, Objects.requireNonNull(PublicMethods.call(model, HAS_SUMMARY, "summary", Object.class)));
        }
    }

    private static void recordSpark(Fit fit, Object summary) throws Throwable {
        for (String type : WITH_HISTORY) {
            if (PublicMethods.typeOf(summary.getClass(), type) != null) {
                double[] history = (double[]) PublicMethods.call(summary, type, "objectiveHistory", double[].class);
                fit.curve("objectiveHistory", history == null ? new double[0] : history);
            }
        }
        if (PublicMethods.typeOf(summary.getClass(), K_MEANS) != null) {
            Object cost = PublicMethods.call(summary, K_MEANS, "trainingCost", double.class);
            fit.value("trainingCost", (Double) Objects.requireNonNull(cost), 0);
        }
    }

    /** Of versions before 3 the summary itself, or an exception where there is none. */
    private static @Nullable Object ofXGBoost(Object model) throws Throwable {
        String owner = model.getClass().getName();
        try {
            return Scala.content(PublicMethods.call(model, owner, "summary", "()Lscala/Option;"));
        } catch (NoSuchMethodException e) {
            try {
                return PublicMethods.call(model, owner, "summary", "()L" + XGBOOST_SUMMARY.replace('.', '/') + ";");
            } catch (IllegalStateException none) {
                return null;
            }
        }
    }

    private static void recordXGBoost(Fit fit, Object summary) throws Throwable {
        curve(
                fit,
                "trainObjectiveHistory",
                PublicMethods.call(summary, XGBOOST_SUMMARY, "trainObjectiveHistory", float[].class));
        for (Object set : Scala.elements(validations(summary), MAX_SETS)) {
            curve(fit, "validationObjectiveHistory/" + Scala.first(set), Scala.second(set));
        }
    }

    private static Object validations(Object summary) throws Throwable {
        String name = "validationObjectiveHistory";
        try {
            return Objects.requireNonNull(
                    PublicMethods.call(summary, XGBOOST_SUMMARY, name, "()Lscala/collection/Seq;"));
        } catch (NoSuchMethodException e) { // Scala 2.13
            return Objects.requireNonNull(
                    PublicMethods.call(summary, XGBOOST_SUMMARY, name, "()Lscala/collection/immutable/Seq;"));
        }
    }

    private static void curve(Fit fit, String name, @Nullable Object values) {
        if (values instanceof float[] history) {
            for (int i = 0; i < history.length; i++) {
                fit.value(name, history[i], i);
            }
        }
    }
}

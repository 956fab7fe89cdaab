package autolog;

import java.util.Random;
import ml.dmlc.xgboost4j.scala.Booster;
import ml.dmlc.xgboost4j.scala.DMatrix;
import ml.dmlc.xgboost4j.scala.EvalTrait;
import ml.dmlc.xgboost4j.scala.XGBoost$;
import scala.collection.immutable.Map;

/** A training with XGBoost's Scala API, without a line of tracking. Only its objects are Scala's, so that no Scala compiler is needed. */
public final class XGBoostScalaTraining {

    private static final int FEATURES = 4;
    private static final float[][] NO_MARGINS = null;

    private XGBoostScalaTraining() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "all":
                train(10);
                ownMetric();
                crossValidation();
                ownLoop();
                break;
            case "forever":
                try {
                    train(10_000_000);
                } finally {
                    System.out.println("finally");
                }
                break;
            default:
                throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static DMatrix data(long seed, int rows) throws Exception {
        Random random = new Random(seed);
        float[] features = new float[rows * FEATURES];
        float[] labels = new float[rows];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < FEATURES; i++) {
                features[row * FEATURES + i] = random.nextFloat();
            }
            labels[row] = features[row * FEATURES] * 2 + features[row * FEATURES + 1] > 1.5f ? 1 : 0;
        }
        DMatrix matrix = new DMatrix(features, rows, FEATURES, Float.NaN);
        matrix.setLabel(labels);
        return matrix;
    }

    private static Map<String, Object> parameters() {
        return XGBoostScalaTraining.<Object>map()
                .updated("eta", 0.3)
                .updated("max_depth", 3)
                .updated("objective", "binary:logistic")
                .updated("eval_metric", "logloss")
                .updated("nthread", 1);
    }

    private static Map<String, DMatrix> watches() throws Exception {
        return XGBoostScalaTraining.<DMatrix>map()
                .updated("train", data(1, 200))
                .updated("te-st", data(2, 100));
    }

    private static <V> Map<String, V> map() {
        return scala.collection.immutable.Map$.MODULE$.empty();
    }

    /** XGBoost prints to the one, the program to the other. */
    private static void section(String name) {
        System.out.println("== " + name);
        System.err.println("== " + name);
    }

    private static void train(int rounds) throws Exception {
        section("xgboost");
        XGBoost$.MODULE$.train(data(1, 200), parameters(), rounds, watches(), NO_MARGINS, null, null, 0, null);
    }

    static final class ShareOfRows implements EvalTrait {
        private static final long serialVersionUID = 1;
        private int calls;

        @Override
        public String getMetric() {
            return "share";
        }

        @Override
        public float eval(float[][] predictions, DMatrix matrix) {
            return predictions.length / (8f + calls++);
        }

        @Override
        public float eval(float[][] predictions, ml.dmlc.xgboost4j.java.DMatrix matrix) {
            return eval(predictions, new DMatrix(matrix));
        }
    }

    private static void ownMetric() throws Exception {
        section("xgboost.2");
        XGBoost$.MODULE$.train(
                data(1, 200), parameters(), 5, watches(), NO_MARGINS, null, new ShareOfRows(), 0, null);
    }

    private static void crossValidation() throws Exception {
        section("xgboost.3");
        for (String line :
                XGBoost$.MODULE$.crossValidation(data(1, 200), parameters(), 4, 3, new String[0], null, null)) {
            System.out.println(line);
        }
    }

    private static void ownLoop() throws Exception {
        section("none"); // a model without rounds, which the loop then trains
        DMatrix matrix = data(1, 200);
        Booster booster = XGBoost$.MODULE$.train(
                matrix, parameters(), 0, XGBoostScalaTraining.<DMatrix>map(), NO_MARGINS, null, null, 0, null);
        section("xgboost.4");
        for (int round = 0; round < 3; round++) {
            booster.update(matrix, round);
            System.out.println(booster.evalSet(new DMatrix[] {matrix}, new String[] {"own"}, round));
        }
    }
}

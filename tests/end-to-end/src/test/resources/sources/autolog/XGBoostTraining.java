package autolog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IEvaluation;
import ml.dmlc.xgboost4j.java.XGBoost;

/** A training as users write it, without a line of tracking. What XGBoost does not print itself, it prints in the same form. */
public final class XGBoostTraining {

    private static final int FEATURES = 4;

    private XGBoostTraining() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "train":
                train(10);
                break;
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

    /** The entrypoint of most tests. */
    public static void run(String what) throws Exception {
        main(new String[] {what});
    }

    static DMatrix data(long seed, int rows) throws Exception {
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

    static Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("eta", 0.3);
        parameters.put("max_depth", 3);
        parameters.put("objective", "binary:logistic");
        parameters.put("eval_metric", "logloss");
        parameters.put("nthread", 1);
        return parameters;
    }

    static Map<String, DMatrix> watches() throws Exception {
        Map<String, DMatrix> watches = new LinkedHashMap<>();
        watches.put("train", data(1, 200));
        watches.put("te-st", data(2, 100));
        return watches;
    }

    /** XGBoost prints to the one, the program to the other. */
    static void section(String name) {
        System.out.println("== " + name);
        System.err.println("== " + name);
    }

    static Booster train(int rounds) throws Exception {
        section("xgboost");
        return XGBoost.train(data(1, 200), parameters(), rounds, watches(), null, null);
    }

    static final class ShareOfRows implements IEvaluation {
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
    }

    static void ownMetric() throws Exception {
        section("xgboost.2");
        XGBoost.train(data(1, 200), parameters(), 5, watches(), null, new ShareOfRows());
    }

    static void crossValidation() throws Exception {
        section("xgboost.3");
        for (String line : XGBoost.crossValidation(data(1, 200), parameters(), 4, 3, new String[0], null, null)) {
            System.out.println(line);
        }
    }

    static void ownLoop() throws Exception {
        section("none"); // a model without rounds, which the loop then trains
        DMatrix matrix = data(1, 200);
        Booster booster = XGBoost.train(matrix, parameters(), 0, new LinkedHashMap<>(), null, null);
        section("xgboost.4");
        for (int round = 0; round < 3; round++) {
            booster.update(matrix, round);
            System.out.println(booster.evalSet(new DMatrix[] {matrix}, new String[] {"own"}, round));
        }
    }
}

package io.plutorun.bench.programs;

import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** A training with XGBoost on one thread, round by round: an update and an evaluation of both data sets, as {@code XGBoost.train} makes them. */
public final class Boosting {

    /** As many rows as where nobody says otherwise. */
    public static final int ROWS = 5_000;

    private static final int FEATURES = 20;
    private static final String[] NAMES = {"train", "validation"};

    private static final Map<String, Object> PARAMETERS =
            Map.of("objective", "reg:squarederror", "eval_metric", "rmse", "eta", 0.01, "max_depth", 6, "nthread", 1);

    private final DMatrix[] matrices;
    private final Booster booster;
    private int round;

    Boosting() throws XGBoostError {
        this(ROWS);
    }

    Boosting(int rows) throws XGBoostError {
        matrices = new DMatrix[] {data(1, rows), data(2, rows / 4)};
        booster = XGBoost.train(matrices[0], PARAMETERS, 0, Map.of(), null, null);
    }

    void rounds(int count) throws XGBoostError {
        for (int end = round + count; round < end; round++) {
            booster.update(matrices[0], round);
            booster.evalSet(matrices, NAMES, round);
        }
    }

    /** A sum of some features and of as much noise: there is something to learn in every round. */
    private static DMatrix data(long seed, int rows) throws XGBoostError {
        Random random = new Random(seed);
        float[] features = new float[rows * FEATURES];
        float[] labels = new float[rows];
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextFloat();
            labels[i / FEATURES] += i % 3 == 0 ? features[i] : 0;
        }
        for (int row = 0; row < rows; row++) {
            labels[row] += (float) random.nextGaussian();
        }
        DMatrix matrix = new DMatrix(features, rows, FEATURES, Float.NaN);
        matrix.setLabel(labels);
        return matrix;
    }
}

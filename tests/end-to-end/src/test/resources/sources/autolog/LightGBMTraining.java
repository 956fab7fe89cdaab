package autolog;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import java.util.Random;

/** A training as users write it, without a line of tracking. It prints what it asks LightGBM for. */
public final class LightGBMTraining {

    private static final int FEATURES = 4;
    private static final String PARAMETERS = "objective=binary metric=binary_logloss,auc learning_rate=0.3 num_leaves=7"
            + " min_data_in_leaf=5 num_threads=1 verbosity=-1 deterministic=true";

    private LightGBMTraining() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "all":
                train("lightgbm", 10);
                train("lightgbm.2", 3);
                break;
            case "forever":
                try {
                    train("lightgbm", 100_000_000);
                } finally {
                    System.out.println("finally");
                }
                break;
            default:
                throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static LGBMDataset data(long seed, int rows, LGBMDataset like) throws Exception {
        Random random = new Random(seed);
        float[] features = new float[rows * FEATURES];
        float[] labels = new float[rows];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < FEATURES; i++) {
                features[row * FEATURES + i] = random.nextFloat();
            }
            labels[row] = features[row * FEATURES] * 2 + features[row * FEATURES + 1] > 1.5f ? 1 : 0;
        }
        LGBMDataset data = LGBMDataset.createFromMat(features, rows, FEATURES, true, "", like);
        data.setField("label", labels);
        return data;
    }

    private static void train(String name, int iterations) throws Exception {
        System.out.println("== " + name);
        try (LGBMDataset data = data(1, 300, null);
                LGBMDataset validation = data(2, 100, data);
                LGBMBooster booster = LGBMBooster.create(data, PARAMETERS)) {
            booster.addValidData(validation);
            String[] metrics = booster.getEvalNames();
            for (int iteration = 1; iteration <= iterations; iteration++) {
                booster.updateOneIter();
                print("training", iteration, metrics, booster.getEval(0));
                print("valid_1", iteration, metrics, booster.getEval(1));
            }
            double[] gains = booster.featureImportance(0, LGBMBooster.FeatureImportanceType.GAIN);
            String[] features = booster.getFeatureNames();
            for (int i = 0; i < FEATURES; i++) {
                System.out.println("gain " + features[i] + " = " + gains[i]);
            }
        }
    }

    private static void print(String data, int iteration, String[] metrics, double[] values) {
        for (int i = 0; i < metrics.length; i++) {
            System.out.println(iteration + " " + data + "/" + metrics[i] + " = " + values[i]);
        }
    }
}

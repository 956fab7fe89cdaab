package com.example.boosting;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trains boosted trees of several depths on handwritten digits, and prints how well each recognises images that it has not seen. */
public final class BoostedDigits {

    private static final int DIGITS = 10;
    private static final int ROUNDS = 40;

    private final Images training;
    private final Images validation;

    BoostedDigits(List<String> lines) throws XGBoostError {
        this.training = Images.of(lines, number -> number % 5 != 0);
        this.validation = Images.of(lines, number -> number % 5 == 0);
    }

    public static void main(String[] args) throws IOException, XGBoostError {
        BoostedDigits digits = new BoostedDigits(Images.lines());
        for (int depth : List.of(1, 3, 6)) {
            double accuracy = digits.train(depth, 0.3);
            System.out.println(String.format(Locale.ROOT, "depth %d  accuracy %.4f", depth, accuracy));
        }
    }

    double train(int depth, double learningRate) throws XGBoostError {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", "multi:softprob");
        parameters.put("num_class", DIGITS);
        parameters.put("eval_metric", "mlogloss");
        parameters.put("eta", learningRate);
        parameters.put("max_depth", depth);
        parameters.put("nthread", 1); // the images are few: threads would wait for each other
        parameters.put("verbose_eval", "false");

        Map<String, DMatrix> watches = new LinkedHashMap<>();
        watches.put("train", training.matrix());
        watches.put("validation", validation.matrix());

        Booster model = XGBoost.train(training.matrix(), parameters, ROUNDS, watches, null, null);
        return accuracy(model.predict(validation.matrix()), validation.digits());
    }

    private static double accuracy(float[][] probabilities, float[] digits) {
        int right = 0;
        for (int image = 0; image < digits.length; image++) {
            right += likeliest(probabilities[image]) == (int) digits[image] ? 1 : 0;
        }
        return (double) right / digits.length;
    }

    private static int likeliest(float[] probabilities) {
        int best = 0;
        for (int digit = 1; digit < probabilities.length; digit++) {
            best = probabilities[digit] > probabilities[best] ? digit : best;
        }
        return best;
    }
}

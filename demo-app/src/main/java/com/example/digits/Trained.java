package com.example.digits;

import java.util.Locale;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/**
 * What one training left behind.
 *
 * @param validationAccuracy by which the trainings are compared
 * @param runId where the training is tracked, for those who have more to say about it later; empty if it is not
 */
record Trained(String optimiser, double learningRate, Model<Label> model, double validationAccuracy, String runId) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-8s lr=%-5s accuracy %.4f", optimiser, learningRate, validationAccuracy);
    }
}

package com.example.digits;

import java.util.Locale;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/**
 * The result of one training.
 *
 * @param validationAccuracy the accuracy by which the trainings are compared
 * @param runId the number of the training's run, so that the run can be resumed later; empty if it is not tracked
 */
record Trained(String optimiser, double learningRate, Model<Label> model, double validationAccuracy, String runId) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-8s lr=%-5s accuracy %.4f", optimiser, learningRate, validationAccuracy);
    }
}

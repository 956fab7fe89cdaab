package io.plutorun.bench.programs;

import io.plutorun.PlutoRun;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trains a round with XGBoost before it loads its tracked class, and then tells how many milliseconds pass until the first round of its
 * tracked method has ended.
 */
public final class FirstRound {

    private FirstRound() {}

    public static void main(String[] args) throws XGBoostError {
        new Boosting().rounds(1);
        long before = System.nanoTime();
        Training.train();
        System.out.println((System.nanoTime() - before) / 1e6);
    }

    static final class Training {

        private Training() {}

        @PlutoRun(project = "bench")
        static void train() throws XGBoostError {
            new Boosting().rounds(1);
        }
    }
}

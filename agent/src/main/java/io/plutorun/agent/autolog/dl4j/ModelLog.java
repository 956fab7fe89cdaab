package io.plutorun.agent.autolog.dl4j;

import io.plutorun.agent.autolog.Training;

/** What is recorded of a model in one run. Used by the one thread at a time that trains the model. */
final class ModelLog {

    private static final long RATE_NANOS = 1_000_000_000;

    private final Training training;
    private final Allowance iterations = new Allowance();
    private final Allowance epochs = new Allowance();

    private boolean fitted;
    private boolean iterated;

    /** How many calls of {@code fit} are open: they call each other. */
    private int depth;

    /** When time was measured last, while {@code fit} is open. */
    private long measured;

    /** How much time and how many examples there were since the last rate. */
    private long fitNanos;

    private long examples;

    private double sumOfEpoch;
    private long iterationsOfEpoch;
    private long epochsEnded;

    ModelLog(Training training) {
        this.training = training;
    }

    Training training() {
        return training;
    }

    /**
     * A {@code fit} begins.
     *
     * @return whether it is the first one
     */
    boolean fitBegins(long now) {
        if (depth++ == 0) {
            measured = now;
        }
        boolean first = !fitted;
        fitted = true;
        return first;
    }

    /** A {@code fit} ends. */
    void fitEnds(long now) {
        if (depth > 0 && --depth == 0) {
            fitNanos += now - measured;
        }
    }

    /**
     * An iteration is over.
     *
     * @param number as the model counts, from 0
     * @param size how many examples it had; 0 where that is not known
     * @return whether it is the first one
     */
    boolean iterationEnds(long number, double score, long size, long now) {
        sumOfEpoch += score;
        iterationsOfEpoch++;
        examples += size;
        fitNanos += now - measured;
        measured = now;
        if (iterations.permits(now)) {
            training.value("score", score, number);
        }
        if (fitNanos >= RATE_NANOS) {
            if (examples > 0) {
                training.value("samples_per_sec", examples * 1e9 / fitNanos, number);
            }
            fitNanos = 0;
            examples = 0;
        }
        boolean first = !iterated;
        iterated = true;
        return first;
    }

    /** Whether there were iterations since the last epoch. */
    boolean isInEpoch() {
        return iterationsOfEpoch > 0;
    }

    /** How many epochs have ended. */
    long epochsEnded() {
        return epochsEnded;
    }

    /**
     * An epoch is over.
     *
     * @param number from 0
     */
    void epochEnds(long number, long now) {
        if (epochs.permits(now)) {
            training.value("epoch_score", sumOfEpoch / iterationsOfEpoch, number);
        }
        epochsEnded++;
        sumOfEpoch = 0;
        iterationsOfEpoch = 0;
    }
}

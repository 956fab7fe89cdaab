package io.plutorun.agent.autolog.xgboost;

import io.plutorun.agent.autolog.Training;

/** The curves of one booster. Its evaluations are made by one thread at a time, as XGBoost demands. */
final class BoosterLog {

    /** Before the names of evaluations of a model that is trained: they are no round of its training. */
    private static final String OF_TRAINED_MODEL = "evaluation/";

    private final Training training;
    private final EvaluationText rounds;
    private final EvaluationText ofTrainedModel;
    private volatile long lastRound = -1;
    private volatile boolean finished;

    BoosterLog(Training training) {
        this.training = training;
        this.rounds = new EvaluationText(training::name);
        this.ofTrainedModel = new EvaluationText(name -> training.name(OF_TRAINED_MODEL + name));
    }

    Training training() {
        return training;
    }

    /** The training is over. */
    void finish() {
        finished = true;
    }

    /** The round of an evaluation whose text has none. */
    long nextRound() {
        return lastRound + 1;
    }

    /** What an evaluation has given, as XGBoost prints it. */
    void evaluated(String text, long round) {
        if (finished && round <= lastRound) {
            ofTrainedModel.read(text, (name, value) -> training.named(name, value));
        } else {
            lastRound = round;
            rounds.read(text, (name, value) -> training.named(name, value, round));
        }
    }
}

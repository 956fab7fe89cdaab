package io.plutorun.agent.autolog.xgboost;

import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import java.util.List;
import java.util.Set;

/**
 * XGBoost4J's hooks. Every {@code train} of either API ends in {@code trainAndSaveCheckpoint}, and every evaluation of a round in one of
 * two {@code evalSet}.
 */
public final class XGBoost {

    static final String BOOSTER = "ml.dmlc.xgboost4j.java.Booster";
    static final String XGBOOST = "ml.dmlc.xgboost4j.java.XGBoost";

    private static final String SETS = "([Lml/dmlc/xgboost4j/java/DMatrix;[Ljava/lang/String;";

    private XGBoost() {}

    /** All of them. */
    public static List<Hook> hooks(Recorder recorder) {
        Boosters boosters = new Boosters(recorder);
        return List.of(
                new Hook(
                        ExactMethod.of(XGBOOST, "trainAndSaveCheckpoint"),
                        Set.of(Moment.ENTRY, Moment.EXIT),
                        new TrainListener(recorder, boosters)),
                new Hook(
                        ExactMethod.of(XGBOOST, "crossValidation"),
                        Set.of(Moment.ENTRY, Moment.EXIT),
                        new CrossValidationListener(recorder, boosters)),
                new Hook(
                        ExactMethod.of(BOOSTER, "evalSet").withDescriptor(SETS + "I)"),
                        Set.of(Moment.EXIT_WITH_ARGUMENTS),
                        new EvaluationListener(recorder, boosters)),
                new Hook(
                        ExactMethod.of(BOOSTER, "evalSet")
                                .withDescriptor(SETS + "Lml/dmlc/xgboost4j/java/IEvaluation;[F)"),
                        Set.of(Moment.EXIT_WITH_ARGUMENTS),
                        new EvaluationListener(recorder, boosters)),
                new Hook(ExactMethod.of(BOOSTER, "update"), Set.of(Moment.EXIT), new RoundListener(recorder)));
    }
}

package io.plutorun.agent.autolog.tribuo;

import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tribuo's hooks: each trainer's {@code train}, the loss of each example in gradient descent, and the one {@code evaluate} of each kind
 * of evaluator in which the others end.
 */
public final class Tribuo {

    static final String SGD_TRAINER = "org.tribuo.common.sgd.AbstractSGDTrainer";

    /** Those that declare {@code train}; the others inherit it from one of these. */
    private static final List<String> TRAINERS = List.of(
            SGD_TRAINER,
            "org.tribuo.anomaly.libsvm.LibSVMAnomalyTrainer",
            "org.tribuo.classification.baseline.DummyClassifierTrainer",
            "org.tribuo.classification.ensemble.AdaBoostTrainer",
            "org.tribuo.classification.mnb.MultinomialNaiveBayesTrainer",
            "org.tribuo.classification.sgd.crf.CRFTrainer",
            "org.tribuo.classification.sgd.kernel.KernelSVMTrainer",
            "org.tribuo.classification.xgboost.XGBoostClassificationTrainer",
            "org.tribuo.clustering.hdbscan.HdbscanTrainer",
            "org.tribuo.clustering.kmeans.KMeansTrainer",
            "org.tribuo.common.liblinear.LibLinearTrainer",
            "org.tribuo.common.libsvm.LibSVMTrainer",
            "org.tribuo.common.nearest.KNNTrainer",
            "org.tribuo.common.tree.AbstractCARTTrainer",
            "org.tribuo.ensemble.BaggingTrainer",
            "org.tribuo.hash.HashingTrainer",
            "org.tribuo.interop.tensorflow.TensorFlowTrainer",
            "org.tribuo.multilabel.baseline.ClassifierChainTrainer",
            "org.tribuo.multilabel.baseline.IndependentMultiLabelTrainer",
            "org.tribuo.multilabel.ensemble.CCEnsembleTrainer",
            "org.tribuo.regression.baseline.DummyRegressionTrainer",
            "org.tribuo.regression.impl.SkeletalIndependentRegressionSparseTrainer",
            "org.tribuo.regression.impl.SkeletalIndependentRegressionTrainer",
            "org.tribuo.regression.rtree.CARTRegressionTrainer",
            "org.tribuo.regression.slm.ElasticNetCDTrainer",
            "org.tribuo.regression.slm.SLMTrainer",
            "org.tribuo.regression.xgboost.XGBoostRegressionTrainer",
            "org.tribuo.sequence.HashingSequenceTrainer",
            "org.tribuo.sequence.IndependentSequenceTrainer",
            "org.tribuo.transform.TransformTrainer");

    /** The functions that gradient descent minimizes. */
    private static final List<String> OBJECTIVES = List.of(
            "org.tribuo.classification.sgd.objectives.Hinge",
            "org.tribuo.classification.sgd.objectives.LogMulticlass",
            "org.tribuo.multilabel.sgd.objectives.BinaryCrossEntropy",
            "org.tribuo.multilabel.sgd.objectives.Hinge",
            "org.tribuo.regression.sgd.objectives.AbsoluteLoss",
            "org.tribuo.regression.sgd.objectives.Huber",
            "org.tribuo.regression.sgd.objectives.SquaredLoss");

    private static final List<String> EVALUATORS =
            List.of("org.tribuo.evaluation.AbstractEvaluator", "org.tribuo.sequence.AbstractSequenceEvaluator");

    private static final int MODEL_PREDICTIONS_AND_PROVENANCE = 3;

    private Tribuo() {}

    /** All of them. */
    public static List<Hook> hooks(Recorder recorder) {
        Trainings trainings = new Trainings(recorder);
        TrainListener training = new TrainListener(recorder, trainings);
        LossListener loss = new LossListener(recorder);
        EvaluationListener evaluation = new EvaluationListener(recorder, trainings);
        List<Hook> hooks = new ArrayList<>();
        TRAINERS.forEach(name ->
                hooks.add(new Hook(ExactMethod.of(name, "train"), Set.of(Moment.ENTRY, Moment.EXIT), training)));
        OBJECTIVES.forEach(
                name -> hooks.add(new Hook(ExactMethod.of(name, "lossAndGradient"), Set.of(Moment.EXIT), loss)));
        EVALUATORS.forEach(name -> hooks.add(new Hook(
                ExactMethod.of(name, "evaluate").withParameterCount(MODEL_PREDICTIONS_AND_PROVENANCE),
                Set.of(Moment.EXIT_WITH_ARGUMENTS),
                evaluation)));
        return hooks;
    }
}

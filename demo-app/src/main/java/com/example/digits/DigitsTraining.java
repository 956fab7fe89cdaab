package com.example.digits;

import io.plutorun.Pluto;
import io.plutorun.PlutoParam;
import io.plutorun.PlutoRun;
import io.plutorun.Resume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.logging.Logger;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.optimisers.SGD;

/**
 * Trains a logistic regression on handwritten digits with several optimisers and learning rates, and evaluates the best.
 *
 * <p>Every training is a run on Pluto. The evaluation resumes the run of the best training.
 */
public final class DigitsTraining {

    private static final Logger TRIBUO =
            Logger.getLogger("org.tribuo"); // a field, since an unreferenced logger is collected and loses its settings

    private static final long SEED = 1998;
    private static final int EPOCHS = 20;
    private static final int BATCH_SIZE = 16;
    private static final int BATCHES_PER_LOG_RECORD = 25;

    private final Digits digits;

    DigitsTraining(Digits digits) {
        this.digits = digits;
    }

    public static void main(String[] args) throws IOException {
        TRIBUO.setUseParentHandlers(false); // Tribuo logs its loss, but not to the terminal

        var digits = Digits.split(Digits.load(), SEED);
        System.out.printf(
                "digits: %d for training, %d for validation, %d held out%n",
                digits.training().size(),
                digits.validation().size(),
                digits.heldOut().size());

        var training = new DigitsTraining(digits);
        List<Trained> sweep = new ArrayList<>();
        for (String optimiser : List.of("sgd", "adagrad")) {
            for (double learningRate : List.of(0.01, 0.1, 0.5)) {
                Trained trained = training.train(optimiser, learningRate, EPOCHS);
                System.out.println(trained);
                sweep.add(trained);
            }
        }

        Trained best = sweep.stream()
                .max(Comparator.comparingDouble(Trained::validationAccuracy))
                .orElseThrow();
        System.out.println("best:    " + best);
        training.evaluate(best.runId(), best.validationAccuracy(), best.model());
    }

    @PlutoRun(
            project = "digits",
            name = "${arg.optimiser} lr=${arg.learningRate}",
            tags = "${arg.optimiser}",
            config = {"model=logistic regression", "batchSize=" + BATCH_SIZE, "seed=" + SEED},
            captureArguments = true)
    Trained train(String optimiser, double learningRate, int epochs) {
        var trainer = new LinearSGDTrainer(
                new LogMulticlass(),
                optimiser(optimiser, learningRate),
                epochs,
                BATCHES_PER_LOG_RECORD,
                BATCH_SIZE,
                SEED);
        Model<Label> model = trainer.train(digits.training());
        double accuracy = evaluation(model, digits.validation()).accuracy();
        Pluto.log("validation/accuracy", accuracy);
        return new Trained(optimiser, learningRate, model, accuracy, CurrentRun.id());
    }

    @PlutoRun(
            project = "digits",
            runId = "${arg.best}",
            resume = Resume.MUST,
            tags = "evaluated",
            config = "evaluation.data=held out")
    double evaluate(
            String best, @PlutoParam("evaluation.validationAccuracy") double validationAccuracy, Model<Label> model) {
        LabelEvaluation evaluation = evaluation(model, digits.heldOut());
        System.out.printf(
                Locale.ROOT,
                "held out: accuracy %.4f, %+.4f against validation%n",
                evaluation.accuracy(),
                evaluation.accuracy() - validationAccuracy);
        System.out.print(evaluation.getConfusionMatrix());
        Pluto.log("held-out/accuracy", evaluation.accuracy());
        Pluto.table("held-out/recall", List.of("digit", "recall"), recalls(evaluation));
        return evaluation.accuracy();
    }

    private static List<List<Object>> recalls(LabelEvaluation evaluation) {
        List<List<Object>> rows = new ArrayList<>();
        for (Label digit : evaluation.getConfusionMatrix().getDomain().getDomain()) {
            rows.add(List.of(digit.getLabel(), evaluation.recall(digit)));
        }
        return rows;
    }

    private static LabelEvaluation evaluation(Model<Label> model, Dataset<Label> data) {
        return new LabelEvaluator().evaluate(model, data);
    }

    private static StochasticGradientOptimiser optimiser(String name, double learningRate) {
        return switch (name) {
            case "sgd" -> SGD.getSimpleSGD(learningRate);
            case "adagrad" -> new AdaGrad(learningRate);
            default -> throw new IllegalArgumentException("no such optimiser: " + name);
        };
    }
}

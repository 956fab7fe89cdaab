package autolog;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.EpochTrainingListener;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Random;

/** A linear model, trained by DJL on PyTorch, without a line of tracking. */
public final class DJLPyTorchTraining {

    private static final int FEATURES = 4;

    private DJLPyTorchTraining() {}

    public static void main(String[] arguments) throws IOException, TranslateException {
        Engine.getInstance().setRandomSeed(12);
        if (arguments[0].equals("forever")) {
            try {
                train("djl", 100_000_000);
            } finally {
                System.out.println("finally");
            }
        } else {
            train("djl", 4);
            train("djl.2", 2);
        }
    }

    private static void train(String name, int epochs) throws IOException, TranslateException {
        System.out.println("== " + name);
        DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .addEvaluator(new Accuracy())
                .optOptimizer(Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(0.1f))
                        .build())
                .optDevices(new Device[] {Device.cpu()})
                .addTrainingListeners(new EpochTrainingListener(), new EvaluatorTrainingListener(), new Printer());
        try (Model model = Model.newInstance("flowers");
                NDManager manager = NDManager.newBaseManager()) {
            model.setBlock(Linear.builder().setUnits(2).build());
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(1, FEATURES));
                EasyTrain.fit(trainer, epochs, data(manager, 1), data(manager, 2));
            }
        }
    }

    private static ArrayDataset data(NDManager manager, long seed) {
        Random random = new Random(seed);
        int rows = 96;
        float[] features = new float[rows * FEATURES];
        float[] labels = new float[rows];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < FEATURES; i++) {
                features[row * FEATURES + i] = random.nextFloat();
            }
            labels[row] = features[row * FEATURES] > features[row * FEATURES + 1] ? 1 : 0;
        }
        NDArray data = manager.create(features, new Shape(rows, FEATURES));
        return new ArrayDataset.Builder()
                .setData(data)
                .optLabels(manager.create(labels))
                .setSampling(32, false)
                .build();
    }

    /** Stands behind DJL's listeners, and so prints what they have computed. */
    private static final class Printer extends TrainingListenerAdapter {
        @Override
        public void onEpoch(Trainer trainer) {
            trainer.getTrainingResult()
                    .getEvaluations()
                    .forEach((name, value) -> System.out.println(
                            trainer.getTrainingResult().getEpoch() + " " + name + " = " + value));
        }
    }
}

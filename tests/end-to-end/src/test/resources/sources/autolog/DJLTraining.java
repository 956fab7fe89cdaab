package autolog;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.EpochTrainingListener;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.Loss;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * DJL's own trainer and listeners, without a line of tracking. DJL's engines come with native libraries of some 100 MB, so the model and
 * its arrays are stand-ins, and loss and accuracy are computed from a count. The loop is that of {@code EasyTrain.fit}.
 */
public final class DJLTraining {

    private static final Device[] DEVICES = {Device.cpu()};

    private DJLTraining() {}

    public static void main(String[] arguments) {
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

    private static void train(String name, int epochs) {
        System.out.println("== " + name);
        DefaultTrainingConfig config = new DefaultTrainingConfig(new CountedLoss())
                .addEvaluator(new Counted("Accuracy"))
                .optDevices(DEVICES)
                .addTrainingListeners(new EpochTrainingListener(), new EvaluatorTrainingListener(), new Printer());
        Trainer trainer = new Trainer(standIn(Model.class), config);
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int batch = 0; batch < 3; batch++) {
                BatchData data = batch();
                trainer.notifyListeners(listener -> listener.onTrainingBatch(trainer, data));
            }
            BatchData data = batch();
            trainer.notifyListeners(listener -> listener.onValidationBatch(trainer, data));
            trainer.notifyListeners(listener -> listener.onEpoch(trainer));
        }
        trainer.notifyListeners(listener -> listener.onTrainingEnd(trainer));
    }

    private static BatchData batch() {
        Map<Device, NDList> lists = new HashMap<>();
        lists.put(DEVICES[0], new NDList());
        Batch batch = new Batch(
                standIn(NDManager.class), new NDList(), new NDList(), 32, null, null, 0, 0, Collections.emptyList());
        return new BatchData(batch, lists, lists);
    }

    /** Of every method the result that needs least. */
    static <T> T standIn(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Class<?> result = method.getReturnType();
            return result == NDManager.class
                    ? standIn(NDManager.class)
                    : result == Engine.class
                            ? new NoEngine()
                            : result == Device.class ? DEVICES[0] : result == boolean.class ? false : null;
        }));
    }

    /** It computes nothing. */
    private static final class NoEngine extends Engine {
        @Override
        public Engine getAlternativeEngine() {
            return null;
        }

        @Override
        public String getEngineName() {
            return "none";
        }

        @Override
        public int getRank() {
            return 0;
        }

        @Override
        public String getVersion() {
            return "0";
        }

        @Override
        public boolean hasCapability(String capability) {
            return false;
        }

        @Override
        public Model newModel(String name, Device device) {
            return standIn(Model.class);
        }

        @Override
        public NDManager newBaseManager() {
            return standIn(NDManager.class);
        }

        @Override
        public NDManager newBaseManager(Device device) {
            return standIn(NDManager.class);
        }
    }

    /** Values that differ by accumulator and by how often it was updated. */
    private static final class Values {
        private final Map<String, Integer> updates = new HashMap<>();
        private int all;

        void update(String key) {
            updates.merge(key, 1, Integer::sum);
            all++;
        }

        float value(String key) {
            return updates.getOrDefault(key, 0) / (7f + all) + key.length();
        }

        void reset(String key) {
            updates.put(key, 0);
        }
    }

    private static final class CountedLoss extends Loss {
        private final Values values = new Values();

        CountedLoss() {
            super("CountedLoss");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            return null;
        }

        @Override
        public void addAccumulator(String key) {}

        @Override
        public void updateAccumulator(String key, NDList labels, NDList predictions) {
            values.update(key);
        }

        @Override
        public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
            for (String key : keys) {
                values.update(key);
            }
        }

        @Override
        public void resetAccumulator(String key) {
            values.reset(key);
        }

        @Override
        public float getAccumulator(String key) {
            return values.value(key);
        }
    }

    private static final class Counted extends Evaluator {
        private final Values values = new Values();

        Counted(String name) {
            super(name);
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            return null;
        }

        @Override
        public void addAccumulator(String key) {}

        @Override
        public void updateAccumulator(String key, NDList labels, NDList predictions) {
            values.update(key);
        }

        @Override
        public void resetAccumulator(String key) {
            values.reset(key);
        }

        @Override
        public float getAccumulator(String key) {
            return values.value(key);
        }
    }

    /** Stands behind DJL's listeners, and so prints what they have computed. */
    private static final class Printer implements TrainingListener {
        @Override
        public void onEpoch(Trainer trainer) {
            trainer.getTrainingResult()
                    .getEvaluations()
                    .forEach((name, value) -> System.out.println(
                            trainer.getTrainingResult().getEpoch() + " " + name + " = " + value));
        }

        @Override
        public void onTrainingBatch(Trainer trainer, BatchData data) {}

        @Override
        public void onValidationBatch(Trainer trainer, BatchData data) {}

        @Override
        public void onTrainingBegin(Trainer trainer) {
            System.out.println("begins");
        }

        @Override
        public void onTrainingEnd(Trainer trainer) {
            System.out.println("ends");
        }
    }
}

package autolog;

import java.util.Random;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/** A training as users write it, without a line of tracking. It prints what Tribuo logs, and the metrics of its evaluations. */
public final class TribuoTraining {

    private static final String[] FEATURES = {"a", "b", "c", "d"};
    private static final LabelFactory LABELS = new LabelFactory();

    /** Held, since a logger without a holder is collected with its handler. */
    private static final Logger LOGGER = Logger.getLogger("org.tribuo");

    private TribuoTraining() {}

    public static void main(String[] arguments) throws InterruptedException {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(new Printer());
        switch (arguments[0]) {
            case "train":
                train(1);
                break;
            case "all":
                train(1);
                train(7);
                transformed();
                ensemble();
                break;
            case "forever":
                try {
                    trainer(100_000_000, 10, 1).train(data(1, 200));
                } finally {
                    System.out.println("finally");
                }
                break;
            case "long":
                trainer(Integer.parseInt(arguments[1]), 1000, 1).train(data(1, 2000));
                break;
            case "fail":
                train(1);
                throw new IllegalStateException("diverged");
            case "load":
                System.out.println(data(1, 20).size());
                break;
            case "threads":
                Thread other = new Thread(() -> trainer(2, 50, 1).train(data(1, 200)));
                other.start();
                trainer(2, 50, 1).train(data(2, 200));
                other.join();
                break;
            default:
                throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Prints what Tribuo says of the loss. */
    private static final class Printer extends Handler {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getMessage().startsWith("At iteration")) {
                System.out.println(logged.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static MutableDataset<Label> data(long seed, int rows) {
        Random random = new Random(seed);
        MutableDataset<Label> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("random numbers", LABELS), LABELS);
        for (int row = 0; row < rows; row++) {
            double[] values = random.doubles(FEATURES.length).toArray();
            Label label = new Label(values[0] * 2 + values[1] > 1.5 ? "yes" : values[2] > 0.5 ? "perhaps" : "no");
            data.add(new ArrayExample<>(label, FEATURES, values));
        }
        return data;
    }

    private static Trainer<Label> trainer(int epochs, int loggingInterval, int batch) {
        return new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.5), epochs, loggingInterval, batch, 42);
    }

    private static void train(int batch) {
        System.out.println("== tribuo" + (batch == 1 ? "" : ".2"));
        Model<Label> model = trainer(5, batch == 1 ? 50 : 4, batch).train(data(1, 203));
        evaluate(model, data(2, 100));
        evaluate(model, data(3, 100));
    }

    private static void transformed() {
        System.out.println("== tribuo.3");
        TransformationMap transformations =
                new TransformationMap(java.util.Collections.singletonList(new MeanStdDevTransformation()));
        new TransformTrainer<>(trainer(3, 50, 1), transformations).train(data(1, 200));
    }

    private static void ensemble() {
        System.out.println("== none"); // the members' losses are those of several models
        Model<Label> model = new BaggingTrainer<>(trainer(2, 100, 1), new VotingCombiner(), 3).train(data(1, 200));
        System.out.println("== tribuo.4");
        evaluate(model, data(2, 100));
    }

    private static void evaluate(Model<Label> model, MutableDataset<Label> data) {
        LabelEvaluation evaluation = new LabelEvaluator().evaluate(model, data);
        TreeMap<String, Double> metrics = new TreeMap<>();
        evaluation.asMap().forEach((id, value) -> metrics.put(
                id.getA().getAverageTarget().isPresent()
                        ? id.getA().getAverageTarget().get() + "/" + id.getB()
                        : "output " + id.getA().getOutputTarget().get() + " " + id.getB(),
                value));
        metrics.forEach((name, value) -> System.out.println(name + " = " + value));
    }
}

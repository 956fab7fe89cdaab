package autolog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import opennlp.tools.ml.EventTrainer;
import opennlp.tools.ml.TrainerFactory;
import opennlp.tools.ml.model.Event;
import opennlp.tools.util.ObjectStream;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;

/** A training as users write it, without a line of tracking. OpenNLP's own log goes to the standard output. */
public final class OpenNLPTraining {

    private OpenNLPTraining() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.slf4j.simpleLogger.logFile", "System.out");
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        switch (arguments[0]) {
            case "all":
                train("opennlp", "MAXENT", 12);
                train("opennlp.2", "PERCEPTRON", 8);
                train("none", "NAIVEBAYES", 1);
                break;
            case "forever":
                try {
                    train("opennlp", "MAXENT", Integer.MAX_VALUE);
                } finally {
                    System.out.println("finally");
                }
                break;
            default:
                throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static ObjectStream<Event> events(int count) {
        Random random = new Random(7);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int word = random.nextInt(20);
            String outcome = word % 3 == 0 || random.nextInt(10) == 0 ? "NOUN" : "VERB";
            events.add(new Event(outcome, new String[] {"word=" + word, "last=" + word % 4, "bias"}));
        }
        return ObjectStreamUtils.createObjectStream(events);
    }

    private static void train(String name, String algorithm, int iterations) throws Exception {
        System.out.println("== " + name);
        TrainingParameters parameters = TrainingParameters.defaultParams();
        parameters.put(TrainingParameters.ALGORITHM_PARAM, algorithm);
        parameters.put(TrainingParameters.ITERATIONS_PARAM, iterations);
        parameters.put(TrainingParameters.CUTOFF_PARAM, 1);
        if (iterations == Integer.MAX_VALUE) {
            parameters.put("LLThreshold", -1.0); // never converged
        }
        EventTrainer trainer = TrainerFactory.getEventTrainer(parameters, new HashMap<>());
        trainer.train(events(300));
    }
}

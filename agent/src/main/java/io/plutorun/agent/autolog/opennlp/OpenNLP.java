package io.plutorun.agent.autolog.opennlp;

import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import java.util.List;
import java.util.Set;

/** OpenNLP's hooks: a trainer gets its parameters by {@code init}, and tells a progress monitor of each iteration. */
public final class OpenNLP {

    private static final String TRAINER = "opennlp.tools.ml.AbstractTrainer";
    private static final String EVENT_TRAINER = "opennlp.tools.ml.AbstractEventTrainer";
    private static final String SEQUENCE_TRAINER = "opennlp.tools.ml.AbstractEventModelSequenceTrainer";
    private static final String GIS = "opennlp.tools.ml.maxent.GISTrainer";
    private static final String PERCEPTRON = "opennlp.tools.ml.perceptron.PerceptronTrainer";
    private static final String MONITOR = "opennlp.tools.monitoring.DefaultTrainingProgressMonitor";

    private OpenNLP() {}

    /** All of them. */
    public static List<Hook> hooks(Recorder recorder) {
        ParametersListener parameters = new ParametersListener(recorder);
        TrainListener training = new TrainListener(recorder, parameters);
        Set<Moment> aroundIt = Set.of(Moment.ENTRY, Moment.EXIT);
        return List.of(
                new Hook(ExactMethod.of(TRAINER, "init"), Set.of(Moment.ENTRY), parameters),
                new Hook(ExactMethod.of(EVENT_TRAINER, "train"), aroundIt, training),
                new Hook(ExactMethod.of(SEQUENCE_TRAINER, "train"), aroundIt, training),
                new Hook(ExactMethod.of(GIS, "trainModel"), aroundIt, training),
                new Hook(ExactMethod.of(PERCEPTRON, "trainModel"), aroundIt, training),
                new Hook(
                        ExactMethod.of(MONITOR, "finishedIteration"),
                        Set.of(Moment.EXIT_WITH_ARGUMENTS),
                        new IterationListener(recorder)));
    }
}

package io.plutorun.agent.autolog.opennlp;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * {@code DefaultTrainingProgressMonitor.finishedIteration}: the measure that the trainer has computed, and how many events the model has
 * right.
 */
final class IterationListener extends FrameworkListener {

    private static final int ITERATION = 0;
    private static final int CORRECT = 1;
    private static final int EVENTS = 2;
    private static final int MEASURE = 3;
    private static final int VALUE = 4;

    /** OpenNLP's own name of this measure, which the perceptron alone gives as its measure. */
    private static final String ACCURACY = "Training Accuracy";

    IterationListener(Recorder recorder) {
        super(recorder);
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        Training training = TrainListener.current();
        if (training == null) {
            return null;
        }
        long iteration = call.intArgument(ITERATION);
        String measure = String.valueOf(PublicMethods.call(
                Objects.requireNonNull(call.argument(MEASURE)),
                "opennlp.tools.monitoring.TrainingMeasure",
                "getMeasureName",
                String.class));
        training.value(measure, (Double) Objects.requireNonNull(call.argument(VALUE)), iteration);
        double events = call.intArgument(EVENTS);
        if (!measure.equals(ACCURACY) && events > 0) {
            training.value(ACCURACY, call.intArgument(CORRECT) / events, iteration);
        }
        return training.cancellation();
    }
}

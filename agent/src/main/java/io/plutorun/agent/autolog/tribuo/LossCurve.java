package io.plutorun.agent.autolog.tribuo;

import io.plutorun.agent.autolog.Training;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a gradient descent as Tribuo logs it: the sum over so many iterations as its logging interval has, divided by the interval;
 * where it logs nothing, once an epoch. An iteration is a mini-batch. Used by the one thread that trains.
 */
final class LossCurve {

    private final Training training;
    private final int examples;
    private final int batch;
    private final int interval;

    /** Gives the loss of the objective's result. Kept for the call only, as the curve is. */
    private @Nullable MethodHandle lossOf;

    private int ofEpoch;
    private long iteration;
    private double sum;

    private LossCurve(Training training, int examples, int batch, int interval) {
        this.training = training;
        this.examples = examples;
        this.batch = batch;
        this.interval = interval;
    }

    /**
     * Begins it.
     *
     * @param parameters the trainer's
     * @param size how many examples there are
     */
    static Optional<LossCurve> of(Training training, Map<String, @Nullable Object> parameters, @Nullable Object size) {
        if (parameters.get("minibatchSize") instanceof Number batch
                && parameters.get("loggingInterval") instanceof Number interval
                && size instanceof Integer examples
                && examples > 0
                && batch.intValue() > 0) {
            int anEpoch = (examples + batch.intValue() - 1) / batch.intValue();
            int every = interval.intValue() > 0 ? interval.intValue() : anEpoch;
            return Optional.of(new LossCurve(training, examples, batch.intValue(), every));
        }
        return Optional.empty();
    }

    /**
     * The loss of the next example was computed.
     *
     * @param lossAndGradient a pair
     * @return what the training's thread is to throw
     */
    @Nullable
    CancellationException computed(Object lossAndGradient) throws Throwable {
        MethodHandle first = lossOf;
        if (first == null) {
            first = Pairs.first(lossAndGradient.getClass());
            lossOf = first;
        }
        sum += (Double) (Object) first.invokeExact(lossAndGradient);
        ofEpoch++;
        boolean epochEnds = ofEpoch == examples;
        boolean iterationEnds = epochEnds || ofEpoch % batch == 0;
        ofEpoch = epochEnds ? 0 : ofEpoch;
        return iterationEnds ? iterationEnded(epochEnds) : null;
    }

    private @Nullable CancellationException iterationEnded(boolean epochEnds) {
        iteration++;
        boolean due = iteration % interval == 0;
        if (due) {
            training.value("average loss", sum / interval, iteration);
            sum = 0;
        }
        return due || epochEnds ? training.cancellation() : null;
    }
}

package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code evaluate} of an evaluator: its metric, at the next step. Those that a tuner makes are in its table. */
final class EvaluationListener extends FrameworkListener {

    private final Fits fits;

    EvaluationListener(Recorder recorder, Fits fits) {
        super(recorder);
        this.fits = fits;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        Object self = call.self();
        if (self == null
                || !(call.result() instanceof Double value)
                || fits.openWith(Stages.uid(self), recorder().run()) != null) {
            return null;
        }
        Training training = fits.ofEvaluation(self);
        if (training == null) {
            return null;
        }
        Object metric = PublicMethods.call(self, call.method().className(), "getMetricName", String.class);
        training.value(String.valueOf(metric), value);
        return training.cancellation();
    }
}

package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code fit} of an estimator, or {@code Instrumentation.instrumented} around one: what comes of it is a model. */
final class FitListener extends FrameworkListener {

    private final Fits fits;

    FitListener(Recorder recorder, Fits fits) {
        super(recorder);
        this.fits = fits;
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) throws Throwable {
        Fits.enter();
        Object self = call.self();
        if (self != null && PublicMethods.typeOf(self.getClass(), Spark.ML + "Estimator") != null) {
            fits.begin(self);
        }
        return null;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        Fit fit = fits.exit();
        if (fit == null) {
            return null;
        }
        Object model = call.result();
        Object self = call.self();
        if (model != null && self != null) {
            if (fit.stages().grid().isEmpty()) {
                Summaries.record(fit, model);
            } else {
                Tuning.record(fit, self, model);
            }
        }
        return fit.training().cancellation();
    }
}

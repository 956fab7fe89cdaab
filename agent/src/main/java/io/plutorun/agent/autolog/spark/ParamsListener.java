package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code Instrumentation.logParams}: whose fit it is that goes on in the thread. */
final class ParamsListener extends FrameworkListener {

    private static final int ESTIMATOR = 0;

    private final Fits fits;

    ParamsListener(Recorder recorder, Fits fits) {
        super(recorder);
        this.fits = fits;
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) throws Throwable {
        fits.begin(Objects.requireNonNull(call.argument(ESTIMATOR)));
        return null;
    }
}

package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code Instrumentation.logNamedValue}: facts of the data and the model, and values of iterations, {@code Cost@iter=3}. */
final class NamedValueListener extends FrameworkListener {

    private static final String ITERATION = "@iter";
    private static final int NAME = 0;
    private static final int VALUE = 1;

    NamedValueListener(Recorder recorder) {
        super(recorder);
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) {
        Fit fit = Fits.current();
        if (fit == null) {
            return null;
        }
        String name = String.valueOf(call.argument(NAME));
        Object value = Stages.fact(call.argument(VALUE));
        int end = name.indexOf(ITERATION);
        long iteration = end < 0 ? -1 : number(name.substring(end + ITERATION.length()));
        if (iteration < 0 || !(value instanceof Number number)) {
            fit.fact(name, value);
            return null;
        }
        fit.value(name.substring(0, end), number.doubleValue(), iteration);
        return fit.training().cancellation();
    }

    /** Of {@code =3} or {@code 3}; negative where it is none. */
    private static long number(String text) {
        try {
            return Long.parseLong(text.startsWith("=") ? text.substring(1) : text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}

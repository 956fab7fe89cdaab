package io.plutorun.agent.autolog.lightgbm;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code LGBMBooster.getEval}: the metrics of the training data, 0, or of data that were added for validation, from 1. */
final class EvaluationListener extends FrameworkListener {

    private static final int DATA = 0;

    private final Boosters boosters;

    EvaluationListener(Recorder recorder, Boosters boosters) {
        super(recorder);
        this.boosters = boosters;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        Object self = call.self();
        Boosters.Log log = boosters.of(self);
        if (self == null || log == null || !(call.result() instanceof double[] values)) {
            return null;
        }
        List<String> names = log.metricNames();
        if (names == null) {
            String[] asked = (String[]) PublicMethods.call(self, LightGBM.BOOSTER, "getEvalNames", String[].class);
            names = asked == null ? List.of() : List.of(asked);
            log.metricNames(names);
        }
        int data = (Integer) Objects.requireNonNull(call.argument(DATA));
        String of = data == 0 ? "training" : "valid_" + data; // as LightGBM itself logs them
        for (int i = 0; i < values.length && i < names.size(); i++) {
            log.training().value(of + "/" + names.get(i), values[i], log.iterations());
        }
        return null;
    }
}

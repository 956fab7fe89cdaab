package io.plutorun.agent.autolog.lightgbm;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code LGBMBooster.updateOneIter}: the end of an iteration, where a cancel reaches the training. */
final class IterationListener extends FrameworkListener {

    private final Boosters boosters;

    IterationListener(Recorder recorder, Boosters boosters) {
        super(recorder);
        this.boosters = boosters;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) {
        Boosters.Log log = boosters.of(call.self());
        if (log == null || call.thrown() != null) {
            return null;
        }
        log.iterated();
        return log.training().cancellation();
    }
}

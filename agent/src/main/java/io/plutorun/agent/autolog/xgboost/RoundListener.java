package io.plutorun.agent.autolog.xgboost;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.hook.HookedCall;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code Booster.update}: the end of a round, where a cancel reaches the training, which meets no interrupt. */
final class RoundListener extends FrameworkListener {

    RoundListener(Recorder recorder) {
        super(recorder);
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) {
        CurrentRun run = recorder().runOfTraining(); // also of a loop of the program's own
        return run == null ? null : run.cancellation();
    }
}

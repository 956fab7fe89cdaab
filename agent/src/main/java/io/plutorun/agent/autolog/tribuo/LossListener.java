package io.plutorun.agent.autolog.tribuo;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** An objective's {@code lossAndGradient}, called for each example of each epoch: little is done here. */
final class LossListener extends FrameworkListener {

    LossListener(Recorder recorder) {
        super(recorder);
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        Object result = call.result();
        Trainings.Ongoing ongoing = Trainings.current();
        LossCurve loss = ongoing == null || ongoing.isEnsemble() ? null : ongoing.loss();
        return loss == null || result == null ? null : loss.computed(result);
    }
}

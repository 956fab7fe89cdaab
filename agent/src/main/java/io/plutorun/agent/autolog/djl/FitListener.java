package io.plutorun.agent.autolog.djl;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code EasyTrain.fit}: how many epochs there are to be. */
final class FitListener extends FrameworkListener {

    private static final int TRAINER = 0;
    private static final int EPOCHS = 1;

    private final Trainers trainers;

    FitListener(Recorder recorder, Trainers trainers) {
        super(recorder);
        this.trainers = trainers;
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) throws Throwable {
        Trainers.Log log = trainers.of(Objects.requireNonNull(call.argument(TRAINER)));
        if (log != null) {
            log.training().config(Map.of("epochs", Objects.requireNonNull(call.argument(EPOCHS))));
        }
        return null;
    }
}

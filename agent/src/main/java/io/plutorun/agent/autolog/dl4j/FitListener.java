package io.plutorun.agent.autolog.dl4j;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code fit} of a model: the outermost call is a training, the one with an iterator alone is an epoch. */
final class FitListener extends FrameworkListener {

    private static final String ITERATOR_ALONE = "Iterator;)V";

    private final Models models;

    FitListener(Recorder recorder, Models models) {
        super(recorder);
        this.models = models;
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) throws Throwable {
        Object model = Objects.requireNonNull(call.self());
        ModelLog log = models.begun(model);
        if (log != null && log.fitBegins(System.nanoTime())) {
            log.training().config(Configuration.of(model));
        }
        return null;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        Object model = Objects.requireNonNull(call.self());
        ModelLog log = models.of(model);
        if (log == null) {
            return null;
        }
        long now = System.nanoTime();
        log.fitEnds(now);
        boolean isEpoch = call.method().descriptor().endsWith(ITERATOR_ALONE);
        if (isEpoch && call.thrown() == null && log.isInEpoch()) { // one such call may make another
            log.epochEnds(epoch(model, log), now);
        }
        return null;
    }

    /** As the model counts; early versions do not. */
    private static long epoch(Object model, ModelLog log) throws Throwable {
        return Getters.value(Models.configuration(model), "getEpochCount", "()I") instanceof Integer ended
                ? ended - 1
                : log.epochsEnded();
    }
}

package io.plutorun.agent.autolog.opennlp;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.hook.HookedCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A trainer's {@code train}: the training that the iterations of its thread belong to. */
final class TrainListener extends FrameworkListener {

    /** The outermost call of a thread. Removed with it, so that no thread of a pool keeps anything. */
    private static final ThreadLocal<Ongoing> ONGOING = new ThreadLocal<>();

    private static final class Ongoing {
        private int depth;

        /** Null where the thread has no run. */
        private @Nullable Training training;
    }

    private final ParametersListener parameters;

    TrainListener(Recorder recorder, ParametersListener parameters) {
        super(recorder);
        this.parameters = parameters;
    }

    /** The training that goes on in this thread; null for none. */
    static @Nullable Training current() {
        Ongoing ongoing = ONGOING.get();
        return ongoing == null ? null : ongoing.training;
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) {
        Object self = call.self();
        Ongoing ongoing = ONGOING.get();
        if (ongoing == null) {
            ongoing = new Ongoing();
            ONGOING.set(ongoing);
        }
        if (ongoing.depth++ == 0 && self != null) {
            Training training = recorder().begin(self.getClass());
            ongoing.training = training;
            if (training != null) {
                Map<String, @Nullable Object> config = new LinkedHashMap<>();
                config.put("trainer", self.getClass().getName());
                config.putAll(parameters.of(self));
                training.config(config);
            }
        }
        return null;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) {
        Ongoing ongoing = ONGOING.get();
        if (ongoing != null && --ongoing.depth == 0) {
            ONGOING.remove();
        }
        return null;
    }
}

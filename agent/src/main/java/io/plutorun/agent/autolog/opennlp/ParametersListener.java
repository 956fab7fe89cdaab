package io.plutorun.agent.autolog.opennlp;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Parameters;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.WeakIdentityMap;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A trainer's {@code init}: its parameters, which are read here, since a trainer does not give them away. */
final class ParametersListener extends FrameworkListener {

    private static final int PARAMETERS = 0;

    private final WeakIdentityMap<Map<String, @Nullable Object>> byTrainer = new WeakIdentityMap<>();

    ParametersListener(Recorder recorder) {
        super(recorder);
    }

    /** What a trainer was given; empty where that is not known. */
    Map<String, @Nullable Object> of(Object trainer) {
        Map<String, @Nullable Object> known = byTrainer.get(trainer);
        return known == null ? Map.of() : known;
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) throws Throwable {
        Object self = call.self();
        Object parameters = call.argument(PARAMETERS);
        if (self == null || parameters == null || recorder().run() == null) {
            return null;
        }
        Object settings =
                PublicMethods.call(parameters, "opennlp.tools.util.TrainingParameters", "getObjectSettings", Map.class);
        byTrainer.put(self, Parameters.of(settings));
        return null;
    }
}

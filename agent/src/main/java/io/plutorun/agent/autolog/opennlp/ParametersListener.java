package io.plutorun.agent.autolog.opennlp;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.PublicMethods;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.WeakIdentityMap;
import io.plutorun.agent.hook.HookedMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A trainer's {@code init}: its parameters, which are read here, since a trainer does not give them away. */
final class ParametersListener extends FrameworkListener {

    private static final int PARAMETERS = 0;
    private static final int MAX = 500;

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
    protected @Nullable CancellationException onEntry(
            HookedMethod method, @Nullable Object self, @Nullable Object[] arguments) throws Throwable {
        Object parameters = arguments[PARAMETERS];
        if (self == null || parameters == null || recorder().run() == null) {
            return null;
        }
        Object settings =
                PublicMethods.call(parameters, "opennlp.tools.util.TrainingParameters", "getObjectSettings", Map.class);
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        if (settings instanceof Map<?, ?> given) {
            given.forEach((name, value) -> {
                if (plain.size() < MAX) {
                    plain.put(String.valueOf(name), plain(value));
                }
            });
        }
        byTrainer.put(self, plain);
        return null;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}

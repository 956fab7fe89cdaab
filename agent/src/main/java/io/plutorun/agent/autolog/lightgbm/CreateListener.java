package io.plutorun.agent.autolog.lightgbm;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.hook.HookedCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code LGBMBooster.create}: a training begins, with parameters in one text. */
final class CreateListener extends FrameworkListener {

    private static final int PARAMETERS = 1;
    private static final int MAX = 500;

    private final Boosters boosters;

    CreateListener(Recorder recorder, Boosters boosters) {
        super(recorder);
        this.boosters = boosters;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) {
        Object result = call.result();
        Training training = result == null ? null : recorder().begin(result.getClass());
        if (training != null && result != null) {
            boosters.created(result, training);
            training.config(parameters(String.valueOf(call.argument(PARAMETERS))));
        }
        return null;
    }

    /** LightGBM takes {@code name=value}, with blanks between them. */
    private static Map<String, @Nullable Object> parameters(String text) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        for (String word : text.split("\\s+", MAX)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                parameters.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return parameters;
    }
}

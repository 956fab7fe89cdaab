package io.plutorun.agent.autolog.xgboost;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Parameters;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.hook.HookedCall;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code XGBoost.crossValidation}: its result has the means of each round; the rounds of its folds are not recorded. */
final class CrossValidationListener extends FrameworkListener {

    private static final int MATRIX = 0;
    private static final int PARAMETERS = 1;
    private static final int ROUNDS = 2;
    private static final int FOLDS = 3;

    private final Boosters boosters;

    /** The training of this thread. Set from its entry to its exit. */
    private static final ThreadLocal<Training> CURRENT = new ThreadLocal<>();

    CrossValidationListener(Recorder recorder, Boosters boosters) {
        super(recorder);
        this.boosters = boosters;
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) {
        boosters.begin(null);
        Training training =
                recorder().begin(Objects.requireNonNull(call.argument(MATRIX)).getClass());
        if (training != null) {
            CURRENT.set(training);
            Map<String, @Nullable Object> config = Parameters.of(call.argument(PARAMETERS));
            config.put("num_round", call.argument(ROUNDS));
            config.put("nfold", call.argument(FOLDS));
            training.config(config);
        }
        return null;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) {
        boosters.end();
        Training training = CURRENT.get();
        CURRENT.remove();
        if (training != null && call.result() instanceof String[] rounds) {
            EvaluationText text = new EvaluationText(training::name);
            for (int i = 0; i < rounds.length; i++) {
                int round = i;
                text.read(rounds[i], (name, value) -> training.named(name, value, round));
            }
        }
        return null;
    }
}

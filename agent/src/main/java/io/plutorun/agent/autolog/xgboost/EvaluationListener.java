package io.plutorun.agent.autolog.xgboost;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code Booster.evalSet}: its text has the values of a round. With a metric of the program's own, the text has no round. */
final class EvaluationListener extends FrameworkListener {

    private static final int ROUND = 2;

    private final Boosters boosters;

    EvaluationListener(Recorder recorder, Boosters boosters) {
        super(recorder);
        this.boosters = boosters;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) {
        Object self = call.self();
        Object result = call.result();
        if (self != null && result != null) {
            BoosterLog log = boosters.of(self);
            if (log != null) {
                log.evaluated((String) result, call.argument(ROUND) instanceof Integer round ? round : log.nextRound());
            }
        }
        return null;
    }
}

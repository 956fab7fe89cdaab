package io.plutorun.agent.autolog.xgboost;

import io.plutorun.agent.autolog.KnownInRun;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.current.CurrentRun;
import org.jspecify.annotations.Nullable;

/** Which training a booster belongs to: the one that goes on in the thread, or the loop of the program's own that evaluates it. */
final class Boosters {

    /**
     * The call of XGBoost that goes on in a thread.
     *
     * @param log what it records; null where it records nothing: a cross-validation's folds, or a thread without a run
     * @param outer the call around it
     */
    private record Ongoing(
            @Nullable BoosterLog log, @Nullable Ongoing outer) {}

    private final Recorder recorder;

    /** Removed with the outermost call, so that no thread of a pool keeps anything. */
    private static final ThreadLocal<Ongoing> ONGOING = new ThreadLocal<>();

    private final KnownInRun<BoosterLog> known = new KnownInRun<>();

    Boosters(Recorder recorder) {
        this.recorder = recorder;
    }

    /** A call begins in this thread. */
    void begin(@Nullable BoosterLog log) {
        ONGOING.set(new Ongoing(log, ONGOING.get()));
    }

    /**
     * The innermost call of this thread is over.
     *
     * @return what it has recorded; null for nothing
     */
    @Nullable
    BoosterLog end() {
        Ongoing ended = ONGOING.get();
        if (ended == null) {
            return null;
        }
        if (ended.outer() == null) {
            ONGOING.remove();
        } else {
            ONGOING.set(ended.outer());
        }
        return ended.log();
    }

    /** From now on evaluations of a booster are those of a model that is trained. */
    void trained(Object booster, BoosterLog log) {
        log.finish();
        known.put(booster, log.training().run(), log);
    }

    /** Where an evaluation that goes on in this thread belongs; null where nothing of it is recorded. */
    @Nullable
    BoosterLog of(Object booster) {
        Ongoing call = ONGOING.get();
        if (call != null) {
            return call.log();
        }
        CurrentRun run = recorder.run();
        BoosterLog log = known.get(booster, run);
        if (log == null && run != null) {
            log = new BoosterLog(recorder.begin(run, booster.getClass()));
            known.put(booster, run, log);
        }
        return log;
    }
}

package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.objects.PublicMethods;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The fits that go on. A fit belongs to the one around it in its thread; in a thread of a pool, as tuners have them, to the one whose
 * estimator has its estimator.
 */
final class Fits {

    /** A call that goes on in a thread. */
    private static final class Call {
        private final @Nullable Call outer;
        private boolean isKnown;

        /** Null where nothing of it is recorded, or it is not known yet whose fit it is. */
        private @Nullable Fit fit;

        /** Whether the fit ends with the call. */
        private boolean isWhole;

        Call(@Nullable Call outer) {
            this.outer = outer;
        }
    }

    /** The training of a run that began last. */
    private static final class Latest {
        private volatile @Nullable Training training;
    }

    /** Removed with the outermost call, so that no thread of a pool keeps anything. */
    private static final ThreadLocal<Call> CALLS = new ThreadLocal<>();

    private final Recorder recorder;
    private final List<Fit> open = new CopyOnWriteArrayList<>();

    Fits(Recorder recorder) {
        this.recorder = recorder;
    }

    /** A call begins in this thread. */
    static void enter() {
        CALLS.set(new Call(CALLS.get()));
    }

    /** The call of this thread that began last is a fit of this estimator. */
    void begin(Object estimator) throws Throwable {
        Call call = CALLS.get();
        if (call == null || call.isKnown) {
            return;
        }
        call.isKnown = true;
        String uid = Stages.uid(estimator);
        Call outer = call.outer;
        while (outer != null && !outer.isKnown) {
            outer = outer.outer;
        }
        if (outer == null) {
            CurrentRun run = recorder.runOfTraining();
            Fit around = openWith(uid, run);
            call.fit = around != null
                    ? around.inner(new Stages(estimator))
                    : run == null ? null : outermost(run, estimator);
        } else if (outer.fit != null && outer.fit.stages().uid().equals(uid)) {
            call.fit = outer.fit;
            return;
        } else if (outer.fit != null && outer.fit.stages().have(uid)) {
            call.fit = outer.fit.inner(new Stages(estimator));
        }
        call.isWhole = call.fit != null;
        if (call.fit != null) {
            open.add(call.fit);
        }
    }

    private Fit outermost(CurrentRun run, Object estimator) throws Throwable {
        Class<?> type = PublicMethods.typeOf(estimator.getClass(), Spark.ML + "PipelineStage");
        Stages stages = new Stages(estimator);
        return Fit.outermost(begin(run, type == null ? estimator.getClass() : type), stages);
    }

    private Training begin(CurrentRun run, Class<?> type) throws Throwable {
        Latest latest = run.state(Latest.class, Latest::new);
        Training training = recorder.begin(run, type);
        boolean isFirst = latest.training == null;
        latest.training = training;
        if (isFirst) {
            training.config(Application.config(type.getClassLoader()));
        }
        return training;
    }

    /**
     * The fit that goes on whose estimator has what bears a name; null for none.
     *
     * @param run the run that it is in; null for any: a thread of a pool may have none of its own
     */
    @Nullable
    Fit openWith(String uid, @Nullable CurrentRun run) {
        Fit innermost = null;
        for (Fit fit : open) {
            if (fit.stages().have(uid)
                    && !fit.stages().uid().equals(uid)
                    && (run == null || fit.training().run() == run)) {
                innermost = fit;
            }
        }
        return innermost;
    }

    /** The fit of the call of this thread that began last; null for none. */
    static @Nullable Fit current() {
        Call call = CALLS.get();
        return call == null ? null : call.fit;
    }

    /** The fit that this thread is in, also where it is not known yet whose the innermost call is; null for none. */
    static @Nullable Fit around() {
        Call known = innermostKnown();
        return known == null ? null : known.fit;
    }

    /** Whether this thread is in a fit of which nothing is recorded, be it that there are too many. */
    static boolean isLeftOut() {
        Call known = innermostKnown();
        return known != null && known.fit == null;
    }

    private static @Nullable Call innermostKnown() {
        Call call = CALLS.get();
        while (call != null && !call.isKnown) {
            call = call.outer;
        }
        return call;
    }

    /**
     * The call of this thread that began last is over.
     *
     * @return the fit that is over by that; null for none
     */
    @Nullable
    Fit exit() {
        Call call = CALLS.get();
        if (call == null) {
            return null;
        }
        if (call.outer == null) {
            CALLS.remove();
        } else {
            CALLS.set(call.outer);
        }
        if (!call.isWhole || call.fit == null) {
            return null;
        }
        open.remove(call.fit);
        return call.fit;
    }

    /** What an evaluation belongs to: the training of the thread's run that began last; null where the thread has no run. */
    @Nullable
    Training ofEvaluation(Object evaluator) throws Throwable {
        CurrentRun run = recorder.run();
        if (run == null) {
            return null;
        }
        Training latest = run.state(Latest.class, Latest::new).training;
        if (latest != null) {
            return latest;
        }
        Class<?> type = PublicMethods.typeOf(evaluator.getClass(), Spark.ML + "evaluation.Evaluator");
        return begin(run, type == null ? evaluator.getClass() : type);
    }
}

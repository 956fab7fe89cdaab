package io.plutorun.agent.autolog.tribuo;

import io.plutorun.agent.autolog.KnownInRun;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.current.CurrentRun;
import org.jspecify.annotations.Nullable;

/** The training that goes on in a thread, and which training a model has come from. */
final class Trainings {

    /** A trainer's outermost {@code train}, and what it calls: its own overloads, and the trainers inside of it. */
    static final class Ongoing {
        private int depth;
        private boolean ensemble;

        /** Null where the thread has no run. */
        private @Nullable Training training;

        private @Nullable LossCurve loss;

        @Nullable
        Training training() {
            return training;
        }

        void training(@Nullable Training begun) {
            training = begun;
        }

        /** Null where there is none, or not yet. */
        @Nullable
        LossCurve loss() {
            return loss;
        }

        void loss(LossCurve begun) {
            loss = begun;
        }

        /** Whether the call that has begun last is the outermost. */
        boolean isOutermost() {
            return depth == 1;
        }

        /** Whether several models are trained, whose losses are not those of one curve. */
        boolean isEnsemble() {
            return ensemble;
        }

        void ensemble() {
            ensemble = true;
        }
    }

    /** Removed with the outermost call, so that no thread of a pool keeps anything. */
    private static final ThreadLocal<Ongoing> ONGOING = new ThreadLocal<>();

    private final Recorder recorder;
    private final KnownInRun<Training> byModel = new KnownInRun<>();

    Trainings(Recorder recorder) {
        this.recorder = recorder;
    }

    /** A call of {@code train} begins in this thread. */
    static Ongoing enter() {
        Ongoing ongoing = ONGOING.get();
        if (ongoing == null) {
            ongoing = new Ongoing();
            ONGOING.set(ongoing);
        }
        ongoing.depth++;
        return ongoing;
    }

    /** The training that goes on in this thread; null for none. */
    static @Nullable Ongoing current() {
        return ONGOING.get();
    }

    /**
     * The innermost call of this thread is over.
     *
     * @return the training, where it is over by that; else null
     */
    static @Nullable Ongoing exit() {
        Ongoing ongoing = ONGOING.get();
        if (ongoing == null || --ongoing.depth > 0) {
            return null;
        }
        ONGOING.remove();
        return ongoing;
    }

    /** A model has come from a training. */
    void trained(Object model, Training training) {
        byModel.put(model, training.run(), training);
    }

    /** Where an evaluation of a model belongs: to its training, if that was in this run; null where the thread has no run. */
    @Nullable
    Training of(Object model) {
        CurrentRun run = recorder.run();
        Training training = byModel.get(model, run);
        if (training == null && run != null) {
            training = recorder.begin(run, model.getClass());
            byModel.put(model, run, training);
        }
        return training;
    }
}

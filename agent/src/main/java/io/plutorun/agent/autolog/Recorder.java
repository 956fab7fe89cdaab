package io.plutorun.agent.autolog;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records the trainings of one framework in the runs of the threads that train. */
public final class Recorder {

    private final String framework;
    private final CurrentRuns runs;
    private final Consumer<String> warnings;
    private volatile boolean misfitTold;

    /**
     * Makes it.
     *
     * @param framework the framework's name, {@code xgboost}
     * @param warnings where a person is told what does not fit
     */
    public Recorder(String framework, CurrentRuns runs, Consumer<String> warnings) {
        this.framework = framework;
        this.runs = runs;
        this.warnings = warnings;
    }

    /** How many trainings a run has had, by framework. */
    private static final class Trainings {
        private final ConcurrentHashMap<String, AtomicInteger> begun = new ConcurrentHashMap<>();

        int next(String framework) {
            return begun.computeIfAbsent(framework, first -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    /** The run of the calling thread; null for none. */
    public @Nullable CurrentRun run() {
        return runs.ofThread();
    }

    /** The run of a training that begins in the calling thread, which may be opened by it; null for none. */
    public @Nullable CurrentRun runOfTraining() {
        return runs.ofTraining(framework);
    }

    /**
     * Begins a training in the run of the calling thread, which may be opened by it. The first one of a run gives it the framework's tag
     * and version.
     *
     * @param type a class of the framework, by which its version is found
     * @return null where the thread has no run
     */
    public @Nullable Training begin(Class<?> type) {
        CurrentRun run = runOfTraining();
        return run == null ? null : begin(run, type);
    }

    /** Begins a training in a run. */
    public Training begin(CurrentRun run, Class<?> type) {
        int number = run.state(Trainings.class, Trainings::new).next(framework);
        Training training = new Training(run, framework, number);
        if (number == 1) {
            training.introduce(FrameworkVersion.of(type));
        }
        return training;
    }

    /**
     * Something of the framework is not as the agent knows it. Told once.
     *
     * @param version the framework's version; null where it can't be seen
     * @param why what is missing or has failed
     */
    public void doesNotFit(@Nullable String version, String why) {
        if (!misfitTold) {
            misfitTold = true;
            warnings.accept("autolog: " + framework + (version == null ? "" : " " + version)
                    + " is not fully recorded (" + why
                    + "); the training is not affected; docs/autolog.md names the versions that are known");
        }
    }
}

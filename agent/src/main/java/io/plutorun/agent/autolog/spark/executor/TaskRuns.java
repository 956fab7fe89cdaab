package io.plutorun.agent.autolog.spark.executor;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.current.JoinableRuns;
import io.plutorun.agent.current.JoinedRun;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.metrics.RunValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The runs of an executor's threads: that of the job whose task a thread executes. Of the tasks of a training that of the first partition
 * speaks for all, or each for itself.
 *
 * <p>A run is joined when its first task is met, and left when a task of another run is, so that no executor holds more than it works for.
 */
public final class TaskRuns implements CurrentRuns {

    /** A run that was joined, or could not be, and how its trainings see it. */
    private static final class Known {
        private final @Nullable JoinedRun joined;
        private final Map<String, TaskRun> views = new ConcurrentHashMap<>();

        Known(@Nullable JoinedRun joined) {
            this.joined = joined;
        }
    }

    private final CurrentRuns otherwise;
    private final JoinableRuns joinable;
    private final boolean eachPartition;
    private final Map<RunAddress, Known> known = new ConcurrentHashMap<>();

    /** What Spark calls this executor; null before the first task. */
    private volatile @Nullable String executor;

    /**
     * Makes it.
     *
     * @param otherwise the runs of threads that execute no task
     * @param eachPartition whether each partition's task speaks for itself
     */
    public TaskRuns(CurrentRuns otherwise, JoinableRuns joinable, boolean eachPartition) {
        this.otherwise = otherwise;
        this.joinable = joinable;
        this.eachPartition = eachPartition;
    }

    @Override
    public @Nullable CurrentRun ofThread() {
        try {
            Task task = Task.ofThread();
            RunAddress address = task == null ? null : RunAddress.of(texts(task));
            return task == null || address == null ? otherwise.ofThread() : ofTask(task, address);
        } catch (Throwable e) { // another Spark than those that are known: the driver has the history when the fit ends
            return otherwise.ofThread();
        }
    }

    private @Nullable CurrentRun ofTask(Task task, RunAddress address) throws Throwable {
        int partition = task.partition();
        if (partition != 0 && !eachPartition) {
            return null;
        }
        String training = task.property(JobProperties.TRAINING);
        Known run = join(address);
        JoinedRun joined = run.joined;
        if (joined == null) {
            return null;
        }
        String suffix = training == null ? "" : training;
        String prefix = partition == 0 ? "" : "rank" + partition + "/";
        return run.views.computeIfAbsent(prefix + suffix, name -> new TaskRun(joined.run(), prefix, suffix));
    }

    private static Function<String, @Nullable String> texts(Task task) throws Throwable {
        Map<String, String> texts = new HashMap<>();
        for (String key : RunAddress.KEYS) {
            String text = task.property(key);
            if (text != null) {
                texts.put(key, text);
            }
        }
        return texts::get;
    }

    @Override
    public @Nullable CurrentRun ofTraining(String framework) {
        return ofThread();
    }

    @Override
    public RunValues valuesOfThread() {
        CurrentRun run = ofThread();
        return run == null ? otherwise.valuesOfThread() : run.values();
    }

    /**
     * What the executor's first task of a run, in the calling thread, needs done on another thread: the run is joined, and what the executor
     * does meanwhile is recorded.
     */
    public Optional<Runnable> firstTask() {
        try {
            Task task = Task.ofThread();
            RunAddress address = task == null ? null : RunAddress.of(texts(task));
            if (address == null) {
                return Optional.empty();
            }
            Thread thread = Thread.currentThread();
            executor = Task.executorId();
            return Optional.of(() -> enteredFirst(address, thread));
        } catch (Throwable e) {
            return Optional.empty();
        }
    }

    private void enteredFirst(RunAddress address, Thread thread) {
        try {
            entered(address, thread);
        } catch (Throwable e) { // then the task's first value joins it
            return;
        }
    }

    /** A thread begins to execute a task of a run. */
    void entered(RunAddress address, Thread thread) throws Throwable {
        JoinedRun joined = join(address).joined;
        if (joined != null) {
            joined.entered(thread);
        }
    }

    /** A thread has executed a task of a run. */
    void left(RunAddress address, Thread thread) {
        Known run = known.get(address);
        if (run != null && run.joined != null) {
            run.joined.left(thread);
        }
    }

    private Known join(RunAddress address) throws Throwable {
        Known run = known.get(address);
        if (run != null) {
            return run;
        }
        String name = executor == null ? Task.executorId() : executor;
        joinable.prepare();
        leaveOthers(address);
        return joined(address, "executor" + name);
    }

    private synchronized Known joined(RunAddress address, String worker) {
        return known.computeIfAbsent(address, absent -> new Known(joinable.join(address, worker)));
    }

    private void leaveOthers(RunAddress address) {
        known.entrySet().removeIf(other -> !other.getKey().equals(address) && end(other.getValue()));
    }

    /** Leaves a run that no task of is executed; whether it is left. */
    private static boolean end(Known run) {
        JoinedRun joined = run.joined;
        boolean isIdle = joined == null || joined.isIdle();
        if (joined != null && isIdle) {
            joined.end();
        }
        return isIdle;
    }
}

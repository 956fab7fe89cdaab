package io.plutorun.agent.autolog.spark.executor;

import io.plutorun.agent.autolog.SparkTask;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.current.JoinableRuns;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.metrics.RunValues;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The runs of an executor's threads: that of the job whose task a thread executes, and none for all other threads. Of the tasks of a training
 * that of the first partition speaks for all, or each for itself.
 */
public final class TaskRuns implements CurrentRuns {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JoinedRuns runs;
    private final boolean eachPartition;

    /** What this executor is called among the processes of a run; null before the first task. */
    private volatile @Nullable String worker;

    /**
     * Makes it.
     *
     * @param eachPartition whether each partition's task speaks for itself
     * @param threads makes threads of the agent, on which runs are joined
     */
    public TaskRuns(JoinableRuns joinable, boolean eachPartition, ThreadFactory threads) {
        this.runs = new JoinedRuns(joinable, threads, JoinedRuns.MAX_WAIT);
        this.eachPartition = eachPartition;
    }

    @Override
    public @Nullable CurrentRun ofThread() {
        try {
            SparkTask task = SparkTask.ofThread();
            RunAddress address = task == null ? null : address(task);
            return task == null || address == null ? null : ofTask(task, address);
        } catch (Throwable e) { // another Spark than those that are known: the driver has the history when the fit ends
            return null;
        }
    }

    private @Nullable CurrentRun ofTask(SparkTask task, RunAddress address) throws Throwable {
        int partition = task.partition();
        if (partition != 0 && !eachPartition) {
            return null;
        }
        Membership member = runs.of(address, worker());
        CurrentRun run = member.run();
        if (run == null) {
            return null;
        }
        String training = task.property(JobProperties.TRAINING);
        String prefix = partition == 0 ? "" : "rank" + partition + "/";
        String suffix = training == null ? "" : training;
        return member.tasks().get(task.context(), () -> new TaskRun(run, prefix, suffix));
    }

    /** The run that the task's job is of; null for none. */
    private static @Nullable RunAddress address(SparkTask task) throws Throwable {
        Map<String, String> texts = new HashMap<>();
        for (String key : RunAddress.KEYS) {
            String text = task.property(key);
            if (text != null) {
                texts.put(key, text);
            }
        }
        return RunAddress.of(texts::get);
    }

    @Override
    public @Nullable CurrentRun ofTraining(String framework) {
        return ofThread();
    }

    @Override
    public RunValues valuesOfThread() {
        CurrentRun run = ofThread();
        return run == null ? RunValues.NONE : run.values();
    }

    /**
     * What the executor's first task of a run, in the calling thread, needs done on another thread: the run is joined, and what the executor
     * does meanwhile is recorded. No hook tells of this task's end, so it is looked for.
     */
    public Optional<Runnable> firstTask() {
        try {
            SparkTask task = SparkTask.ofThread();
            RunAddress address = task == null ? null : address(task);
            if (task == null || address == null) {
                return Optional.empty();
            }
            var unused = worker(); // the other thread can't ask
            WeakReference<Thread> thread = new WeakReference<>(Thread.currentThread());
            WeakReference<Object> context = new WeakReference<>(task.context());
            return Optional.of(() -> watch(address, thread, context));
        } catch (Throwable e) {
            return Optional.empty();
        }
    }

    /** Holds neither the thread nor the context: both are the program's. */
    private void watch(RunAddress address, WeakReference<Thread> ofTask, WeakReference<Object> context) {
        if (!entersRun(address, ofTask.get())) {
            return;
        }
        while (!isOver(context.get())) {
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
        Thread thread = ofTask.get();
        if (thread != null) {
            left(address, thread);
        }
    }

    private static boolean isOver(@Nullable Object context) {
        return context == null || SparkTask.isOver(context);
    }

    private boolean entersRun(RunAddress address, @Nullable Thread thread) {
        try {
            if (thread != null) {
                entered(address, thread);
            }
            return thread != null;
        } catch (Throwable e) { // the task's first value joins the run
            return false;
        }
    }

    /** A thread begins to execute a task of a run. */
    void entered(RunAddress address, Thread thread) throws Throwable {
        runs.entered(address, worker(), thread);
    }

    /** A thread has executed a task of a run. */
    void left(RunAddress address, Thread thread) {
        runs.left(address, thread);
    }

    /** Asked first in a thread that executes a task. */
    private String worker() throws Throwable {
        String known = worker;
        if (known == null) {
            known = "executor" + SparkTask.executorId();
            worker = known;
        }
        return known;
    }
}

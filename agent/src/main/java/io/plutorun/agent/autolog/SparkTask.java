package io.plutorun.agent.autolog;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.objects.PublicMethods;
import java.lang.invoke.MethodType;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The task of Spark's that a thread executes. */
public final class SparkTask {

    /** How Spark calls the threads that execute tasks. {@code launch} has the same words. */
    private static final String THREADS = "Executor task launch worker";

    private static final String CONTEXT = "org.apache.spark.TaskContext";
    private static final String ENVIRONMENT = "org.apache.spark.SparkEnv";
    private static final MethodType OF_TEXT = MethodType.methodType(String.class, String.class);

    private final Object context;

    private SparkTask(Object context) {
        this.context = context;
    }

    /**
     * The one of the calling thread; null where it executes none.
     *
     * @param loader sees Spark, if the program has it
     */
    public static @Nullable SparkTask ofThread(@Nullable ClassLoader loader) throws Throwable {
        if (!Thread.currentThread().getName().startsWith(THREADS)) {
            return null;
        }
        Object contexts = PublicMethods.scalaObject(CONTEXT, loader);
        Object context = PublicMethods.call(contexts, CONTEXT + "$", "get", "()Lorg/apache/spark/TaskContext;");
        return context == null ? null : new SparkTask(context);
    }

    /** The same, in a thread whose context class loader is the executor's. */
    public static @Nullable SparkTask ofThread() throws Throwable {
        return ofThread(Thread.currentThread().getContextClassLoader());
    }

    /**
     * Whether the calling thread executes a task that others speak for: of the tasks of one training, that of the first partition tells
     * what all of them compute.
     *
     * @param run the run of the training
     * @param near a class whose loader sees Spark, if the program has it
     */
    public static boolean isSpokenFor(CurrentRun run, Class<?> near) throws Throwable {
        SparkTask task = run.isOfTask() ? null : ofThread(near.getClassLoader());
        return task != null && task.partition() != 0;
    }

    /** What Spark calls the executor of the calling thread's task: {@code 3}. */
    public static String executorId() throws Throwable {
        Object environments =
                PublicMethods.scalaObject(ENVIRONMENT, Thread.currentThread().getContextClassLoader());
        Object environment =
                PublicMethods.call(environments, ENVIRONMENT + "$", "get", "()Lorg/apache/spark/SparkEnv;");
        return environment == null
                ? ""
                : String.valueOf(PublicMethods.call(environment, ENVIRONMENT, "executorId", String.class));
    }

    /** Spark's own object: each attempt at a task has another. */
    public Object context() {
        return context;
    }

    /** A property of the job that it is of; null where the job has none of the name. */
    public @Nullable String property(String name) throws Throwable {
        return (String) PublicMethods.call(context, CONTEXT, "getLocalProperty", OF_TEXT, name);
    }

    /** Which part of the data it has. */
    public int partition() throws Throwable {
        return PublicMethods.call(context, CONTEXT, "partitionId", int.class) instanceof Integer number ? number : 0;
    }

    /** Whether the task of a context is over; also where that can't be seen. */
    public static boolean isOver(Object context) {
        try {
            return Boolean.TRUE.equals(PublicMethods.call(context, CONTEXT, "isCompleted", boolean.class));
        } catch (Throwable e) { // it can't be watched
            return true;
        }
    }

    /** What the thread is to throw where Spark has ended the task, as it does with the jobs of a cancelled run; null where it goes on. */
    public static @Nullable CancellationException killed() {
        try {
            SparkTask task = ofThread();
            boolean isKilled = task != null
                    && Boolean.TRUE.equals(PublicMethods.call(task.context, CONTEXT, "isInterrupted", boolean.class));
            return isKilled ? new CancellationException("pluto: Spark has ended this task") : null;
        } catch (Throwable e) { // the task goes on, as it would without the agent
            return null;
        }
    }
}

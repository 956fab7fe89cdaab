package io.plutorun.agent.autolog.spark.executor;

import io.plutorun.agent.objects.PublicMethods;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The task that the calling thread executes. */
final class Task {

    /** How Spark calls the threads that execute tasks. */
    private static final String THREADS = "Executor task launch worker";

    private static final String CONTEXT = "org.apache.spark.TaskContext";
    private static final String ENVIRONMENT = "org.apache.spark.SparkEnv";
    private static final MethodType OF_TEXT = MethodType.methodType(String.class, String.class);

    private final Object context;

    private Task(Object context) {
        this.context = context;
    }

    /** Null where the thread executes none. */
    static @Nullable Task ofThread() throws Throwable {
        if (!Thread.currentThread().getName().startsWith(THREADS)) {
            return null;
        }
        Object contexts = PublicMethods.scalaObject(CONTEXT, loader());
        Object context = PublicMethods.call(contexts, CONTEXT + "$", "get", "()Lorg/apache/spark/TaskContext;");
        return context == null ? null : new Task(context);
    }

    private static @Nullable ClassLoader loader() {
        return Thread.currentThread().getContextClassLoader();
    }

    /** What Spark calls this executor: {@code 3}. */
    static String executorId() throws Throwable {
        Object environments = PublicMethods.scalaObject(ENVIRONMENT, loader());
        Object environment =
                PublicMethods.call(environments, ENVIRONMENT + "$", "get", "()Lorg/apache/spark/SparkEnv;");
        return environment == null
                ? ""
                : String.valueOf(PublicMethods.call(environment, ENVIRONMENT, "executorId", String.class));
    }

    /** A property of the job that it is of; null where the job has none of the name. */
    @Nullable
    String property(String name) throws Throwable {
        return (String) PublicMethods.call(context, CONTEXT, "getLocalProperty", OF_TEXT, name);
    }

    /** Whether it is over, or nobody knows of it any more. */
    static boolean isOver(WeakReference<Object> context) {
        Object known = context.get();
        try {
            return known == null
                    || Boolean.TRUE.equals(PublicMethods.call(known, CONTEXT, "isCompleted", boolean.class));
        } catch (Throwable e) { // it can't be watched
            return true;
        }
    }

    /** For {@link #isOver}: who watches a task does not hold it. */
    WeakReference<Object> reference() {
        return new WeakReference<>(context);
    }

    /** Which part of the data it has. */
    int partition() throws Throwable {
        return PublicMethods.call(context, CONTEXT, "partitionId", int.class) instanceof Integer number ? number : 0;
    }

    /** What the thread is to throw where Spark has ended the task, as it does with the jobs of a cancelled run; null where it goes on. */
    static @Nullable CancellationException killed() {
        try {
            Task task = ofThread();
            boolean isKilled = task != null
                    && Boolean.TRUE.equals(PublicMethods.call(task.context, CONTEXT, "isInterrupted", boolean.class));
            return isKilled ? new CancellationException("pluto: Spark has ended this task") : null;
        } catch (Throwable e) { // the task goes on, as it would without the agent
            return null;
        }
    }
}

package io.plutorun.agent.autolog;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.objects.PublicMethods;

/** The task of Spark's that a thread executes. */
public final class SparkTask {

    /** How Spark calls the threads that execute tasks. */
    private static final String THREADS = "Executor task launch worker";

    private SparkTask() {}

    /**
     * Whether the calling thread executes a task that others speak for: of the tasks of one training, that of the first partition tells
     * what all of them compute.
     *
     * @param run the run of the training
     * @param near a class whose loader sees Spark, if the program has it
     */
    public static boolean isSpokenFor(CurrentRun run, Class<?> near) throws Throwable {
        if (run.isOfTask() || !Thread.currentThread().getName().startsWith(THREADS)) {
            return false;
        }
        String name = "org.apache.spark.TaskContext";
        Object context = PublicMethods.scalaObject(name, near.getClassLoader());
        return !Integer.valueOf(0).equals(PublicMethods.call(context, name + "$", "getPartitionId", int.class));
    }
}

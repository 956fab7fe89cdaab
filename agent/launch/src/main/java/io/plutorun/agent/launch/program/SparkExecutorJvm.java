package io.plutorun.agent.launch.program;

/** Whether this JVM is a Spark executor, and whether it works for a tracked run. */
public final class SparkExecutorJvm {

    /** The property by which the driver's agent says which run a job is of. */
    private static final String RUN = "pluto.run";

    private static final String THREADS = "Executor task launch worker";
    private static final String[] EXECUTORS = {
        "org.apache.spark.executor.CoarseGrainedExecutorBackend",
        "org.apache.spark.executor.YarnCoarseGrainedExecutorBackend",
        "org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend",
    };

    private SparkExecutorJvm() {}

    /** Whether a command line is an executor's. The engine has the same rule, in {@code host.SparkExecutor}. */
    public static boolean is(String command) {
        int blank = command.indexOf(' ');
        String main = blank < 0 ? command : command.substring(0, blank);
        for (String executor : EXECUTORS) {
            if (main.equals(executor)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the calling thread executes a task of a tracked run's.
     *
     * @param loader sees Spark's classes
     */
    public static boolean isInTaskOfRun(ClassLoader loader) {
        if (!Thread.currentThread().getName().startsWith(THREADS)) {
            return false;
        }
        try {
            Class<?> type = Class.forName("org.apache.spark.TaskContext", false, loader);
            Object task = type.getMethod("get").invoke(null);
            return task != null
                    && type.getMethod("getLocalProperty", String.class).invoke(task, RUN) != null;
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) { // it is no Spark that is known
            return false;
        }
    }
}

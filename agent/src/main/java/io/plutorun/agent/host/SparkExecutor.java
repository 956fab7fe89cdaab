package io.plutorun.agent.host;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether this JVM is a Spark executor: the run is the driver's, and a function that is shipped to a hundred executors and happens to
 * call the tracked method there would make a run for each of its tasks.
 */
public final class SparkExecutor {

    private static final Set<String> MAIN_CLASSES = Set.of(
            "org.apache.spark.executor.CoarseGrainedExecutorBackend",
            "org.apache.spark.executor.YarnCoarseGrainedExecutorBackend",
            "org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend");

    private SparkExecutor() {}

    /**
     * Whether a command line is an executor's.
     *
     * @param command main class and arguments, as {@code sun.java.command} gives them; null where the JVM does not tell
     */
    public static boolean is(@Nullable String command) {
        if (command == null) {
            return false;
        }
        int blank = command.indexOf(' ');
        return MAIN_CLASSES.contains(blank < 0 ? command : command.substring(0, blank));
    }
}

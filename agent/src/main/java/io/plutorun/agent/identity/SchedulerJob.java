package io.plutorun.agent.identity;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The job that this process is of, as its scheduler names it: by a name that is the same when the job is preempted and started again.
 *
 * <p>A pod's {@code HOSTNAME} is none: the pod that replaces it has another. Neither is {@code JOB_NAME}: Jenkins sets it, in Kubernetes
 * too, to what all builds have in common, and to put those into one run is worse than to begin a new one.
 *
 * @param id the name, with the scheduler's before it: {@code slurm:123_4}
 * @param variable where it stands
 */
record SchedulerJob(String id, String variable) {

    /**
     * Finds it.
     *
     * @param environment from the name of a variable to its value
     * @param world the processes among which this one is; those of one world have one job
     */
    static Optional<SchedulerJob> find(UnaryOperator<@Nullable String> environment, LauncherRank world) {
        Variables variables = new Variables(environment);
        String konduktor = variables.get("KONDUKTOR_JOB_NAME");
        if (konduktor != null) {
            return Optional.of(new SchedulerJob("konduktor:" + konduktor, "KONDUKTOR_JOB_NAME"));
        }
        return slurm(variables).or(() -> kubernetes(variables, world));
    }

    /** A requeued job keeps its number. An array's tasks share the array's number, and each has an index. */
    private static Optional<SchedulerJob> slurm(Variables variables) {
        String cluster = variables.get("SLURM_CLUSTER_NAME");
        String prefix = "slurm:" + (cluster == null ? "" : cluster + ".");
        String array = variables.get("SLURM_ARRAY_JOB_ID");
        String task = variables.get("SLURM_ARRAY_TASK_ID");
        if (array != null && task != null) {
            return Optional.of(new SchedulerJob(prefix + array + "_" + task, "SLURM_ARRAY_JOB_ID"));
        }
        String job = variables.get("SLURM_JOB_ID");
        return job == null ? Optional.empty() : Optional.of(new SchedulerJob(prefix + job, "SLURM_JOB_ID"));
    }

    /** An indexed job's pods are jobs of their own, unless they work together. */
    private static Optional<SchedulerJob> kubernetes(Variables variables, LauncherRank world) {
        for (String name : new String[] {"KUBERNETES_JOB_NAME", "K8S_JOB_NAME"}) {
            String job = variables.get(name);
            if (job != null) {
                String index = world.part().hasOthers() ? null : variables.get("JOB_COMPLETION_INDEX");
                return Optional.of(new SchedulerJob("kubernetes:" + job + (index == null ? "" : "." + index), name));
            }
        }
        return Optional.empty();
    }

    private record Variables(UnaryOperator<@Nullable String> environment) {

        /** Null for what is not set; blank counts as not set. */
        @Nullable
        String get(String name) {
            String value = environment.apply(name);
            return value == null || value.isBlank() ? null : value.strip();
        }
    }
}

package io.plutorun.agent.describe.place;

import io.plutorun.agent.describe.Collector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Slurm job, by the variables that sbatch(1) and srun(1) name. */
public final class SlurmCollector implements Collector {

    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("job_id", "SLURM_JOB_ID"),
            Map.entry("job_name", "SLURM_JOB_NAME"),
            Map.entry("cluster", "SLURM_CLUSTER_NAME"),
            Map.entry("partition", "SLURM_JOB_PARTITION"),
            Map.entry("account", "SLURM_JOB_ACCOUNT"),
            Map.entry("nodes", "SLURM_JOB_NUM_NODES"),
            Map.entry("node_list", "SLURM_JOB_NODELIST"),
            Map.entry("tasks", "SLURM_NTASKS"),
            Map.entry("rank", "SLURM_PROCID"),
            Map.entry("cpus_per_task", "SLURM_CPUS_PER_TASK"),
            Map.entry("array_job_id", "SLURM_ARRAY_JOB_ID"),
            Map.entry("array_task_id", "SLURM_ARRAY_TASK_ID"),
            Map.entry("restart_count", "SLURM_RESTART_COUNT"),
            Map.entry("submit_dir", "SLURM_SUBMIT_DIR"));

    private final Map<String, String> environment;

    /** Makes it for the environment variables of a process. */
    public SlurmCollector(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Map<String, @Nullable Object> collect() {
        Map<String, String> job = Variables.of(environment, VARIABLES);
        return job.containsKey("job_id") ? Map.of("slurm", job) : Map.of();
    }
}

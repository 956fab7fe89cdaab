package io.plutorun.agent.describe.place;

import io.plutorun.agent.describe.Collector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Konduktor job, as the card of the run's page wants it: texts, and one number. The job's name is required, all else may be missing
 * (docs/pluto-api.md).
 */
public final class KonduktorCollector implements Collector {

    private static final Map<String, String> VARIABLES = Map.of(
            "job_name", "KONDUKTOR_JOB_NAME",
            "num_nodes", "NUM_NODES",
            "num_gpus_per_node", "NUM_GPUS_PER_NODE",
            "rank", "RANK",
            "master_addr", "MASTER_ADDR",
            "accelerator_type", "KONDUKTOR_ACCELERATOR_TYPE",
            "node_name", "KONDUKTOR_NODENAME",
            "restart_attempt", "RESTART_ATTEMPT",
            "namespace", "KONDUKTOR_NAMESPACE");

    private final Map<String, String> environment;

    /** Makes it for the environment variables of a process. */
    public KonduktorCollector(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Map<String, @Nullable Object> collect() {
        Map<String, @Nullable Object> job = new LinkedHashMap<>(Variables.of(environment, VARIABLES));
        if (!job.containsKey("job_name")) {
            return Map.of();
        }
        try {
            long nodes = Long.parseLong(String.valueOf(job.get("num_nodes")));
            job.put("total_gpus", nodes * Long.parseLong(String.valueOf(job.get("num_gpus_per_node"))));
        } catch (NumberFormatException e) {
            // how many is not known
        }
        return Map.of("konduktor", job);
    }
}

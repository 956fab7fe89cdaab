package io.plutorun.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.journal.RunRecord.Part;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerJobTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            KONDUKTOR_JOB_NAME=train-1                                             | 1 | konduktor:train-1 (KONDUKTOR_JOB_NAME)
            KONDUKTOR_JOB_NAME=train-1 KUBERNETES_JOB_NAME=other SLURM_JOB_ID=5    | 1 | konduktor:train-1 (KONDUKTOR_JOB_NAME)
            SLURM_JOB_ID=123                                                       | 1 | slurm:123 (SLURM_JOB_ID)
            SLURM_JOB_ID=123 SLURM_CLUSTER_NAME=alps                               | 1 | slurm:alps.123 (SLURM_JOB_ID)
            SLURM_JOB_ID=124 SLURM_ARRAY_JOB_ID=123 SLURM_ARRAY_TASK_ID=4          | 1 | slurm:123_4 (SLURM_ARRAY_JOB_ID)
            SLURM_JOB_ID=124 SLURM_ARRAY_JOB_ID=123                                | 1 | slurm:124 (SLURM_JOB_ID)
            KUBERNETES_JOB_NAME=train                                              | 1 | kubernetes:train (KUBERNETES_JOB_NAME)
            K8S_JOB_NAME=train JOB_COMPLETION_INDEX=3                              | 1 | kubernetes:train.3 (K8S_JOB_NAME)
            K8S_JOB_NAME=train JOB_COMPLETION_INDEX=3                              | 8 | kubernetes:train (K8S_JOB_NAME)
            JOB_NAME=pipeline/main HOSTNAME=train-x7k2p                            | 1 | none
            """)
    void a_job_is_known_by_a_name_that_survives_its_restart(String environment, int world, String expected) {
        Map<String, String> variables = new HashMap<>(Map.of("SLURM_ARRAY_JOB_ID", " "));
        for (String assignment : environment.split(" ", -1)) {
            variables.put(assignment.split("=", -1)[0], assignment.split("=", -1)[1]);
        }

        assertThat(SchedulerJob.find(variables::get, new LauncherRank(new Part(0, world), "WORLD_SIZE"))
                        .map(job -> job.id() + " (" + job.variable() + ")")
                        .orElse("none"))
                .isEqualTo(expected);
    }
}

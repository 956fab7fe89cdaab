package io.plutorun.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkExecutorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.spark.executor.CoarseGrainedExecutorBackend",
                "org.apache.spark.executor.CoarseGrainedExecutorBackend --driver-url spark://x --cores 4",
                "org.apache.spark.executor.YarnCoarseGrainedExecutorBackend --driver-url spark://x",
                "org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend --driver-url spark://x"
            })
    void an_executor_is_known_by_its_main_class(String command) {
        assertThat(SparkExecutor.is(command)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "org.apache.spark.deploy.SparkSubmit --class com.acme.Job job.jar",
                "com.acme.Job org.apache.spark.executor.CoarseGrainedExecutorBackend",
                "org.apache.spark.executor.CoarseGrainedExecutorBackendLike"
            })
    void anything_else_is_none(String command) {
        assertThat(SparkExecutor.is(command)).isFalse();
    }

    @Test
    void neither_is_a_jvm_that_does_not_tell_its_command_line() {
        assertThat(SparkExecutor.is(null)).isFalse();
    }
}

package io.plutorun.agent.launch.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkExecutorJvmTest {

    @ParameterizedTest
    @CsvSource({
        "org.apache.spark.executor.CoarseGrainedExecutorBackend, true",
        "org.apache.spark.executor.CoarseGrainedExecutorBackend --driver-url x, true",
        "org.apache.spark.executor.YarnCoarseGrainedExecutorBackend --cores 1, true",
        "org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend --cores 1, true",
        "org.apache.spark.executor.CoarseGrainedExecutorBackends, false",
        "org.apache.spark.deploy.SparkSubmit --class Train org.apache.spark.executor.CoarseGrainedExecutorBackend, false",
        "com.acme.Train, false",
    })
    void an_executor_is_known_by_its_main_class(String command, boolean isExecutor) {
        assertThat(SparkExecutorJvm.is(command)).isEqualTo(isExecutor);
    }

    @Test
    void a_thread_that_executes_no_task_is_of_no_run_and_needs_no_spark() throws InterruptedException {
        ClassLoader loader = SparkExecutorJvmTest.class.getClassLoader();
        boolean[] isOfRun = {true};
        Thread named = new Thread(
                () -> isOfRun[0] = SparkExecutorJvm.isInTaskOfRun(loader), "Executor task launch worker for task 1");
        named.start();
        named.join();

        assertThat(SparkExecutorJvm.isInTaskOfRun(loader)).isFalse();
        assertThat(isOfRun[0]).as("without Spark").isFalse();
    }
}

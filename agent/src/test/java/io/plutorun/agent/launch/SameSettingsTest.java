package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.host.SparkExecutor;
import io.plutorun.agent.launch.program.SparkExecutorJvm;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * P8: launch and engine read settings alike. Each has its own few lines for it, since they share no class loader, and one class more would
 * be loaded in every idle JVM.
 */
class SameSettingsTest {

    private static final String ENABLED = "pluto.enabled";
    private static final String METHODS = "pluto.methods";

    @AfterEach
    void clear() {
        System.clearProperty(ENABLED);
        System.clearProperty(METHODS);
    }

    private static Settings engine(LaunchSettings launch) {
        return new Settings(System::getProperty, System::getenv, launch.arguments(), launch.file());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"false", "no", "off", "0", " FALSE ", "Off", "true", "yes", "on", "1", "TRUE", " ", "maybe"})
    void P8_a_flag_means_the_same_to_both(String text) {
        System.setProperty(ENABLED, text);
        LaunchSettings launch = LaunchSettings.read(null);

        assertThat(launch.isEnabled()).isEqualTo(engine(launch).get(Options.ENABLED));
    }

    @Test
    void P8_both_take_the_value_of_the_same_source(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("pluto.properties"), "methods = a.File#run\n");
        String fromFile = "settings.file=" + file;

        assertSame(fromFile, "a.File#run");
        assertSame(fromFile + ",methods=a.Argument#run", "a.Argument#run");
        System.setProperty(METHODS, "a.Property#run");
        assertSame(fromFile + ",methods=a.Argument#run", "a.Property#run");
        System.setProperty(METHODS, "  ");
        assertSame(fromFile + ",methods=a.Argument#run", "a.Argument#run");
    }

    private static void assertSame(String agentArguments, String expected) {
        LaunchSettings launch = LaunchSettings.read(agentArguments);

        assertThat(launch.value("methods")).isEqualTo(expected);
        assertThat(engine(launch).find(Options.METHODS).orElseThrow().value()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.spark.executor.CoarseGrainedExecutorBackend --cores 1",
                "org.apache.spark.executor.YarnCoarseGrainedExecutorBackend",
                "org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend --cores 1",
                "org.apache.spark.deploy.SparkSubmit --class Train",
                "com.acme.Train"
            })
    void an_executor_is_one_to_both(String command) {
        assertThat(SparkExecutorJvm.is(command)).isEqualTo(SparkExecutor.is(command));
    }
}

package io.plutorun.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.autolog.Framework;
import io.plutorun.agent.launch.program.FrameworkClasses;
import org.junit.jupiter.api.Test;

class RecordersWiringTest {

    @Test
    void each_framework_that_is_recorded_can_start_a_run_since_launch_knows_its_classes() {
        assertThat(RecordersWiring.FRAMEWORKS)
                .extracting(Framework::packages)
                .allMatch(packages -> FrameworkClasses.include(packages + "Trainer"))
                .noneMatch(packages -> FrameworkClasses.include("com/acme/" + packages + "Trainer"));
    }
}

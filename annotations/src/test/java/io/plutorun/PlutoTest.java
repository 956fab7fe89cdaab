package io.plutorun;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlutoTest {

    @Test
    void without_the_agent_the_current_run_is_inactive_and_empty() {
        Run run = Pluto.current();
        assertThat(run.isActive()).isFalse();
        assertThat(run.isResumed()).isFalse();
        assertThat(run.runId()).isEmpty();
        assertThat(run.number()).isEmpty();
        assertThat(run.displayId()).isEmpty();
        assertThat(run.externalId()).isEmpty();
        assertThat(run.organization()).isEmpty();
        assertThat(run.url()).isEmpty();
        assertThat(run.project()).isEmpty();
        assertThat(run.name()).isEmpty();
        assertThat(run).hasToString("Run[inactive]");
    }
}

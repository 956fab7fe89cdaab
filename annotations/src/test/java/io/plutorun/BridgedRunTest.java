package io.plutorun;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BridgedRunTest {

    private final Map<String, Object> attributes = new HashMap<>();
    private final Run run = new BridgedRun(attributes::get);

    @Test
    void what_the_agent_knows_is_told() {
        attributes.putAll(Map.of("active", true, "resumed", true, "runId", 42L, "number", 7L));
        attributes.putAll(Map.of("displayId", "MMP-7", "externalId", "mine", "organization", "acme"));
        attributes.putAll(Map.of("url", "https://pluto/run", "project", "digits", "name", "first"));
        assertThat(run.isActive()).isTrue();
        assertThat(run.isResumed()).isTrue();
        assertThat(run.isCancelled()).isFalse();
        attributes.put("cancelled", true);
        assertThat(run.isCancelled()).isTrue();
        assertThat(run.runId()).hasValue(42);
        assertThat(run.number()).hasValue(7);
        assertThat(run.displayId()).hasValue("MMP-7");
        assertThat(run.externalId()).hasValue("mine");
        assertThat(run.organization()).hasValue("acme");
        assertThat(run.url()).hasValue("https://pluto/run");
        assertThat(run.project()).isEqualTo("digits");
        assertThat(run.name()).isEqualTo("first");
        assertThat(run).hasToString("Run[MMP-7]");
    }

    @Test
    void what_the_server_has_not_said_yet_is_empty_and_appears_later() {
        attributes.putAll(Map.of("active", true, "name", "first"));
        assertThat(run.displayId()).isEmpty();
        assertThat(run).hasToString("Run[first]");
        attributes.put("displayId", "MMP-7");
        assertThat(run.displayId()).hasValue("MMP-7");
        assertThat(run).hasToString("Run[MMP-7]");
    }

    @Test
    void a_value_of_another_type_from_another_version_of_the_agent_is_as_none() {
        attributes.putAll(Map.of("active", "yes", "resumed", 1, "cancelled", "no", "runId", "42", "number", 7));
        attributes.putAll(Map.of("displayId", 1L, "project", 2L, "name", false));
        assertThat(run.isActive()).isFalse();
        assertThat(run.isResumed()).isFalse();
        assertThat(run.isCancelled()).isFalse();
        assertThat(run.runId()).isEmpty();
        assertThat(run.number()).isEmpty();
        assertThat(run.displayId()).isEmpty();
        assertThat(run.project()).isEmpty();
        assertThat(run.name()).isEmpty();
    }

    @Test
    void a_run_that_has_ended_is_no_longer_active() {
        attributes.put("active", true);
        assertThat(run.isActive()).isTrue();
        attributes.put("active", false);
        assertThat(run.isActive()).isFalse();
        assertThat(run).hasToString("Run[inactive]");
    }
}

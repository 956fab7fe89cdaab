package io.plutorun.agent.children;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.current.RunAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressVariablesTest {

    @Test
    void what_the_parent_sets_the_child_reads_and_nothing_else_is_changed() {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin", "PLUTO_PROJECT", "mine"));
        RunAddress run = new RunAddress(7, "work", "job");
        Map<String, String> before = AddressVariables.set(environment, run);

        assertThat(AddressVariables.read(environment::get)).isEqualTo(run);
        assertThat(environment)
                .containsEntry("PLUTO_PARENT_RUN", "7")
                .containsEntry("PLUTO_PARENT_PROJECT", "work")
                .containsEntry("PLUTO_PARENT_EXTERNAL_ID", "job");
        AddressVariables.restore(environment, before);
        assertThat(environment).isEqualTo(Map.of("PATH", "/bin", "PLUTO_PROJECT", "mine"));
    }

    @Test
    void a_child_of_a_run_that_the_server_does_not_have_yet_knows_that_it_belongs_to_one() {
        Map<String, String> environment = new HashMap<>();
        assertThat(AddressVariables.areSet(environment::get)).isFalse();
        Map<String, String> before = AddressVariables.set(environment, null);

        assertThat(AddressVariables.areSet(environment::get)).isTrue();
        assertThat(AddressVariables.read(environment::get)).isNull();
        AddressVariables.restore(environment, before);
        assertThat(environment).isEmpty();
    }

    /** A child that has a run of its own starts a child: the nearest run counts. */
    @Test
    void what_was_inherited_gives_way() {
        Map<String, String> environment = new HashMap<>();
        RunAddress inherited = new RunAddress(7, "work", "job");
        assertThat(AddressVariables.set(environment, inherited)).isEmpty();
        Map<String, String> before = AddressVariables.set(environment, new RunAddress(8, "other", null));

        assertThat(AddressVariables.read(environment::get)).isEqualTo(new RunAddress(8, "other", null));
        AddressVariables.restore(environment, before);
        assertThat(AddressVariables.read(environment::get)).isEqualTo(inherited);
    }
}

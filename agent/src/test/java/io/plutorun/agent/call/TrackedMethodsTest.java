package io.plutorun.agent.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.call.TrackedMethod.Attributes;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackedMethodsTest {

    private static TrackedMethod method(int i) {
        return new TrackedMethod("com.acme.Trainer", "train" + i, Attributes.NONE, List.of(), false);
    }

    @Test
    void a_method_is_found_by_its_number_and_those_that_are_alike_have_one() {
        TrackedMethods methods = new TrackedMethods();
        for (int i = 0; i < 100; i++) {
            assertThat(methods.register(method(i))).isEqualTo(i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(methods.register(method(i))).isEqualTo(i);
            assertThat(methods.get(i)).isEqualTo(method(i));
        }
    }

    @Test
    void a_runs_name_is_the_methods_and_of_a_main_method_that_of_the_class_which_the_program_was_started_by() {
        TrackedMethod main = new TrackedMethod("com.acme.Base", "main", Attributes.NONE, List.of(), false);
        assertThat(main.runName()).isEqualTo("Base.main");
        assertThat(main.asMainOf("com.acme.Outer$Train").runName()).isEqualTo("Train");
        assertThat(main.asMainOf("Train").label()).isEqualTo("Base.main");
        assertThat(main.asMainOf("Train").settingsName()).isEqualTo("com.acme.Base#main");
    }
}

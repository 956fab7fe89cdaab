package io.plutorun.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plutorun.agent.settings.UnusableSettingsException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstCallTest {

    @Test
    void what_the_settings_make_impossible_is_not_tried_again() {
        AtomicInteger tries = new AtomicInteger();
        FirstCall first = new FirstCall(
                () -> {
                    tries.incrementAndGet();
                    throw new UnusableSettingsException("no such server");
                },
                false,
                why -> {},
                () -> {});

        assertThatThrownBy(first::tracking).isInstanceOf(UnusableSettingsException.class);
        assertThatThrownBy(first::tracking).isInstanceOf(UnusableSettingsException.class);
        assertThat(tries).hasValue(1);
    }

    @Test
    void P5_what_could_not_be_made_for_want_of_memory_is_not_half_there_and_is_tried_again() {
        AtomicInteger tries = new AtomicInteger();
        FirstCall first = new FirstCall(
                () -> {
                    tries.incrementAndGet();
                    throw new OutOfMemoryError("none left");
                },
                false,
                why -> {},
                () -> {});

        assertThatThrownBy(first::tracking).isInstanceOf(OutOfMemoryError.class);
        assertThat(first.ifMade()).isNull();
        assertThatThrownBy(first::tracking).isInstanceOf(OutOfMemoryError.class);
        assertThat(tries).hasValue(2);
    }
}

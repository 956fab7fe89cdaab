package io.plutorun.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private long values;
    private long seconds = 1;
    private final Silence silence = new Silence(() -> values);

    /** Seconds pass, and it looks in each of them. */
    private @Nullable Duration pass(long count) {
        Duration told = null;
        for (long i = 0; i < count; i++) {
            seconds++;
            Duration now = look();
            told = told == null ? now : told;
        }
        return told;
    }

    private @Nullable Duration look() {
        return silence.look(Duration.ofSeconds(seconds).toNanos());
    }

    private void valuesEvery(long pause) {
        for (int i = 0; i < 40; i++) {
            values++;
            assertThat(pass(pause)).isNull();
        }
    }

    @Test
    void it_is_told_once_when_there_was_no_value_for_twenty_times_as_long_as_usual() {
        valuesEvery(60);
        assertThat(pass(18 * 60)).isNull();
        assertThat(pass(2 * 60)).isEqualTo(Duration.ofSeconds(20 * 60 + 1));
        assertThat(pass(3600)).isNull();
    }

    @Test
    void it_is_not_told_before_ten_minutes() {
        valuesEvery(1);
        assertThat(pass(600)).isNull();
        assertThat(pass(1)).isEqualTo(Duration.ofSeconds(601));
    }

    @Test
    void a_run_without_values_or_with_too_few_of_them_has_nothing_usual() {
        assertThat(pass(7200)).isNull();
        values++;
        pass(10);
        values++;
        assertThat(pass(7200)).isNull();
    }

    @Test
    void one_long_pause_does_not_change_what_is_usual() {
        valuesEvery(30);
        assertThat(pass(500)).isNull();
        values++;
        assertThat(pass(590)).isNull();
        assertThat(pass(20)).isNotNull();
    }

    @Test
    void the_time_for_which_the_process_was_stopped_does_not_count() {
        valuesEvery(1);
        seconds += 36_000;
        assertThat(look()).isNull();
        assertThat(pass(590)).isNull();
        assertThat(pass(20)).isNotNull();
    }
}

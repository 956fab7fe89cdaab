package io.plutorun.agent.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerGateTest {

    private final ServerGate gate = new ServerGate();
    private final Runnable a = new Named();
    private final Runnable b = new Named();
    private final Runnable c = new Named();

    private static final class Named implements Runnable {
        @Override
        public void run() {}
    }

    @Test
    void everybody_passes_while_the_server_answers() {
        assertThat(gate.isAway()).isFalse();
        assertThat(gate.pass(a)).isTrue();
        assertThat(gate.pass(b)).isTrue();
        assertThat(gate.leave(a)).isNull();
    }

    @Test
    void one_goes_on_trying_while_the_server_is_away_and_an_answer_releases_the_others() {
        gate.wentAway(Duration.ZERO);

        assertThat(gate.isAway()).isTrue();
        assertThat(gate.pass(a)).isTrue();
        assertThat(gate.pass(b)).isFalse();
        assertThat(gate.pass(c)).isFalse();
        assertThat(gate.pass(a)).as("again").isTrue();
        assertThat(gate.answered()).containsExactly(b, c);
        assertThat(gate.isAway()).isFalse();
        assertThat(gate.pass(b)).isTrue();
        assertThat(gate.answered()).isEmpty();
    }

    @Test
    void when_the_one_that_tries_leaves_the_next_takes_over() {
        gate.wentAway(Duration.ZERO);
        gate.pass(a);
        gate.pass(b);
        gate.pass(c);

        assertThat(gate.leave(b)).as("it did not try").isNull();
        assertThat(gate.leave(a)).isSameAs(c);
        assertThat(gate.pass(c)).isTrue();
        assertThat(gate.pass(a)).isFalse();
        assertThat(gate.leave(c)).isSameAs(a);
    }
}

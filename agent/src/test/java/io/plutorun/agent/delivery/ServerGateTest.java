package io.plutorun.agent.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerGateTest {

    private final ServerGate gate = new ServerGate();
    private final Dispatcher.Task a = new Named();
    private final Dispatcher.Task b = new Named();
    private final Dispatcher.Task c = new Named();

    private static final class Named implements Dispatcher.Task {
        @Override
        public void run() {}

        @Override
        public Urgency urgency() {
            return Urgency.START;
        }

        @Override
        public boolean precedes(Dispatcher.Task later) {
            return false;
        }
    }

    private void failed(Object run) {
        gate.answered(run, true, false);
    }

    private void succeeded(Object run) {
        gate.answered(run, false, true);
    }

    @Test
    void everybody_passes_while_the_server_answers() {
        assertThat(gate.state()).isEqualTo(ServerGate.State.UP);
        assertThat(gate.pass(a)).isTrue();
        assertThat(gate.pass(b)).isTrue();
        assertThat(gate.leave(a)).isNull();
    }

    @Test
    void one_goes_on_trying_while_the_server_is_away_and_an_answer_releases_the_others() {
        gate.wentAway(Duration.ZERO);

        assertThat(gate.state()).isEqualTo(ServerGate.State.AWAY);
        assertThat(gate.pass(a)).isTrue();
        assertThat(gate.pass(b)).isFalse();
        assertThat(gate.pass(c)).isFalse();
        assertThat(gate.pass(a)).as("again").isTrue();
        assertThat(gate.answered(a, false, true)).containsExactly(b, c);
        assertThat(gate.state()).isEqualTo(ServerGate.State.UP);
        assertThat(gate.pass(b)).isTrue();
        assertThat(gate.answered(b, false, true)).isEmpty();
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

    @Test
    void P9_a_failure_at_one_run_however_often_is_that_run_s_own() {
        for (int i = 0; i < 10; i++) {
            failed(a);
            failed(b);
        }

        assertThat(gate.state()).isEqualTo(ServerGate.State.UP);
    }

    @Test
    void P9_failures_at_three_runs_with_no_success_between_are_the_server_s_and_sending_goes_on() {
        failed(a);
        failed(b);
        succeeded(c);
        failed(c);
        failed(a);
        assertThat(gate.state()).isEqualTo(ServerGate.State.UP);
        failed(b);

        assertThat(gate.state()).isEqualTo(ServerGate.State.FAILING);
        assertThat(gate.pass(a)).isTrue();
        assertThat(gate.pass(b)).isTrue();
        succeeded(a);
        assertThat(gate.state()).isEqualTo(ServerGate.State.UP);
    }

    @Test
    void P9_a_failure_is_an_answer_so_the_server_is_not_away() {
        gate.wentAway(Duration.ZERO);
        gate.pass(a);
        gate.pass(b);

        assertThat(gate.answered(a, true, false)).containsExactly(b);
        assertThat(gate.state()).isEqualTo(ServerGate.State.UP);
    }

    @Test
    void at_the_jvm_s_end_everybody_passes_though_the_server_is_away() {
        gate.wentAway(Duration.ZERO);
        gate.pass(a);
        gate.pass(b);

        assertThat(gate.open()).containsExactly(b);
        assertThat(gate.pass(b)).isTrue();
        gate.close();
        assertThat(gate.pass(b)).isFalse();
    }
}

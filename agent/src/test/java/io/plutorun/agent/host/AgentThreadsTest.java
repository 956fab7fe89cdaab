package io.plutorun.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentThreadsTest {

    @Test
    void P9_a_loop_goes_on_after_rounds_for_which_there_was_no_memory() {
        List<Integer> rounds = new ArrayList<>();

        AgentThreads.loop(() -> {
                    int round = rounds.size();
                    rounds.add(round);
                    if (round == 0) {
                        throw new OutOfMemoryError();
                    }
                    if (round == 1) {
                        throw new IllegalStateException();
                    }
                    return round < 3;
                })
                .run();

        assertThat(rounds).containsExactly(0, 1, 2, 3);
    }
}

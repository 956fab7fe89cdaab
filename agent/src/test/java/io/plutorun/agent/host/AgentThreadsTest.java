package io.plutorun.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
                        throwUnannounced(new IOException());
                    }
                    return round < 3;
                })
                .run();

        assertThat(rounds).containsExactly(0, 1, 2, 3);
    }

    /** A checked exception that no method announces, as code in other languages than Java throws it. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void throwUnannounced(Exception thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void a_pause_is_one_also_where_the_program_has_interrupted_the_thread() throws InterruptedException {
        AtomicLong nanos = new AtomicLong();
        Thread thread = new AgentThreads("test").newThread(() -> {
            Thread.currentThread().interrupt();
            long begin = System.nanoTime();
            AgentThreads.pauseForMemory();
            nanos.set(System.nanoTime() - begin);
        });
        thread.start();
        thread.join();

        assertThat(Duration.ofNanos(nanos.get())).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }
}

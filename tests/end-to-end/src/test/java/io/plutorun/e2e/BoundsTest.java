package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Timed;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** P3: what a server that does not answer costs a program at most. Alone on the machine, since time is what is measured. */
@Isolated
class BoundsTest {

    private static final long TIMEOUT = 500;
    private static final long ALLOWANCE = 1000;

    /**
     * In milliseconds.
     *
     * @param first what the first tracked call took
     * @param second what the second took
     * @param end from the end of main to the end of the process
     */
    private record Times(long first, long second, long end) {

        Times more(Times other) {
            return new Times(first - other.first, second - other.second, end - other.end);
        }

        Times least(Times other) {
            return new Times(Math.min(first, other.first), Math.min(second, other.second), Math.min(end, other.end));
        }
    }

    @Test
    void P3_a_dead_server_costs_the_first_call_its_time_out_the_next_none_and_the_end_no_more_than_its_own() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always(Fault.hang());

            Times added = added(pluto);

            assertThat(added.first()).isBetween(TIMEOUT - 100, TIMEOUT + ALLOWANCE);
            assertThat(added.second()).isLessThan(ALLOWANCE);
            assertThat(added.end()).isLessThan(TIMEOUT + ALLOWANCE);
        }
    }

    @Test
    void P3_a_server_that_dies_during_the_run_costs_the_end_its_time_out_and_the_calls_none() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always("/api/runs/status/update", Fault.hang());

            Times added = added(pluto);

            assertThat(added.first()).isLessThan(ALLOWANCE);
            assertThat(added.second()).isLessThan(ALLOWANCE);
            assertThat(added.end()).isBetween(TIMEOUT - 100, TIMEOUT + ALLOWANCE);
        }
    }

    /** What the agent adds, by turns without it and with it; the least of three, since the machine may be busy with something else. */
    private static Times added(FakePluto pluto) {
        return Stream.generate(() -> {
                    Times plain = run(Program.of(Timed.class).withoutAgent());
                    return run(Program.of(Timed.class)
                                    .against(pluto)
                                    .env("PLUTO_START_TIMEOUT", TIMEOUT + "ms")
                                    .env("PLUTO_SHUTDOWN_TIMEOUT", TIMEOUT + "ms"))
                            .more(plain);
                })
                .limit(3)
                .reduce(Times::least)
                .orElseThrow();
    }

    private static Times run(Program program) {
        Result result = program.run();
        long ended = System.currentTimeMillis();
        String[] times = result.stdout().strip().split(" ", -1);
        return new Times(Long.parseLong(times[0]), Long.parseLong(times[1]), ended - Long.parseLong(times[2]));
    }
}

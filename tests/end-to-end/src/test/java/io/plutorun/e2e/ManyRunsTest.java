package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.ManyRuns;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P5 in company: many runs of one JVM at a server that takes 100 ms an answer. The server's clock runs so much faster that beats from one
 * thread would come too late: a round of them takes it a third longer than the server's watch has patience.
 *
 * <p>200 runs in every build, 1,000 with {@code -Dpluto.runs=1000}, at twice the speed of time.
 */
class ManyRunsTest {

    private static final int RUNS = Integer.getInteger("pluto.runs", 200);
    private static final Duration ANSWER = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(150);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(8);

    private static final double SPEED = GRACE.toMillis() / (ANSWER.toMillis() * RUNS / (4.0 / 3));

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_many_runs_at_a_slow_server_none_is_declared_dead_and_all_end_right_on_three_threads(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always(Fault.delay(ANSWER));
            Running program = Program.of(ManyRuns.class, String.valueOf(RUNS))
                    .on(jdk)
                    .against(pluto)
                    .env("PLUTO_START_TIMEOUT", "300s")
                    .env("PLUTO_SHUTDOWN_TIMEOUT", "100s")
                    .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                    .start();
            timeGoesOn(pluto);
            int least =
                    pluto.runs().stream().mapToInt(FakeRun::heartbeats).min().orElseThrow();
            program.endInput();
            Result result = program.await();

            System.out.println(jdk + ": " + RUNS + " runs, the server's clock " + SPEED + " times as fast, at least "
                    + least + " beats a run, " + result.stdout().strip());
            assertThat(result.stdout().strip()).matches("read -1, threads of the agent [23]");
            assertThat(pluto.runs())
                    .hasSize(RUNS)
                    .allSatisfy(run -> assertThat(run.events())
                            .noneMatch(event -> event.source().equals("stale-monitor")))
                    .allSatisfy(run -> assertThat(run.status())
                            .isEqualTo(Integer.parseInt(run.name()) % 3 == 0 ? RunStatus.FAILED : RunStatus.COMPLETED));
        }
    }

    /** Until every run has beaten several times. */
    private static void timeGoesOn(FakePluto pluto) {
        Duration more = Duration.ofMillis((long) (TICK.toMillis() * (SPEED - 1)));
        long deadline = System.nanoTime() + LONG.toNanos();
        while (pluto.runs().size() < RUNS || pluto.runs().stream().anyMatch(run -> run.heartbeats() < 3)) {
            assertThat(System.nanoTime()).as("all have beaten").isLessThan(deadline);
            LockSupport.parkNanos(TICK.toNanos());
            pluto.clock().advance(more);
            assertThat(pluto.reap()).as("declared dead alive").isZero();
        }
    }
}

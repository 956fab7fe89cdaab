package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Cancellable;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import io.plutorun.fake.StatusEvent;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P5: a run that the server took for dead while its process was alive goes on; what somebody has decided stays. */
class DeclaredDeadTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String BEAT = "/api/runs/trigger";

    private static Running start(FakePluto pluto, Jdk jdk, String then, String interval) {
        Running program = Program.of(Cancellable.class, then)
                .on(jdk)
                .against(pluto)
                .env("PLUTO_HEARTBEAT_INTERVAL", interval)
                .start();
        pluto.await(p -> !p.runs().isEmpty() && p.run(1).heartbeats() > 0, LONG);
        return program;
    }

    private static List<String> history(FakePluto pluto) {
        return pluto.run(1).events().stream().map(DeclaredDeadTest::event).toList();
    }

    private static String event(StatusEvent event) {
        return event.to() + " by " + event.source();
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_a_run_that_was_declared_dead_alive_is_resumed_and_its_own_verdict_counts(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Running program = start(pluto, jdk, "reads", "1s");
            pluto.clock().advance(Duration.ofHours(1)); // as after a night in a bag
            assertThat(pluto.reap()).isEqualTo(1);
            pluto.await(p -> p.run(1).timesResumed() == 1, LONG);
            int beats = pluto.run(1).heartbeats();
            pluto.await(p -> p.run(1).heartbeats() > beats, LONG);
            program.endInput();
            Result result = program.await();

            assertThat(result.exitCode()).isZero();
            assertThat(history(pluto))
                    .containsExactly(
                            "RUNNING by api", "FAILED by stale-monitor", "RUNNING by resume", "COMPLETED by api");
            assertThat(result.agentLines()).hasSize(3);
            assertThat(result.agentLines().get(1)).contains("run VER-1 had been declared dead by the server");
            assertThat(result.agentLines().get(2)).startsWith("pluto: run VER-1 COMPLETED after ");
        }
    }

    /** The verdict comes before any beat could tell. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_a_run_that_was_declared_dead_while_no_beat_was_heard_gets_its_verdict_all_the_same(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Running program = start(pluto, jdk, "reads", "1s");
            pluto.faults().always(BEAT, Fault.hang());
            int before = pluto.exchanges(BEAT).size();
            pluto.await(p -> p.exchanges(BEAT).size() > before, LONG);
            pluto.clock().advance(Duration.ofHours(1));
            assertThat(pluto.reap()).isEqualTo(1);
            program.endInput();
            Result result = program.await();

            assertThat(history(pluto))
                    .containsExactly("RUNNING by api", "FAILED by stale-monitor", "RUNNING by api", "COMPLETED by api");
            assertThat(result.agentLines()).last().asString().startsWith("pluto: run VER-1 COMPLETED after ");
        }
    }

    static Stream<Arguments> decisions() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(RunStatus.TERMINATED, RunStatus.FAILED)
                        .map(decision -> Arguments.arguments(jdk, decision)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("decisions")
    void P5_a_run_that_somebody_has_ended_stays_so_and_the_program_goes_on(Jdk jdk, RunStatus decision) {
        try (FakePluto pluto = FakePluto.start()) {
            Running program = start(pluto, jdk, "reads", "1s");
            OtherClient.decide(pluto, 1, decision);
            program.awaitWords("though its method is still executing");
            program.endInput();
            Result result = program.await();

            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout()).contains("returned, interrupted false");
            assertThat(history(pluto)).containsExactly("RUNNING by api", decision + " by api");
            assertThat(result.agentLines()).hasSize(3);
            assertThat(result.agentLines().get(2))
                    .startsWith("pluto: run VER-1 ended COMPLETED, but it is " + decision
                            + " on the server (set by another program through the API), and stays so");
        }
    }
}

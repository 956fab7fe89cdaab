package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Cancellable;
import io.plutorun.e2e.programs.Rank;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.StatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGSTOP and SIGCONT, of the program and of the server: one run comes of it, and it ends right. */
class SuspendedTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static List<String> history(FakePluto pluto) {
        return pluto.run(1).events().stream().map(SuspendedTest::event).toList();
    }

    private static String event(StatusEvent event) {
        return event.to() + " by " + event.source();
    }

    /** Suspends it for so long that the server takes its run for dead. */
    private static void suspendUntilDeclaredDead(Running program, FakePluto pluto) throws Exception {
        program.signal("STOP");
        Suspended.await(program);
        pluto.await(p -> p.exchanges().stream().noneMatch(exchange -> exchange.status() == -1), LONG);
        pluto.clock().advance(Duration.ofHours(1));
        assertThat(pluto.reap()).isEqualTo(1);
    }

    private static Running cancellable(FakePluto pluto, Jdk jdk) {
        Running program = Program.of(Cancellable.class, "reads")
                .on(jdk)
                .against(pluto)
                .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                .start();
        pluto.await(p -> !p.runs().isEmpty() && p.run(1).heartbeats() > 0, LONG);
        return program;
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_a_program_that_was_suspended_goes_on_with_its_run(Jdk jdk) throws Exception {
        try (FakePluto pluto = FakePluto.start()) {
            Running program = cancellable(pluto, jdk);
            suspendUntilDeclaredDead(program, pluto);
            program.signal("CONT");
            pluto.await(p -> p.run(1).timesResumed() == 1, LONG);
            program.endInput();
            Result result = program.await();

            assertThat(result.exitCode()).isZero();
            assertThat(pluto.runs()).hasSize(1);
            assertThat(history(pluto))
                    .containsExactly(
                            "RUNNING by api", "FAILED by stale-monitor", "RUNNING by resume", "COMPLETED by api");
        }
    }

    /** The server has each create that the program gave up on, and answers them all when it goes on. */
    @Test
    void P4_of_a_server_that_is_suspended_when_a_run_starts_one_run_comes() throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            server.suspend();
            Running program = rank(server, "2s", "until the end").start();
            program.awaitWords("starts without its run");
            server.goOn();
            program.awaitWords("run WOR-1 started");
            program.endInput();
            Result result = program.await();

            assertThat(server.end()).as(result.toString()).containsExactly("run WOR-1 [RUNNING, COMPLETED]");
            assertThat(result.agentLines()).noneMatch(line -> line.contains("resumed"));
        }
    }

    /** The requests of the program's end lie unread with the server. The journal has what they were to bring. */
    @ParameterizedTest
    @ValueSource(strings = {"until the end", "fail"})
    void P6_a_server_that_is_suspended_until_the_program_has_ended_gets_the_verdict_once(String how) throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            Path directory = Directories.fresh();
            Running program = rank(server, "20s", how)
                    .env("PLUTO_SHUTDOWN_TIMEOUT", "1s")
                    .directory(directory)
                    .start();
            program.awaitWords("run WOR-1 started");
            server.suspend();
            program.endInput();
            Result result = program.await();
            server.goOn();
            Result sync = server.given(
                            Program.command("-jar", Program.agentJar().toString(), "sync", directory.toString()))
                    .withoutAgent()
                    .run();

            String verdict = how.equals("fail") ? "FAILED" : "COMPLETED";
            assertThat(result.agentLines()).last().asString().contains("sync");
            assertThat(server.end()).as(result + "\n" + sync).containsExactly("run WOR-1 [RUNNING, " + verdict + "]");
        }
    }

    private static Program rank(ServerProcess server, String startTimeout, String how) {
        return server.given(Program.of(Rank.class, how))
                .env("PLUTO_START_TIMEOUT", startTimeout)
                .env("PLUTO_SHUTDOWN_TIMEOUT", "60s");
    }
}

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.plutorun.e2e.programs.Cancellable;
import io.plutorun.e2e.programs.Interrupted;
import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P5: a run that is cancelled on its page stays CANCELLED, and the program hears of it as its user wants. */
class CancelTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String STATUS = "/api/runs/status/update";

    private static Running start(FakePluto pluto, Jdk jdk, String then, String onCancel) {
        Running program = Program.of(Cancellable.class, then)
                .on(jdk)
                .against(pluto)
                .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                .env("PLUTO_ON_CANCEL", onCancel)
                .start();
        pluto.await(p -> !p.runs().isEmpty() && p.run(1).heartbeats() > 0, LONG);
        return program;
    }

    private static void assertStaysCancelled(FakePluto pluto) {
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(pluto.run(1).events()).as("a cancel leaves none").hasSize(1);
        assertThat(pluto.exchanges(STATUS)).as("not a word over the cancel").isEmpty();
    }

    private static void assertTold(Result result, String what) {
        assertThat(result.agentLines()).hasSize(3);
        assertThat(result.agentLines().get(1)).isEqualTo("pluto: run VER-1 was cancelled on its page: " + what);
        assertThat(result.agentLines().get(2)).startsWith("pluto: run VER-1 CANCELLED after ");
    }

    /** By what the method does when it is interrupted: the exit code, and what the program prints. */
    static Stream<Arguments> ends() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(
                        arguments(
                                jdk, "returns", 0, List.of("interrupted main", "returned, interrupted false", "hook")),
                        arguments(jdk, "throws", 0, List.of("interrupted main", "threw interrupted", "hook")),
                        arguments(jdk, "exits", 7, List.of("interrupted main", "hook")),
                        arguments(
                                jdk,
                                "asks",
                                0,
                                List.of("cancelled, active true", "returned, interrupted true", "hook"))));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ends")
    void P5_a_cancel_interrupts_the_thread_and_stays_whatever_the_method_does_then(
            Jdk jdk, String then, int exitCode, List<String> output) {
        try (FakePluto pluto = FakePluto.start()) {
            Running program = start(pluto, jdk, then, "interrupt");
            pluto.cancel(1);
            Result result = program.await();

            assertThat(result.exitCode()).isEqualTo(exitCode);
            assertThat(result.stdout().lines()).isEqualTo(output);
            assertStaysCancelled(pluto);
            assertTold(result, "its thread \"main\" is interrupted (PLUTO_ON_CANCEL is interrupt)");
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_a_cancel_ends_the_jvm_with_code_2_and_its_hooks_run_where_the_user_wants_that(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Running program = start(pluto, jdk, "returns", "exit");
            pluto.cancel(1);
            Result result = program.await();

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.stdout().lines()).containsExactly("hook");
            assertStaysCancelled(pluto);
            assertTold(result, "the JVM exits with code 2 (PLUTO_ON_CANCEL is exit)");
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_a_cancel_is_ignored_where_the_user_wants_that_and_stays_all_the_same(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Running program = start(pluto, jdk, "reads and throws", "ignore");
            pluto.cancel(1);
            pluto.await(p -> p.run(1).status() == RunStatus.CANCELLED, LONG);
            program.awaitWords("was cancelled on its page");
            program.endInput();
            Result result = program.await();

            assertThat(result.stdout().lines()).containsExactly("read -1, cancelled true", "threw as intended", "hook");
            assertStaysCancelled(pluto);
            assertTold(result, "the program goes on (PLUTO_ON_CANCEL is ignore)");
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_a_cancel_that_the_server_alone_knows_of_is_not_overwritten_by_a_failure(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Running program = Program.of(Cancellable.class, "reads and throws")
                    .on(jdk)
                    .against(pluto)
                    .env("PLUTO_HEARTBEAT_INTERVAL", "60s")
                    .start();
            pluto.await(p -> !p.runs().isEmpty() && p.run(1).heartbeats() > 0, LONG);
            pluto.cancel(1);
            OtherClient.beat(pluto, 1); // another process of the run's
            program.endInput();
            Result result = program.await();

            assertThat(result.stdout().lines())
                    .containsExactly("read -1, cancelled false", "threw as intended", "hook");
            assertStaysCancelled(pluto);
            assertThat(result.agentLines().get(1))
                    .startsWith(
                            "pluto: run VER-1 ended FAILED, but it is CANCELLED on the server (cancelled on its page)");
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_a_cancel_from_before_the_resume_interrupts_nobody_and_does_not_stay(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.seedRun("verdicts", "before");
            pluto.cancel(1);
            OtherClient.beat(pluto, 1);
            Running program = Program.of(Cancellable.class, "reads")
                    .on(jdk)
                    .against(pluto)
                    .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                    .env("PLUTO_RUN_ID", "1")
                    .start();
            pluto.await(p -> p.run(1).heartbeats() == 2 && p.run(1).status() == RunStatus.RUNNING, LONG);
            program.endInput();
            Result result = program.await();

            assertThat(result.stdout().lines())
                    .containsExactly("read -1, cancelled false", "returned, interrupted false", "hook");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.run(1).heartbeats()).isEqualTo(2);
            assertThat(result.agentLines()).hasSize(3);
            assertThat(result.agentLines().get(1)).contains("VER-1 was cancelled before it was resumed");
            assertThat(result.agentLines().get(2)).startsWith("pluto: run VER-1 COMPLETED after ");
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_a_method_that_the_program_interrupts_and_that_throws_is_failed(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Interrupted.class).on(jdk).against(pluto).run();

            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout().strip()).isEqualTo("threw java.lang.InterruptedException");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
            assertThat(pluto.run(1).statusMetadata()).containsEntry("exception", "java.lang.InterruptedException");
            assertThat(pluto.exchanges()).extracting(Exchange::path).contains("/api/runs/details/1", STATUS);
        }
    }
}

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.HundredCalls;
import io.plutorun.e2e.programs.MustBeTracked;
import io.plutorun.e2e.programs.OneRun;
import io.plutorun.e2e.programs.Work;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P3 and P4: the server does not answer, or its answer is lost. */
class OutageTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static Result plain = new Result(0, "", "");

    @BeforeAll
    static void without_the_agent() {
        plain = Program.of(Work.class).withoutAgent().run();
    }

    @Test
    void a_server_that_refuses_connections_is_told_and_the_program_does_not_notice(@TempDir Path directory)
            throws IOException {
        try (Socket nobodyListens = new Socket()) {
            nobodyListens.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String url = "http://127.0.0.1:" + nobodyListens.getLocalPort();
            Result result = Program.of(Work.class)
                    .directory(directory)
                    .env("PLUTO_API_KEY", "mlps_fake")
                    .env("PLUTO_URL_API", url)
                    .env("PLUTO_START_TIMEOUT", "2s")
                    .run();

            assertUnnoticed(result);
            assertThat(result.agentLines())
                    .containsExactly(
                            "pluto: Work.train starts without its run: no answer from " + url
                                    + " (PLUTO_URL_API) within 2.0 s (no connection to 127.0.0.1:"
                                    + nobodyListens.getLocalPort() + " (Failed to connect to /127.0.0.1:"
                                    + nobodyListens.getLocalPort()
                                    + ")), check the URL and the network; the agent goes on trying",
                            "pluto: 1 run could not be delivered to " + url
                                    + " (PLUTO_URL_API) before the JVM ended; deliver from " + directory
                                    + "/.pluto/jvm with: java -jar pluto-agent.jar sync");
        }
    }

    @Test
    void a_server_that_hangs_is_told_and_the_program_does_not_notice() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always(Fault.hang());

            Result result = Program.of(Work.class)
                    .against(pluto)
                    .env("PLUTO_START_TIMEOUT", "300ms")
                    .run();

            assertUnnoticed(result);
            assertThat(result.agentLines()).hasSize(2);
        }
    }

    @Test
    void without_a_key_one_line_says_which_variable_to_set(@TempDir Path directory) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Work.class)
                    .against(pluto)
                    .directory(directory)
                    .withoutEnv("PLUTO_API_KEY")
                    .run();

            assertUnnoticed(result);
            assertThat(pluto.exchanges()).isEmpty();
            assertThat(result.agentLines())
                    .containsExactly("pluto: Work.train is recorded in " + directory
                            + "/.pluto/jvm (no API key: set PLUTO_API_KEY, or PLUTO_API_KEY_FILE to a file that holds it);"
                            + " deliver it with: java -jar pluto-agent.jar sync");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"mlps_quoted\"", "mlps_ two words", "mlps_schlüssel"})
    void a_key_that_no_header_can_hold_is_told_and_not_shown(String key) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Work.class)
                    .against(pluto)
                    .env("PLUTO_API_KEY", key)
                    .run();

            assertUnnoticed(result);
            assertThat(result.agentLines()).hasSize(1);
            assertThat(result.agentLines().get(0)).contains("PLUTO_API_KEY").doesNotContain(key);
            assertThat(pluto.runs()).isEmpty();
        }
    }

    @Test
    void a_hundred_calls_against_a_server_that_hangs_cost_one_time_out() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always(Fault.hang());

            Result result = Program.of(HundredCalls.class, "PT9S") // less than two time-outs, on a busy machine too
                    .against(pluto)
                    .env("PLUTO_START_TIMEOUT", "5s")
                    .run();

            assertThat(result.stdout().strip()).isEqualTo("4950, in time");
            assertThat(result.exitCode()).isZero();
        }
    }

    @Test
    void when_the_server_answers_again_every_run_is_delivered() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().next("/api/runs/create", 2, Fault.status(503, "busy"));

            Running program = Program.of(HundredCalls.class, "PT60S", "stay")
                    .against(pluto)
                    .env("PLUTO_START_TIMEOUT", "100ms")
                    .start();
            pluto.await(
                    p -> p.runs().size() == 100
                            && p.runs().stream().allMatch(run -> run.status() == RunStatus.COMPLETED),
                    LONG);
            program.endInput();
            Result result = program.await();

            assertThat(result.stdout().strip()).isEqualTo("4950, in time");
            assertThat(result.agentLines().stream().filter(line -> line.contains(" started late: ")))
                    .isNotEmpty();
        }
    }

    @Test
    void an_answer_that_is_lost_twice_still_makes_one_run_which_was_started_not_resumed() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().next("/api/runs/create", 2, Fault.dropAfterProcessing());

            Result result = Program.of(OneRun.class).against(pluto).run();

            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.exchanges("/api/runs/create")).hasSize(3);
            assertThat(pluto.exchanges("/api/runs/tags/update")).isEmpty();
            assertThat(result.stdout()).contains("active true, resumed false, DIG-1");
            assertThat(result.agentLines().get(0))
                    .isEqualTo("pluto: run DIG-1 started: " + pluto.run(1).url());
        }
    }

    @Test
    void where_a_call_must_be_tracked_a_refusal_keeps_it_from_starting() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = mustBeTracked(pluto)
                    .env("PLUTO_API_KEY", pluto.revokedKey())
                    .run();

            assertThat(result.stdout())
                    .startsWith("java.lang.IllegalStateException pluto: MustBeTracked.train ")
                    .contains("401 Unauthorized: API key has been revoked")
                    .doesNotContain("executes");
        }
    }

    @Test
    void where_a_call_must_be_tracked_and_there_is_no_key_it_does_not_start() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = mustBeTracked(pluto).withoutEnv("PLUTO_API_KEY").run();

            assertThat(result.stdout().strip())
                    .isEqualTo(
                            "java.lang.IllegalStateException pluto: MustBeTracked.train does not start: no API key: set"
                                    + " PLUTO_API_KEY, or PLUTO_API_KEY_FILE to a file that holds it");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', stay", "job, stay", "'', go", "job, go"})
    void where_a_call_must_be_tracked_a_late_run_is_ended_and_the_call_does_not_start(String externalId, String then) {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().next("/api/runs/create", Fault.hangAfterProcessing());
            Running program = mustBeTracked(pluto, then)
                    .env("PLUTO_EXTERNAL_ID", externalId)
                    .start();

            pluto.await(p -> p.runs().size() == 1 && p.run(1).status() == RunStatus.FAILED, LONG);
            program.endInput();
            Result result = program.await();

            assertThat(result.stdout())
                    .startsWith("java.lang.IllegalStateException pluto: MustBeTracked.train ")
                    .contains("no answer from " + pluto.apiUrl())
                    .doesNotContain("executes");
            assertThat(pluto.run(1).statusMetadata())
                    .extractingByKey("reason")
                    .asString()
                    .contains("did not start");
            assertThat(pluto.run(1).heartbeats()).isZero();
        }
    }

    private static Program mustBeTracked(FakePluto pluto, String... arguments) {
        return Program.of(MustBeTracked.class, arguments)
                .against(pluto)
                .env("PLUTO_ON_ERROR", "fail")
                .env("PLUTO_START_TIMEOUT", "500ms");
    }

    private static void assertUnnoticed(Result result) {
        assertThat(result.stdout()).isEqualTo(plain.stdout());
        assertThat(result.exitCode()).isEqualTo(plain.exitCode());
        assertThat(result.otherLines()).isEqualTo(plain.otherLines());
    }
}

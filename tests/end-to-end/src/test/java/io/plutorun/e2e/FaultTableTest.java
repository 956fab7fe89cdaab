package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.plutorun.e2e.programs.HundredCalls;
import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P3, P4, P6: whatever the server or the network does, the program does not notice, and its run is one run in the end. */
class FaultTableTest {

    private static final String CREATE = "/api/runs/create";
    private static final String STATUS = "/api/runs/status/update";

    /** So that the first request has failed when the wait is over, on a busy machine too: then the line says how. */
    private static final String ENOUGH_FOR_A_REASON = "2s";

    private final Path directory;

    FaultTableTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** By name: what goes wrong, and words of the line that tells it. */
    static List<Arguments> faults() {
        return List.of(
                fault("accepts and hangs", Fault.hang(), "no answer from"),
                fault("one byte a second", Fault.slowBody(1), "no answer from"),
                fault("reset in mid-answer", Fault.resetMidAnswer(), "broke ("),
                fault("cut in mid-answer", Fault.truncatedBody(), "broke ("),
                fault("the answer is lost after processing", Fault.dropAfterProcessing(), "broke ("),
                fault("the request is lost", Fault.dropBeforeProcessing(), "broke ("),
                fault("500", Fault.status(500, "{\"error\":\"Internal Server Error\"}"), "(500 Internal Server Error)"),
                fault("502", html(502, Map.of()), "(502 an HTML page instead of an answer of Pluto's)"),
                fault("502 after processing", Fault.statusAfterProcessing(502, "Bad Gateway"), "(502 Bad Gateway)"),
                fault("503 for some seconds", html(503, Map.of("Retry-After", "120")), "(503 an HTML page"),
                fault("503 until a date", html(503, Map.of("Retry-After", inTwoMinutes())), "(503 an HTML page"),
                fault("429 for some seconds", busy(Map.of("Retry-After", "120")), "(429 busy)"),
                fault("429 until a date", busy(Map.of("Retry-After", inTwoMinutes())), "(429 busy)"),
                fault("403", Fault.status(403, "{\"error\":\"Forbidden\"}"), "(403 Forbidden)"),
                fault("404", Fault.status(404, "404 Not Found"), "(404 Not Found)", "PLUTO_URL_API"),
                fault("409", Fault.status(409, "{\"error\":\"Conflict\"}"), "(409 Conflict)"),
                fault("413", html(413, Map.of()), "(413 an HTML page instead of an answer of Pluto's)"),
                fault("422", Fault.status(422, "{\"detail\":\"no\"}"), "(422 no)"),
                fault("a captive portal", Fault.body("text/html", "<html>log in</html>"), "200, an HTML page"),
                fault("an empty 200", Fault.body("application/json", ""), "200, an answer that is not JSON"),
                fault(
                        "a 200 cut short",
                        Fault.body("application/json", "{\"runId\":"),
                        "200, an answer that is not JSON"),
                fault("a 200 of wrong types", Fault.body("application/json", "{\"runId\":\"x\"}"), "it has no runId"));
    }

    private static Arguments fault(String name, Fault fault, String... words) {
        return arguments(name, fault, words);
    }

    private static Fault html(int status, Map<String, String> headers) {
        return Fault.status(status, headers, "text/html", "<html><h1>" + status + "</h1></html>");
    }

    private static Fault busy(Map<String, String> headers) {
        return Fault.status(429, headers, "application/json", "{\"error\":\"busy\"}");
    }

    private static String inTwoMinutes() {
        return in(Duration.ofMinutes(2));
    }

    private static String in(Duration wait) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plus(wait));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void P3_P4_P6_a_fault_that_lasts_is_told_and_the_run_is_recorded_and_delivered_later(
            String name, Fault fault, String[] words) {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always(fault);

            Result result = Outage.program()
                    .against(pluto)
                    .directory(directory)
                    .env("PLUTO_START_TIMEOUT", words[0].startsWith("no answer") ? "300ms" : ENOUGH_FOR_A_REASON)
                    .run();

            Outage.assertUnnoticed(result);
            Outage.assertTold(result, directory, words);
            pluto.faults().clear();
            Outage.assertDeliveredOnce(pluto, directory);
        }
    }

    /** Each fault strikes one create and one status, and each of those is sent again. */
    @Test
    void P3_P4_faults_that_pass_are_outlasted_and_each_of_a_hundred_calls_is_one_run() {
        try (FakePluto pluto = FakePluto.start()) {
            List<Fault> passing = List.of(
                    Fault.resetMidAnswer(),
                    Fault.truncatedBody(),
                    Fault.dropAfterProcessing(),
                    Fault.dropBeforeProcessing(),
                    Fault.status(500, "{\"error\":\"Internal Server Error\"}"),
                    html(502, Map.of()),
                    Fault.statusAfterProcessing(502, "Bad Gateway"),
                    html(503, Map.of("Retry-After", "1")),
                    busy(Map.of("Retry-After", "1")),
                    busy(Map.of("Retry-After", in(Duration.ofSeconds(-30)))),
                    busy(Map.of("Retry-After", "tomorrow")),
                    Fault.body("text/html", "<html>log in</html>"),
                    Fault.body("application/json", ""),
                    Fault.body("application/json", "{\"runId\":\"x\",\"success\":\"yes\"}"));
            for (String path : List.of(CREATE, STATUS)) {
                for (Fault fault : passing) {
                    pluto.faults().next(path, fault).next(path, Fault.delay(Duration.ZERO));
                }
            }

            Result result = Program.of(HundredCalls.class, "PT60S")
                    .against(pluto)
                    .env("PLUTO_START_TIMEOUT", "60s")
                    .env("PLUTO_SHUTDOWN_TIMEOUT", "60s")
                    .run();

            assertThat(result.stdout().strip()).isEqualTo("4950, in time");
            assertThat(result.exitCode()).isZero();
            assertThat(result.agentLines()).hasSize(200).allMatch(line -> line.startsWith("pluto: run WOR-"));
            assertThat(pluto.runs()).hasSize(100).allMatch(run -> run.status() == RunStatus.COMPLETED);
        }
    }

    @Test
    void a_host_that_does_not_resolve_is_told_and_the_run_is_recorded() throws IOException {
        Path hosts = Files.createFile(directory.resolve("hosts"));
        Result result = Outage.program()
                .property("jdk.net.hosts.file", hosts.toString())
                .directory(directory)
                .env("PLUTO_API_KEY", "mlps_fake")
                .env("PLUTO_URL_API", "http://pluto.test:3001")
                .env("PLUTO_START_TIMEOUT", ENOUGH_FOR_A_REASON)
                .run();

        Outage.assertUnnoticed(result);
        Outage.assertTold(
                result,
                directory,
                "no answer from http://pluto.test:3001 (PLUTO_URL_API) within 2.0 s (the host pluto.test",
                " does not resolve)");
        assertDeliveredElsewhere();
    }

    @Test
    void a_host_that_refuses_connections_is_told_and_the_run_is_recorded() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        Result result = Outage.program()
                .directory(directory)
                .env("PLUTO_API_KEY", "mlps_fake")
                .env("PLUTO_URL_API", "http://127.0.0.1:" + port)
                .env("PLUTO_START_TIMEOUT", ENOUGH_FOR_A_REASON)
                .run();

        Outage.assertUnnoticed(result);
        Outage.assertTold(result, directory, "no connection to 127.0.0.1:" + port);
        assertDeliveredElsewhere();
    }

    @Test
    void an_answer_of_a_hundred_megabytes_is_told_and_does_not_fill_the_heap() throws IOException {
        try (TestProxy flood = TestProxy.flooding(100 << 20)) {
            Result result = Outage.program()
                    .directory(directory)
                    .jvmOption("-Xmx64m")
                    .env("PLUTO_API_KEY", "mlps_fake")
                    .env("PLUTO_URL_API", "http://127.0.0.1:" + flood.port())
                    .env("PLUTO_START_TIMEOUT", ENOUGH_FOR_A_REASON)
                    .run();

            Outage.assertUnnoticed(result);
            Outage.assertTold(result, directory, "200, an answer of more than 1 MiB, which is not Pluto's");
        }
        assertDeliveredElsewhere();
    }

    @Test
    void P7_a_redirect_to_another_host_is_not_followed_so_that_host_never_sees_the_key() {
        try (FakePluto pluto = FakePluto.start();
                FakePluto other = FakePluto.start()) {
            pluto.faults().always(Fault.redirect(other.apiUrl() + CREATE));

            Result result = Outage.program().against(pluto).directory(directory).run();

            Outage.assertUnnoticed(result);
            Outage.assertTold(result, directory, "308 redirects to " + other.apiUrl(), "not followed");
            assertThat(other.exchanges()).isEmpty();
            pluto.faults().clear();
            Outage.assertDeliveredOnce(pluto, directory);
        }
    }

    @Test
    void connections_that_are_closed_as_soon_as_they_are_idle_cost_nothing() throws IOException {
        try (FakePluto pluto = FakePluto.start();
                TestProxy closing =
                        TestProxy.closingAfterEachAnswer(pluto.apiUrl().getPort())) {
            Result result = Outage.program()
                    .against(pluto)
                    .env("PLUTO_URL_API", "http://127.0.0.1:" + closing.port())
                    .run();

            Outage.assertUnnoticed(result);
            Outage.assertCompletedOnline(result, pluto);
            assertThat(pluto.exchanges(CREATE)).hasSize(1);
            assertThat(closing.heads()) // on a busy machine whether files were changed is known later than the create
                    .filteredOn(head -> !head.startsWith("POST /api/runs/config/update"))
                    .hasSize(2);
        }
    }

    /** The server closes a kept connection in the moment in which the next request is on its way. */
    @Test
    void a_request_whose_connection_is_closed_is_sent_again() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().next(STATUS, Fault.dropBeforeProcessing());

            Result result = Outage.program().against(pluto).run();

            Outage.assertUnnoticed(result);
            Outage.assertCompletedOnline(result, pluto);
            assertThat(pluto.exchanges(STATUS)).hasSize(2);
        }
    }

    @Test
    void P6_a_verdict_that_gets_no_answer_is_on_disk_and_is_delivered_to_the_run_that_exists() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always(STATUS, Fault.hang());

            Result result = Outage.program()
                    .against(pluto)
                    .directory(directory)
                    .env("PLUTO_SHUTDOWN_TIMEOUT", "300ms")
                    .run();

            Outage.assertUnnoticed(result);
            assertThat(result.agentLines()).hasSize(2);
            assertThat(result.agentLines().get(0)).startsWith("pluto: run WOR-1 started: ");
            assertThat(result.agentLines().get(1)).contains("1 run could not be delivered");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
            pluto.faults().clear();
            Outage.assertDeliveredOnce(pluto, directory);
            assertThat(pluto.exchanges(CREATE)).extracting(Exchange::status).containsExactly(200);
        }
    }

    private void assertDeliveredElsewhere() {
        try (FakePluto pluto = FakePluto.start()) {
            Outage.assertDeliveredOnce(pluto, directory);
        }
    }
}

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P3, P6: whatever the server does with values, the program does not notice, and in the end each value is there once. */
class ValuesFaultsTest {

    private static final String METRICS = "/ingest/metrics";
    private static final String DATA = "/ingest/data";
    private static final String NAMES = "/api/runs/logName/add";
    private static final int STEPS = 500;

    private final Path directory;

    ValuesFaultsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** By name: what goes wrong, with which requests, and words of the line that tells it. */
    static List<Arguments> faults() {
        return List.of(
                fault("the requests are lost", Fault.dropBeforeProcessing(), "broke ("),
                fault("the answers are lost", Fault.dropAfterProcessing(), "broke ("),
                fault("the answers are cut", Fault.truncatedBody(), "broke ("),
                fault("a rejected key", Fault.ingestRejectsKey("API key has expired"), "API key has expired"),
                fault("the database is down", Fault.ingestDatabaseDown(), "422"),
                fault("500", Fault.status(500, "{\"error\":\"Internal Server Error\"}"), "500 Internal Server Error"),
                fault("502 after processing", Fault.statusAfterProcessing(502, "Bad Gateway"), "502 Bad Gateway"),
                fault("429", Fault.status(429, Map.of("Retry-After", "1"), "text/plain", "busy"), "429 busy"),
                fault("a captive portal", Fault.body("text/html", "<html>log in</html>"), "200, "),
                arguments(
                        "names are not registered",
                        Fault.status(500, "{\"error\":\"Internal Server Error\"}"),
                        List.of(NAMES),
                        "500 Internal Server Error"));
    }

    private static Arguments fault(String name, Fault fault, String words) {
        return arguments(name, fault, List.of(METRICS, DATA), words);
    }

    /** The fault strikes twice: the first time it passes, the second time it lasts to the end. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void P3_P6_values_are_sent_when_a_fault_has_passed_and_by_sync_when_it_has_not(
            String name, Fault fault, List<String> paths, String words) {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, "1s");
            paths.forEach(path -> pluto.faults().always(path, fault));
            parts.startAndLogTheFirstPart();
            pluto.await(p -> struck(p) > 0, Await.LONG);
            pluto.faults().clear();
            parts.awaitFirstPart(pluto);
            pluto.await(ValuesFaultsTest::hasTakenABatchWell, Await.LONG);

            long before = struck(pluto);
            List.of(METRICS, DATA).forEach(path -> pluto.faults().always(path, fault));
            parts.logTheSecondPart();
            parts.returnFromTheCall();
            pluto.await(p -> p.run(1).status() == RunStatus.COMPLETED && struck(p) > before, Await.LONG);
            Result result = parts.end();

            assertThat(told(result, "do not reach the server")).hasSize(2).allMatch(line -> line.contains(words));
            assertDeliveredBySync(parts, result, pluto);
        }
    }

    static List<Arguments> silences() {
        return List.of(
                arguments("accepts and hangs", Fault.hang()),
                arguments("takes the values and hangs", Fault.hangAfterProcessing()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silences")
    void P3_P6_values_that_are_not_answered_to_the_end_are_delivered_by_sync(String name, Fault fault) {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, "1s");
            pluto.faults().always(METRICS, fault).always(DATA, fault);
            parts.startAndLogTheFirstPart();
            parts.logTheSecondPart();
            parts.returnFromTheCall();
            pluto.await(p -> p.run(1).status() == RunStatus.COMPLETED && struck(p) > 0, Await.LONG);

            assertDeliveredBySync(parts, parts.end(), pluto);
        }
    }

    @Test
    void P3_P6_values_of_a_server_that_is_away_from_the_beginning_are_delivered_by_sync() {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, "1s");
            parts.program().env("PLUTO_START_TIMEOUT", "300ms");
            pluto.faults().always(Fault.dropBeforeProcessing());
            parts.startAndLogTheFirstPart();
            parts.logTheSecondPart();
            parts.returnFromTheCall();
            Result result = parts.end();

            assertThat(result.agentLines()).hasSize(2);
            assertThat(told(result, "1 run could not be delivered")).hasSize(1);
            deliverBySync(parts, pluto);
        }
    }

    /** Most of the values are still on disk when the verdict is there. */
    @Test
    void P5_a_verdict_does_not_wait_for_a_million_values() {
        int half = 500_000;
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = new PartsRun(directory, 0, half);
            parts.program().against(pluto).env("PLUTO_SHUTDOWN_TIMEOUT", "1s");
            pluto.faults().always(METRICS, Fault.delay(Duration.ofSeconds(2)));
            parts.startAndLogTheFirstPart();
            parts.logTheSecondPart();
            parts.returnFromTheCall();
            pluto.await(p -> p.run(1).status() == RunStatus.COMPLETED, Await.LONG);
            assertThat(PartsRun.arrived(pluto)).isLessThan(half);

            assertDeliveredBySync(parts, parts.end(), pluto);
        }
    }

    @Test
    void P3_P6_values_for_which_nobody_listens_are_delivered_by_sync() {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, "1s");
            parts.program().env("PLUTO_URL_INGEST", "http://127.0.0.1:1");
            parts.startAndLogTheFirstPart();
            parts.logTheSecondPart();
            parts.returnFromTheCall();
            pluto.await(p -> p.run(1).status() == RunStatus.COMPLETED, Await.LONG);
            Result result = parts.end();

            assertThat(told(result, "do not reach the server (no connection to 127.0.0.1:1"))
                    .hasSize(1);
            assertDeliveredBySync(parts, result, pluto);
        }
    }

    @Test
    void P3_P6_of_a_batch_in_whose_middle_a_line_is_refused_only_that_line_is_left_out_and_told() {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, "60s");
            pluto.faults().always(METRICS, Fault.parseErrorAtLinesWith("\"step\":7770,"));
            parts.startAndLogTheFirstPart();
            parts.logTheSecondPart();
            parts.returnFromTheCall();
            Result result = parts.end();

            assertThat(told(result, "refuses"))
                    .singleElement()
                    .asString()
                    .contains("refuses a value of run PAR-1, which is left out: {\"time\":", "\"step\":7770,");
            assertThat(result.agentLines()).hasSize(3);
            parts.assertAllArrived(pluto, 7770L);
            assertThat(directory.resolve(".pluto/jvm")).isEmptyDirectory();
        }
    }

    @Test
    void P6_what_the_server_refuses_of_the_values_that_sync_brings_is_told() {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, "1s");
            parts.program().env("PLUTO_MODE", "offline");
            parts.startAndLogTheFirstPart();
            parts.logTheSecondPart();
            parts.returnFromTheCall();
            var unused = parts.end();

            pluto.faults().always(METRICS, Fault.parseErrorAtLinesWith("\"step\":7770,"));
            Result sync = Outage.sync(pluto, directory);
            assertThat(sync.exitCode()).as(sync.toString()).isZero();
            assertThat(sync.stdout() + sync.stderr())
                    .contains("; left out: 1 value that the server refuses: {\"time\":", "\"step\":7770,");
            parts.assertAllArrived(pluto, 7770L);
        }
    }

    @Test
    void P3_P6_lines_that_are_damaged_on_the_way_are_sent_again() {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, "60s");
            pluto.faults().next(METRICS, 3, Fault.parseErrorAtLine(3)).next(DATA, 1, Fault.parseErrorAtLine(1));
            parts.startAndLogTheFirstPart();
            parts.logTheSecondPart();
            parts.returnFromTheCall();
            var unused = parts.end();

            parts.assertAllArrived(pluto);
        }
    }

    private PartsRun parts(FakePluto pluto, String shutdownTimeout) {
        PartsRun parts = new PartsRun(directory, STEPS, STEPS);
        parts.program().against(pluto).env("PLUTO_SHUTDOWN_TIMEOUT", shutdownTimeout);
        return parts;
    }

    private static boolean hasTakenABatchWell(FakePluto pluto) {
        return pluto.exchanges(METRICS).stream()
                .anyMatch(exchange -> exchange.fault() == null && exchange.status() == 200);
    }

    private static long struck(FakePluto pluto) {
        return pluto.exchanges().stream()
                .filter(exchange -> exchange.fault() != null)
                .count();
    }

    private void assertDeliveredBySync(PartsRun parts, Result result, FakePluto pluto) {
        assertThat(told(result, "had not all arrived")).hasSize(1);
        assertThat(PartsRun.lost(result)).isZero();
        deliverBySync(parts, pluto);
    }

    private void deliverBySync(PartsRun parts, FakePluto pluto) {
        pluto.faults().clear();
        Result sync = Outage.sync(pluto, directory);
        assertThat(sync.exitCode()).as(sync.toString()).isZero();
        parts.assertAllArrived(pluto);
        assertThat(pluto.runs()).hasSize(1);
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(directory.resolve(".pluto/jvm")).isEmptyDirectory();
    }

    private static List<String> told(Result result, String words) {
        return result.agentLines().stream().filter(line -> line.contains(words)).toList();
    }
}

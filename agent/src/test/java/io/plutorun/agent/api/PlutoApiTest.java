package io.plutorun.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.json.Json;
import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlutoApiTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration BRIEF = Duration.ofMillis(120);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final String STATUS = "/api/runs/status/update";

    private static FakePluto pluto;
    private static PlutoApi api;

    /** Every method of the API, as a user of it would call it for run 1. */
    private enum Method {
        CREATE("/api/runs/create"),
        RESUME("/api/runs/resume"),
        STATUS_UPDATE(STATUS),
        TAGS_UPDATE("/api/runs/tags/update"),
        CONFIG_UPDATE("/api/runs/config/update"),
        DETAILS("/api/runs/details/1"),
        HISTORY("/api/runs/status/history"),
        BEAT("/api/runs/trigger");

        private final String path;

        Method(String path) {
            this.path = path;
        }

        Outcome<?> call(Duration timeout) {
            return switch (this) {
                case CREATE -> api.create(create("e-1"), timeout);
                case RESUME -> api.resume(new RunReference.ByRunId(1), timeout);
                case STATUS_UPDATE -> api.updateStatus(1, RunStatus.COMPLETED, Map.of("a", 1), AT, timeout);
                case TAGS_UPDATE -> api.updateTags(1, List.of("t"), timeout);
                case CONFIG_UPDATE -> api.updateConfig(1, Map.of("lr", 0.1), timeout);
                case DETAILS -> api.details(1, timeout);
                case HISTORY -> api.statusHistory(1, timeout);
                case BEAT -> api.beat(1, timeout);
            };
        }
    }

    @BeforeAll
    static void start() {
        pluto = FakePluto.start();
        api = new PlutoApi(
                pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1.2.3", Transport.DIRECT);
    }

    @Test
    void P9_whatever_is_sent_is_what_the_server_can_store() {
        long id = pluto.seedRun("proj", "odd values");
        Map<String, Object> odd =
                Map.of("message", "a\0b", "stack", "at \uD800", "key\0", List.of("\uDC00", Double.NaN));

        assertThat(api.updateConfig(id, odd, LONG)).isInstanceOf(Outcome.Answer.class);
        assertThat(api.updateTags(id, List.of("t\0"), LONG)).isInstanceOf(Outcome.Answer.class);
        assertThat(api.updateLoggerSettings(id, odd, LONG)).isInstanceOf(Outcome.Answer.class);
        assertThat(api.updateStatus(id, RunStatus.FAILED, odd, AT, LONG)).isInstanceOf(Outcome.Answer.class);
        assertThat(pluto.run(id).statusMetadata()).containsEntry("message", "a\uFFFDb");
        assertThat(pluto.run(id).tags()).containsExactly("t\uFFFD");
    }

    @AfterEach
    void heal() {
        pluto.faults().clear();
    }

    @AfterAll
    static void close() {
        pluto.close();
    }

    private static CreateRun create(String externalId) {
        return new CreateRun(
                new RunDescription("proj", "run", List.of(), Map.of(), Map.of("startMark", "m"), Map.of()),
                externalId,
                AT,
                AT);
    }

    private static StartedRun created(String externalId) {
        return answer(api.create(create(externalId), LONG));
    }

    @SuppressWarnings("unchecked") // the caller knows what it asked for
    private static <T> T answer(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Answer.class);
        return ((Outcome.Answer<T>) outcome).value();
    }

    private static Exchange last() {
        List<Exchange> all = pluto.exchanges();
        return all.get(all.size() - 1);
    }

    private static void lastBodyIs(String json) throws Json.SyntaxException {
        assertThat(Json.parse(last().body())).isEqualTo(Json.parse(json));
    }

    // ---- requests

    @Test
    void a_create_carries_all_fields_with_objects_as_texts_and_times_as_milliseconds() throws Exception {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("lr", 0.1);
        config.put("name", "ü\"\\");
        StartedRun run = answer(api.create(
                new CreateRun(
                        new RunDescription(
                                "create-proj",
                                "n",
                                List.of("a", "b"),
                                config,
                                Map.of("startMark", "m"),
                                Map.of("cpu", 2)),
                        "e",
                        AT,
                        AT),
                LONG));

        lastBodyIs(
                "{'runName':'n','projectName':'create-proj','externalId':'e','tags':['a','b'],'loggerSettings':'{\\\"startMark\\\":\\\"m\\\"}',"
                                .replace('\'', '"')
                        + "\"systemMetadata\":\"{\\\"cpu\\\":2}\",\"config\":\"{\\\"lr\\\":0.1,\\\"name\\\":\\\"ü\\\\\\\"\\\\\\\\\\\"}\","
                        + "\"createdAt\":1700000000123,\"updatedAt\":1700000000123}");
        FakeRun there = pluto.run(run.runId());
        assertThat(there.config()).isEqualTo(config);
        assertThat(there.createdAt()).isEqualTo(AT);
        assertThat(run)
                .isEqualTo(new StartedRun(
                        there.id(), OptionalLong.of(1), "CPR-1", "create-proj", "org-one", there.url(), false));
        assertThat(answer(api.create(create("e"), LONG)).resumed())
                .as("another project")
                .isFalse();
    }

    @Test
    void a_create_leaves_out_what_is_empty() throws Exception {
        created("sparse");

        lastBodyIs(
                ("{'runName':'run','projectName':'proj','externalId':'sparse','loggerSettings':'{\\\"startMark\\\":\\\"m\\\"}',"
                                + "'createdAt':1700000000123,'updatedAt':1700000000123}")
                        .replace('\'', '"'));
    }

    @Test
    void P4_a_create_that_is_repeated_answers_with_the_run_that_exists() {
        StartedRun first = created("repeated");
        StartedRun second = created("repeated");

        assertThat(second.runId()).isEqualTo(first.runId());
        assertThat(second.resumed()).isTrue();
        assertThat(second.asCreated()).isEqualTo(first);
    }

    @Test
    void a_resume_names_its_run_in_one_way_and_sends_no_null() throws Exception {
        StartedRun run = created("to-resume");

        assertThat(answer(api.resume(new RunReference.ByRunId(run.runId()), LONG))
                        .runId())
                .isEqualTo(run.runId());
        lastBodyIs("{\"runId\":" + run.runId() + "}");
        assertThat(answer(api.resume(new RunReference.ByDisplayId(run.label(), null), LONG))
                        .resumed())
                .isTrue();
        lastBodyIs("{\"displayId\":\"" + run.label() + "\"}");
        assertThat(answer(api.resume(new RunReference.ByDisplayId(run.label(), "proj"), LONG))
                        .runId())
                .isEqualTo(run.runId());
        lastBodyIs("{\"displayId\":\"" + run.label() + "\",\"projectName\":\"proj\"}");
        assertThat(answer(api.resume(new RunReference.ByExternalId("to-resume", "proj"), LONG))
                        .runId())
                .isEqualTo(run.runId());
        lastBodyIs("{\"externalId\":\"to-resume\",\"projectName\":\"proj\"}");
    }

    @Test
    void a_status_carries_its_evidence_and_time_or_leaves_them_out() throws Exception {
        long id = created("status").runId();

        assertThat(answer(api.updateStatus(id, RunStatus.FAILED, Map.of("exception", "X"), AT, LONG)))
                .isTrue();
        lastBodyIs(("{'runId':" + id
                        + ",'status':'FAILED','statusMetadata':'{\\\"exception\\\":\\\"X\\\"}','statusUpdated':1700000000123}")
                .replace('\'', '"'));
        assertThat(pluto.run(id).statusMetadata()).isEqualTo(Map.of("exception", "X"));
        answer(api.updateStatus(id, RunStatus.RUNNING, null, null, LONG));
        lastBodyIs("{\"runId\":" + id + ",\"status\":\"RUNNING\"}");
        assertThat(answer(api.statusHistory(id, LONG)))
                .extracting(StatusEvent::to)
                .endsWith(RunStatus.FAILED, RunStatus.RUNNING);
        assertThat(last().method() + " " + last().path()).isEqualTo("GET /api/runs/status/history?runId=" + id);
    }

    @Test
    void tags_are_replaced_config_is_merged_and_both_are_read_back() throws Exception {
        long id = created("read-back").runId();

        answer(api.updateTags(id, List.of("x", "y"), LONG));
        lastBodyIs("{\"runId\":" + id + ",\"tags\":[\"x\",\"y\"]}");
        answer(api.updateConfig(id, Map.of("lr", 0.5), LONG));
        lastBodyIs("{\"runId\":" + id + ",\"config\":\"{\\\"lr\\\":0.5}\"}");
        RunDetails details = answer(api.details(id, LONG));
        assertThat(last().method() + " " + last().path()).isEqualTo("GET /api/runs/details/" + id);
        assertThat(details)
                .isEqualTo(new RunDetails(
                        RunStatus.RUNNING,
                        List.of("x", "y"),
                        Map.of("startMark", "m"),
                        "read-back",
                        details.displayId(),
                        pluto.run(id).project()));
        assertThat(details.displayId()).isEqualTo(pluto.run(id).displayId());
        assertThat(pluto.run(id).config()).isEqualTo(Map.of("lr", 0.5));
    }

    @Test
    void a_beat_goes_to_the_heartbeat_host_and_hears_the_run_s_state() throws Exception {
        long id = created("beat").runId();

        assertThat(answer(api.beat(id, LONG))).isEqualTo(RunStatus.RUNNING);
        assertThat(last().host()).isEqualTo("heartbeat");
        lastBodyIs("{\"runId\":" + id + "}");
        pluto.cancel(id);
        assertThat(answer(api.beat(id, LONG))).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void without_a_heartbeat_host_there_is_no_beat() {
        PlutoApi deaf = new PlutoApi(pluto.apiUrl(), null, null, pluto.apiKey(), "1", Transport.DIRECT);

        assertThat(deaf.canBeat()).isFalse();
        assertThat(deaf.beat(1, LONG)).isInstanceOf(Outcome.Unreachable.class);
    }

    @Test
    void every_request_carries_key_version_and_the_exact_content_type() {
        for (Method method : Method.values()) {
            assertThat(method.call(LONG)).isNotNull();

            Exchange exchange = last();
            assertThat(exchange.path()).startsWith(method.path);
            assertThat(exchange.header("Authorization")).contains("Bearer " + pluto.apiKey());
            assertThat(exchange.header("User-Agent")).contains("pluto-agent/1.2.3");
            assertThat(exchange.headers()).doesNotContainKey("Upgrade");
            boolean read = method == Method.DETAILS || method == Method.HISTORY;
            assertThat(exchange.method()).isEqualTo(read ? "GET" : "POST");
            assertThat(exchange.headers()
                            .getOrDefault("content-type", exchange.headers().get("Content-Type")))
                    .isEqualTo(read ? null : List.of("application/json"));
        }
    }

    // ---- what the server refuses

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":\"Malformed JSON in request body\"} | Malformed JSON in request body",
                "401 | {\"error\":\"Unauthorized\"} | Unauthorized",
                "401 | {\"error\":\"Unauthorized\",\"message\":\"API key has expired\"} | Unauthorized: API key has expired",
                "400 | {\"success\":false,\"error\":{\"issues\":[{\"path\":[\"tags\",0],\"message\":\"Expected string\"},{\"path\":[],\"message\":\"Bad\"}],\"name\":\"ZodError\"}} | tags.0: Expected string; Bad",
                "404 | {\"detail\":\"Run not found\"} | Run not found",
                "422 | {\"detail\":[{\"loc\":[\"body\",\"runId\"],\"msg\":\"field required\",\"type\":\"x\"}]} | body.runId: field required",
                "404 | 404 Not Found | 404 Not Found",
                "500 | '' | without a reason",
                "500 | [] | without a reason",
                "500 | {\"error\":{\"issues\":7}} | without a reason",
                "500 | {\"error\":7} | without a reason",
                "502 | <html><body>Bad gateway</body></html> | an HTML page instead of an answer of Pluto's",
            })
    void every_shape_of_an_error_becomes_words(int status, String body, String words) {
        pluto.faults().next(STATUS, Fault.status(status, body));

        Outcome<?> outcome = Method.STATUS_UPDATE.call(LONG);

        assertThat(outcome).isEqualTo(new Outcome.Rejected<>(status, words, null));
        assertThat(outcome.words()).isEqualTo(words.startsWith("404 ") ? words : status + " " + words);
        assertThat(outcome.isTransient()).isEqualTo(status >= 500);
    }

    @Test
    void of_many_issues_three_are_told_and_long_words_are_cut() {
        String issue = "{\"path\":[\"a\"],\"message\":\"m\"}";
        pluto.faults()
                .next(STATUS, Fault.status(400, "{\"error\":{\"issues\":[" + (issue + ",").repeat(9) + issue + "]}}"))
                .next(STATUS, Fault.status(400, "{\"error\":\"" + "x".repeat(1000) + "\"}"));

        assertThat(Method.STATUS_UPDATE.call(LONG).words()).isEqualTo("400 a: m; a: m; a: m");
        assertThat(Method.STATUS_UPDATE.call(LONG).words()).isEqualTo("400 " + "x".repeat(300) + "…");
    }

    @ParameterizedTest
    @CsvSource({
        "408, true",
        "429, true",
        "500, true",
        "503, true",
        "599, true",
        "400, false",
        "401, false",
        "403, false",
        "404, false",
        "409, false",
        "418, false",
        "300, false",
        "304, false",
        "399, false"
    })
    void only_5xx_408_and_429_pass(int status, boolean passing) {
        pluto.faults().always(STATUS, Fault.status(status, "{}"));

        assertThat(Method.STATUS_UPDATE.call(LONG).isTransient()).isEqualTo(passing);
    }

    @Test
    void the_server_s_wish_to_be_left_alone_is_read_in_both_forms() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(100).atOffset(ZoneOffset.UTC));

        assertThat(retryAfter(" 7 ")).isEqualTo(Duration.ofSeconds(7));
        assertThat(retryAfter(date)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(100));
        assertThat(retryAfter("Wed, 21 Oct 2015 07:28:00 GMT")).isEqualTo(Duration.ZERO);
        assertThat(retryAfter("soon")).isNull();
        assertThat(retryAfter("4294967296")).isEqualTo(Duration.ofSeconds(1L << 32));
        assertThat(retryAfter("99999999999999999999")).isNull();
        assertThat(retryAfter("")).isNull();
    }

    private static @Nullable Duration retryAfter(String value) {
        pluto.faults().next(STATUS, Fault.status(429, Map.of("Retry-After", value), "application/json", "{}"));
        return ((Outcome.Rejected<?>) Method.STATUS_UPDATE.call(LONG)).retryAfter();
    }

    @Test
    void P7_a_redirect_is_not_followed_and_the_key_does_not_go_there() {
        try (FakePluto elsewhere = FakePluto.start()) {
            for (int code : new int[] {301, 302, 303, 307, 308}) {
                pluto.faults()
                        .always(Fault.status(code, Map.of("Location", elsewhere.apiUrl() + STATUS), "text/plain", ""));
                for (Method method : Method.values()) {
                    Outcome<?> outcome = method.call(LONG);
                    assertThat(outcome.words())
                            .isEqualTo(
                                    code + " redirects to " + elsewhere.apiUrl() + STATUS + ", which is not followed");
                    assertThat(outcome.isTransient()).isFalse();
                }
            }
            assertThat(elsewhere.exchanges()).isEmpty();
        }
    }

    // ---- what is no answer of Pluto's

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html | <html>Log in</html> | an HTML page instead of an answer of Pluto's; is there a proxy or a login page in between?",
                "text/html | '  <!DOCTYPE html>' | an HTML page instead of an answer of Pluto's; is there a proxy or a login page in between?",
                "application/json | '' | an answer that is not JSON (no value)",
                "application/json | [] | an answer that is not JSON (a JSON object is expected)",
                "application/json | {\"success\":true}{} | an answer that is not JSON (more than one value)",
                "application/json | {} | an answer that is not Pluto's: it does not say success",
                "application/json | {\"success\":\"true\"} | an answer that is not Pluto's: it does not say success",
                "application/json | {\"success\":false} | an answer that is not Pluto's: it does not say success",
            })
    void a_200_that_is_not_Pluto_s_is_unusable_and_passes(String type, String body, String reason) {
        pluto.faults().next(STATUS, Fault.body(type, body));

        Outcome<?> outcome = Method.STATUS_UPDATE.call(LONG);

        assertThat(outcome).isEqualTo(new Outcome.Unusable<>(200, reason));
        assertThat(outcome.isTransient()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"runId\":\"7\"}",
                "{\"runId\":0}",
                "{\"runId\":-1}",
                "{\"runId\":1.5}",
                "{\"runId\":1e400}",
                "{\"runId\":12345678901234567890123}",
                "{\"runId\":null}",
                "{\"runId\":[1]}"
            })
    void a_run_without_a_usable_number_is_unusable(String body) {
        pluto.faults().next("/api/runs/create", Fault.body("application/json", body));

        assertThat(api.create(create("x"), LONG))
                .isEqualTo(new Outcome.Unusable<>(200, "an answer that is not Pluto's: it has no runId"));
    }

    @Test
    void fields_of_another_type_are_absent_and_unknown_ones_do_not_matter() {
        pluto.faults()
                .next(
                        "/api/runs/create",
                        Fault.body(
                                "application/json",
                                "{\"runId\":7.0,\"number\":\"1\",\"displayId\":5,\"projectName\":null,\"url\":[],\"resumed\":\"true\",\"new\":{}}"))
                .next(
                        "/api/runs/details/1",
                        Fault.body(
                                "application/json",
                                "{\"status\":\"SLEEPING\",\"tags\":[1,\"a\",null],\"loggerSettings\":\"{}\"}"))
                .next(
                        "/api/runs/status/history",
                        Fault.body(
                                "application/json",
                                "{\"events\":[{\"toStatus\":\"PAUSED\"},7,{\"toStatus\":\"FAILED\",\"source\":\"api\"}]}"))
                .next("/api/runs/trigger", Fault.body("application/json", "{\"status\":\"running\"}"));

        StartedRun run = answer(api.create(create("x"), LONG));
        assertThat(run).isEqualTo(new StartedRun(7, OptionalLong.empty(), null, null, null, null, false));
        assertThat(run.label()).isEqualTo("7");
        assertThat(answer(api.details(1, LONG)))
                .isEqualTo(new RunDetails(null, List.of("a"), Map.of(), null, null, null));
        assertThat(answer(api.statusHistory(1, LONG)))
                .containsExactly(
                        new StatusEvent(null, "", null),
                        new StatusEvent(null, "", null),
                        new StatusEvent(RunStatus.FAILED, "api", null));
        assertThat(api.beat(1, LONG)).isInstanceOf(Outcome.Unusable.class);
    }

    @Test
    void P3_no_more_than_a_mebibyte_of_an_answer_is_read() {
        String huge = "{\"success\":true,\"x\":\"" + "x".repeat(1 << 20) + "\"}";
        pluto.faults().next(STATUS, Fault.body("application/json", huge)).next(STATUS, Fault.status(500, huge));

        assertThat(Method.STATUS_UPDATE.call(LONG))
                .isEqualTo(new Outcome.Unusable<>(200, "an answer of more than 1 MiB, which is not Pluto's"));
        assertThat(Method.STATUS_UPDATE.call(LONG))
                .isEqualTo(new Outcome.Rejected<>(500, "with an answer of more than 1 MiB", null));
    }

    @Test
    void P3_hostile_JSON_is_unusable() {
        for (String body : List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(50_000),
                "{\"runId\":" + "9".repeat(100_000) + "}",
                "{\"runId\":1e",
                "{\"a\":tru",
                "\u0000{}")) {
            pluto.faults().next("/api/runs/create", Fault.body("application/json", body));
            assertThat(api.create(create("x"), LONG)).isInstanceOf(Outcome.Unusable.class);
        }
    }

    // ---- no answer

    static Stream<Fault> faults() {
        return Stream.of(
                Fault.dropBeforeProcessing(),
                Fault.dropAfterProcessing(),
                Fault.truncatedBody(),
                Fault.resetMidAnswer(),
                Fault.hang(),
                Fault.hangAfterProcessing(),
                Fault.slowBody(20),
                Fault.delay(Duration.ofSeconds(5)),
                Fault.redirect("http://127.0.0.1:1/"),
                Fault.redirect("::not a url"),
                Fault.status(401, "{\"error\":\"Unauthorized\"}"),
                Fault.status(407, "{}"),
                Fault.status(408, "{}"),
                Fault.status(421, "{}"),
                Fault.status(500, "{\"error\":{\"issues\":[7,null,{\"path\":7}]}}"),
                Fault.status(503, Map.of("Retry-After", "0"), "text/html", "<html>"),
                Fault.statusAfterProcessing(504, "gateway"),
                Fault.status(200, Map.of("Content-Encoding", "gzip"), "application/json", "not gzip"),
                Fault.status(200, Map.of("Content-Type", ";;;"), "text/plain", "null"),
                Fault.body("application/json", "{\"success\":tr"),
                Fault.body(
                        "application/json",
                        "{\"status\":7,\"runId\":{},\"tags\":7,\"events\":{\"a\":1},\"success\":1}"),
                Fault.body("text/html", "<html>"),
                Fault.body("application/octet-stream", "\uFFFF\u0001"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void P3_no_fault_lets_an_exception_escape_or_a_call_outlast_its_time(Fault fault) {
        pluto.faults().always(fault);
        for (Method method : Method.values()) {
            long before = System.nanoTime();
            Outcome<?> outcome = method.call(BRIEF);
            long millis = (System.nanoTime() - before) / 1_000_000;

            assertThat(outcome).as(method.name()).isNotNull();
            assertThat(outcome.words()).as(method.name()).isNotBlank().doesNotContain(pluto.apiKey());
            assertThat(millis).as(method.name()).isLessThan(BRIEF.toMillis() + 2_000);
        }
    }

    @Test
    void a_lost_answer_is_unreachable_and_tells_the_host() {
        pluto.faults().always(STATUS, Fault.dropAfterProcessing());

        Outcome<?> outcome = Method.STATUS_UPDATE.call(LONG);

        assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
        assertThat(outcome.isTransient()).isTrue();
        assertThat(outcome.words())
                .startsWith("the connection to 127.0.0.1:" + pluto.apiUrl().getPort() + " broke (");
    }

    @Test
    void an_answer_that_is_no_gzip_though_it_says_so_is_told_with_words() {
        pluto.faults().always(STATUS, Fault.status(200, Map.of("Content-Encoding", "gzip"), "application/json", "{}"));

        assertThat(Method.STATUS_UPDATE.call(LONG).words()).doesNotContain("null");
    }

    @Test
    void a_time_out_bounds_the_whole_call_the_last_byte_included() {
        pluto.faults().next(STATUS, Fault.hang()).next(STATUS, Fault.slowBody(5));

        for (int i = 0; i < 2; i++) {
            assertThat(Method.STATUS_UPDATE.call(SHORT).words())
                    .isEqualTo("no answer from 127.0.0.1:" + pluto.apiUrl().getPort() + " within 300 ms");
        }
    }

    @Test
    void an_unknown_host_and_a_closed_port_are_told_apart() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        Outcome<?> unknown = new PlutoApi(
                        URI.create("http://no-such-host.invalid"), null, null, "k", "1", Transport.DIRECT)
                .details(1, LONG);
        Outcome<?> refused = new PlutoApi(
                        URI.create("http://127.0.0.1:" + closed), null, null, "k", "1", Transport.DIRECT)
                .details(1, LONG);

        Outcome<?> capital = new PlutoApi(
                        URI.create("http://No-Such-Host.invalid"), null, null, "k", "1", Transport.DIRECT)
                .details(1, LONG);

        assertThat(unknown.words()).isEqualTo("the host no-such-host.invalid:80 does not resolve");
        assertThat(capital.words()).isEqualTo("the host No-Such-Host.invalid:80 does not resolve");
        assertThat(refused.words()).startsWith("no connection to 127.0.0.1:" + closed + " (");
        assertThat(List.of(unknown.isTransient(), refused.isTransient())).containsOnly(true);
    }

    @Test
    void a_certificate_that_nobody_trusts_is_told_and_the_key_is_not_sent() {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        HandshakeCertificates tls =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        try (FakePluto secure = FakePluto.builder().tls(tls.sslSocketFactory()).start()) {
            PlutoApi client = new PlutoApi(
                    secure.apiUrl(), secure.heartbeatUrl(), secure.ingestUrl(), secure.apiKey(), "1", Transport.DIRECT);

            for (Outcome<?> outcome : List.of(client.details(1, LONG), client.beat(1, LONG))) {
                assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
                assertThat(outcome.words()).startsWith("no trusted connection to 127.0.0.1:");
            }
            assertThat(secure.exchanges()).isEmpty();
        }
    }

    @Test
    void plain_http_is_spoken_in_version_1_1_without_an_upgrade() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> head = new ArrayList<>();
            Thread reader = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    head.addAll(headOf(socket.getInputStream()));
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    head.add(e.toString());
                }
            });
            reader.start();
            Outcome<?> outcome = new PlutoApi(
                            URI.create("http://127.0.0.1:" + server.getLocalPort()),
                            null,
                            null,
                            "k",
                            "1",
                            Transport.DIRECT)
                    .details(1, LONG);
            reader.join(10_000);

            assertThat(outcome).isInstanceOf(Outcome.Answer.class);
            assertThat(head.get(0)).isEqualTo("GET /api/runs/details/1 HTTP/1.1");
            assertThat(head)
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("upgrade"));
        }
    }

    @Test
    void an_answer_of_a_negative_length_is_told_as_one_that_can_not_be_read() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread reader = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    headOf(socket.getInputStream());
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // the client has seen enough
                }
            });
            reader.start();
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
            Outcome<?> outcome = new PlutoApi(url, null, null, "k", "1", Transport.DIRECT).details(1, LONG);
            reader.join(10_000);

            assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
            assertThat(outcome.words())
                    .startsWith("no answer of 127.0.0.1:" + server.getLocalPort() + " could be read (")
                    .doesNotContain("check the URL");
        }
    }

    private static List<String> headOf(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            head.append((char) c);
        }
        return head.toString().lines().toList();
    }

    @Test
    void a_base_URL_may_have_a_path_of_its_own() {
        PlutoApi behindProxy =
                new PlutoApi(URI.create(pluto.apiUrl() + "/pluto"), null, null, pluto.apiKey(), "1", Transport.DIRECT);

        assertThat(behindProxy.details(1, LONG)).isInstanceOf(Outcome.Rejected.class);
        assertThat(last().path()).isEqualTo("/pluto/api/runs/details/1");
    }
}

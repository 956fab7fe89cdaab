package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Ids;
import io.plutorun.e2e.programs.Work;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** P3: the server will not have the run. One line says so; the program does not notice. */
class RefusalTest {

    private static final Pattern STATUS = Pattern.compile("^pluto: .*(400|401|403|404|409)");

    private static Result plain = new Result(0, "", "");

    @BeforeAll
    static void without_the_agent() {
        plain = Program.of(Work.class).withoutAgent().run();
        assertThat(plain.exitCode()).isNotZero();
    }

    static List<Arguments> keys() {
        return List.of(
                Arguments.of(key(FakePluto::expiredKey), "Unauthorized: API key has expired"),
                Arguments.of(key(FakePluto::revokedKey), "Unauthorized: API key has been revoked"),
                Arguments.of(key(FakePluto::unknownKey), "Unauthorized: Key not found"),
                Arguments.of(key(pluto -> "nonsense"), "Unauthorized: Invalid API key"));
    }

    private static Function<FakePluto, String> key(Function<FakePluto, String> key) {
        return key;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_rejected_key_is_told_with_the_servers_reason_its_source_and_where_to_make_another(
            Function<FakePluto, String> key, String words) {
        for (Map<String, String> start : List.of(Map.<String, String>of(), Map.of("PLUTO_RUN_ID", "1"))) {
            try (FakePluto pluto = FakePluto.start()) {
                pluto.seedRun("work", "old");
                Program program = Program.of(Work.class).against(pluto).env("PLUTO_API_KEY", key.apply(pluto));
                start.forEach(program::env);

                Result result = program.run();

                assertUnnoticed(result);
                assertThat(result.agentLines())
                        .singleElement()
                        .asString()
                        .matches("pluto: Work\\.train is only recorded in \\S+/\\.pluto/jvm/\\S+\\.jsonl: "
                                + Pattern.quote("the server rejected the API key from PLUTO_API_KEY (401 " + words
                                        + "); make one at " + pluto.appUrl() + "/api-keys and set PLUTO_API_KEY; then"
                                        + " deliver it with: java -jar pluto-agent.jar sync"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            400 | {"error":"Organization is at limit"} | 400 Organization is at limit | correct the value that it names
            400 | {"success":false,"error":{"issues":[{"code":"too_big","path":["tags"],"message":"A run can have at most 50 tags"}],"name":"ZodError"}} | 400 tags: A run can have at most 50 tags | correct the value that it names
            403 | {"error":"Forbidden"} | 403 Forbidden | use a key of the organization that owns
            404 | 404 Not Found | 404 Not Found | lead to Pluto's API?
            409 | {"error":"Conflict"} | 409 Conflict | correct the value that it names
            """)
    void a_create_that_is_refused_is_told_with_the_servers_reason_and_what_to_do(
            int status, String body, String words, String remedy) {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always("/api/runs/create", Fault.status(status, body));

            Result result = Program.of(Work.class)
                    .against(pluto)
                    .env("PLUTO_PROJECT", "elsewhere")
                    .run();

            assertUnnoticed(result);
            String source = switch (status) {
                case 403 -> "PLUTO_API_KEY";
                case 404 -> "PLUTO_URL_API";
                default -> "project \"elsewhere\" (PLUTO_PROJECT)";
            };
            assertOneLine(result, words, source, remedy);
            assertThat(pluto.exchanges("/api/runs/create")).hasSize(1);
            assertThat(pluto.runs()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PLUTO_DISPLAY_ID | NO-4711  | 404 Run not found | check the id, the project and the key's organization
            PLUTO_RUN_ID     | 4711     | 404 Run not found | check the id, the project and the key's organization
            """)
    void a_resume_of_a_run_that_the_server_does_not_know_is_told_with_what_to_do(
            String variable, String id, String words, String remedy) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result =
                    Program.of(Work.class).against(pluto).env(variable, id).run();

            assertUnnoticed(result);
            assertOneLine(result, words, "(" + variable + ")", remedy);
            assertThat(pluto.runs()).isEmpty();
        }
    }

    @Test
    void a_display_id_that_runs_of_two_projects_have_is_told_with_what_to_do() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.seedRun("amb-x-one", "a");
            pluto.seedRun("amb_x_one", "b");

            Result result = Program.of(Ids.class, "bare")
                    .against(pluto)
                    .env("PLUTO_DISPLAY_ID", "AXO-1")
                    .run();

            assertThat(result.stdout().strip()).isEqualTo("untracked");
            assertOneLine(
                    result,
                    "409 displayId 'AXO-1' is ambiguous across multiple projects",
                    "(PLUTO_DISPLAY_ID)",
                    "set PLUTO_PROJECT, or use the run id");
        }
    }

    @ParameterizedTest
    @CsvSource({"403, Forbidden", "409, Conflict"})
    void a_resume_that_is_refused_is_told_and_not_tried_again(int status, String words) {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.seedRun("work", "old");
            pluto.faults().always("/api/runs/resume", Fault.status(status, "{\"error\":\"" + words + "\"}"));

            Result result = Program.of(Work.class)
                    .against(pluto)
                    .env("PLUTO_RUN_ID", "1")
                    .run();

            assertUnnoticed(result);
            assertOneLine(result, status + " " + words, "run id \"1\" (PLUTO_RUN_ID)", ";");
            assertThat(pluto.exchanges("/api/runs/resume")).hasSize(1);
        }
    }

    private static void assertUnnoticed(Result result) {
        assertThat(result.stdout()).isEqualTo(plain.stdout());
        assertThat(result.exitCode()).isEqualTo(plain.exitCode());
        assertThat(result.otherLines()).isEqualTo(plain.otherLines());
    }

    private static void assertOneLine(Result result, String... parts) {
        assertThat(result.agentLines()).hasSize(1);
        assertThat(result.agentLines().get(0)).containsPattern(STATUS).contains(parts);
    }
}

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Secretive;
import io.plutorun.e2e.programs.Work;
import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P7: no secrets are sent or printed. */
class SecretsTest {

    private static final String TOKEN = "hf_" + "AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh";

    @Test
    void neither_the_key_nor_anything_that_looks_like_a_credential_is_sent_or_printed() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.seedRun("secrets", "old");
            Result result = Program.of(Secretive.class, "--password", "fromTheCommandLine", "--epochs", "3", TOKEN)
                    .against(pluto)
                    .env(
                            "PLUTO_CONFIG",
                            "{\"db_password\":\"fromTheEnvironment\",\"lr\":1,\"from\":\"valueOfAVariable\"}")
                    .env("MY_SERVICE_TOKEN", "valueOfAVariable")
                    .property("some.secret", "fromAProperty")
                    .run();

            List<String> secrets = List.of(
                    pluto.apiKey(),
                    TOKEN,
                    "fromTheCommandLine",
                    "fromTheAnnotation",
                    "fromTheEnvironment",
                    "fromAProperty",
                    "inTheMessage",
                    "valueOfAVariable");
            assertThat(pluto.run(2).status()).isEqualTo(RunStatus.FAILED);
            for (Exchange exchange : pluto.exchanges()) {
                assertThat(exchange.path() + exchange.body()).doesNotContain(secrets);
            }
            assertThat(result.stdout()).isEmpty();
            assertThat(String.join("\n", result.agentLines())).isNotEmpty().doesNotContain(secrets);
            assertThat(pluto.run(2).configOfProgram())
                    .isEqualTo(Map.of(
                            "db_password",
                            "[redacted]",
                            "lr",
                            1L,
                            "from",
                            "[redacted]",
                            "loader",
                            Map.of("db_password", "[redacted]"),
                            "input",
                            "[redacted]",
                            "options",
                            List.of("--password", "[redacted]", "--epochs", "3", "[redacted]"),
                            "maxTokens",
                            5L));
            assertThat(pluto.run(2).systemMetadata().toString())
                    .contains("--password, [redacted], --epochs, 3, [redacted]", "-Dsome.secret=[redacted]");
            assertThat(pluto.run(2).statusMetadata())
                    .extractingByKey("message")
                    .asString()
                    .isEqualTo("no access with password=[redacted] to [redacted]");
        }
    }

    @ParameterizedTest
    @CsvSource({"PLUTO_EXTERNAL_ID, id", "PLUTO_PROJECT, project", "PLUTO_RUN_NAME, run name", "PLUTO_TAGS, tag"})
    void P7_a_name_with_the_shape_of_a_token_is_neither_sent_nor_shown_nor_changed(String variable, String what) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result =
                    Program.of(Work.class).against(pluto).env(variable, TOKEN).run();

            assertThat(pluto.exchanges()).isEmpty();
            assertThat(result.agentLines())
                    .singleElement()
                    .asString()
                    .startsWith("pluto: Work.train runs untracked: the " + what + " from ")
                    .endsWith(" looks like a secret, and it would be shown to everybody; give another one");
        }
    }

    @Test
    void a_name_that_only_holds_the_value_of_a_secret_variable_stays_as_it_is_and_is_told() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Work.class)
                    .against(pluto)
                    .env("DB_PASSWORD", "training")
                    .env("PLUTO_PROJECT", "training-v2")
                    .run();

            assertThat(pluto.runs().get(0).project()).isEqualTo("training-v2");
            assertThat(result.stderr())
                    .contains("the project from PLUTO_PROJECT holds the value of DB_PASSWORD; it is sent as it is");
        }
    }

    @Test
    void a_server_that_repeats_the_key_in_its_answer_does_not_get_it_printed() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults()
                    .always(Fault.status(
                            401, "{\"error\":\"Unauthorized\",\"message\":\"not known: " + pluto.apiKey() + "\"}"));

            Result result = Program.of(Work.class).against(pluto).run();

            assertThat(result.stderr())
                    .contains("401 Unauthorized: not known: [redacted]")
                    .doesNotContain(pluto.apiKey());
        }
    }
}

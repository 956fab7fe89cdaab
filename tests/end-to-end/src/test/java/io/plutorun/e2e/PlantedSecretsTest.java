package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plutorun.e2e.programs.Work;
import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search that all other tests rely on can fail. */
class PlantedSecretsTest {

    private static final String SECRET = PlantedSecrets.variables().getOrDefault("DB_PASSWORD", "");
    private static final Result CLEAN = new Result(0, "", "");

    @Test
    void every_program_has_thirty_planted_secrets() {
        assertThat(PlantedSecrets.count()).isEqualTo(30);
        try (FakePluto pluto = FakePluto.start()) {
            long before = PlantedSecrets.SEARCHED.get();
            Program.of(Work.class).against(pluto).run();

            assertThat(pluto.run(1).systemMetadata().toString())
                    .as("the command line was sent, without its secrets")
                    .contains("-Ddb.password=[redacted]", "-Dcache.url=redis://[redacted]@cache.example");
            assertThat(PlantedSecrets.SEARCHED.get()).isGreaterThan(before + 1000);
        }
    }

    @Test
    void a_secret_on_stderr_is_found_in_the_agents_lines_alone(@TempDir Path folder) {
        Result leak = new Result(0, "", "other\npluto: it is " + SECRET + "\n");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> PlantedSecrets.search(leak, folder, Map.of(), null))
                .withMessageContaining("variable DB_PASSWORD is in the agent's line on stderr");
        assertThatExceptionOfType(AssertionError.class)
                .as("of the agent as a command, all lines")
                .isThrownBy(() -> PlantedSecrets.search(
                        new Result(0, "it is " + SECRET, "").allOfTheAgent(), folder, Map.of(), null))
                .withMessageContaining("variable DB_PASSWORD");
        assertThatCode(() -> PlantedSecrets.search(new Result(0, SECRET, SECRET), folder, Map.of(), null))
                .doesNotThrowAnyException();
    }

    @Test
    void a_secret_in_a_journal_and_the_key_in_a_log_are_found(@TempDir Path folder) throws IOException {
        Path journals = Files.createDirectories(folder.resolve("elsewhere/.pluto/jvm"));
        Files.writeString(journals.resolve("x.jsonl"), "{\"a\":\"" + SECRET + "\"}\n");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> PlantedSecrets.search(CLEAN, folder, Map.of("PLUTO_DIR", "elsewhere"), null))
                .withMessageContaining("variable DB_PASSWORD is in the file");
        Files.writeString(folder.resolve("pluto.log"), "the key mlps_0123456789ab");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> PlantedSecrets.search(
                        CLEAN,
                        folder,
                        Map.of("PLUTO_LOG_FILE", "pluto.log", "PLUTO_API_KEY", "mlps_0123456789ab"),
                        null))
                .withMessageContaining("the API key is in the file");
    }

    @Test
    void a_secret_in_a_request_and_the_key_anywhere_but_in_its_header_are_found(@TempDir Path folder) throws Exception {
        try (FakePluto pluto = FakePluto.start()) {
            send(pluto, "Authorization", "{}");
            assertThatCode(() -> PlantedSecrets.search(CLEAN, folder, Map.of(), pluto))
                    .doesNotThrowAnyException();

            send(pluto, "X-Key", "{}");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> PlantedSecrets.search(CLEAN, folder, Map.of(), pluto))
                    .withMessageContaining("the API key is in the request /api/runs/create");
        }
        try (FakePluto pluto = FakePluto.start()) {
            send(pluto, "Authorization", "{\"config\":\"" + SECRET + "\"}");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> PlantedSecrets.search(CLEAN, folder, Map.of(), pluto))
                    .withMessageContaining("variable DB_PASSWORD is in the request");
        }
    }

    private static void send(FakePluto pluto, String header, String body) throws Exception {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(pluto.apiUrl() + "/api/runs/create"))
                                .header(header, "Bearer " + pluto.apiKey())
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }
}

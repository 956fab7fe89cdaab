package io.plutorun.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.UnusableSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The file of certificate authorities that the settings name. */
class ConnectionTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Path folder;

    ConnectionTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static PlutoApi connected(Path authorities) throws UnusableSettingsException {
        Map<String, String> variables = Map.of(
                "PLUTO_CA_FILE",
                authorities.toString(),
                "PLUTO_API_KEY",
                "k",
                "PLUTO_URL_API",
                "https://127.0.0.1:1",
                "PLUTO_START_TIMEOUT",
                "50ms");
        Settings settings = new Settings(key -> null, variables::get, Map.of(), Map.of());
        return Connection.to(Endpoints.of(settings), ApiKey.find(settings), settings, Map.of());
    }

    private static String refusal(Path authorities) {
        return assertTimeoutPreemptively(
                LONG,
                () -> assertThrows(UnusableSettingsException.class, () -> connected(authorities))
                        .why());
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("ca.pem"), content);
    }

    @Test
    void authorities_are_taken_from_a_file() throws Exception {
        String pem =
                new HeldCertificate.Builder().certificateAuthority(0).build().certificatePem();

        assertThat(connected(file(pem)).url()).hasToString("https://127.0.0.1:1");
    }

    @Test
    void a_file_that_is_missing_or_holds_none_is_named_with_its_variable() throws IOException {
        assertThat(refusal(folder.resolve("missing.pem")))
                .isEqualTo("the certificate authorities in " + folder.resolve("missing.pem")
                        + " can't be read (there is no such file): correct PLUTO_CA_FILE");
        assertThat(refusal(file("no certificate"))).contains("ca.pem can't be read", "correct PLUTO_CA_FILE");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such pipes")
    void P3_a_pipe_that_nobody_writes_to_is_waited_for_no_longer_than_a_start_may_take() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(refusal(pipe)).contains("nothing came out of it within 50ms", "correct PLUTO_CA_FILE");
    }

    @Test
    void P3_of_a_file_without_end_no_more_is_read_than_certificates_can_have() throws IOException {
        assertThat(refusal(file("x".repeat(1 << 21)))).contains("it has more than 1 MiB");

        Path zeros = Path.of("/dev/zero");
        assumeThat(zeros).as("Linux has it").exists();
        assertThat(refusal(zeros)).containsAnyOf("it has more than 1 MiB", "nothing came out of it within");
    }
}

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P3, P7: over https the key goes to a server that can show who it is, or nowhere. */
class CertificatesTest {

    private static final String NAME = "127.0.0.1";

    private final HeldCertificate authority =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private final Path directory;

    CertificatesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void a_private_certificate_authority_is_trusted_when_its_file_is_named() throws IOException {
        try (FakePluto pluto = tls(certificate(NAME))) {
            Result result =
                    program(pluto).env("PLUTO_CA_FILE", pem().toString()).run();

            Outage.assertUnnoticed(result);
            Outage.assertCompletedOnline(result, pluto);
        }
    }

    @Test
    void a_certificate_of_an_unknown_authority_is_not_trusted_and_one_line_says_so() {
        try (FakePluto pluto = tls(certificate(NAME))) {
            assertNoTrust(program(pluto), pluto);
        }
    }

    @Test
    void an_expired_certificate_is_not_trusted_and_one_line_says_so() throws IOException {
        Instant now = Instant.now();
        HeldCertificate expired = new HeldCertificate.Builder()
                .addSubjectAlternativeName(NAME)
                .validityInterval(
                        now.minus(Duration.ofDays(2)).toEpochMilli(),
                        now.minus(Duration.ofDays(1)).toEpochMilli())
                .signedBy(authority)
                .build();
        try (FakePluto pluto = tls(expired)) {
            assertNoTrust(program(pluto).env("PLUTO_CA_FILE", pem().toString()), pluto);
        }
    }

    @Test
    void a_certificate_of_another_host_is_not_trusted_and_one_line_says_so() throws IOException {
        try (FakePluto pluto = tls(certificate("other.test"))) {
            assertNoTrust(program(pluto).env("PLUTO_CA_FILE", pem().toString()), pluto);
        }
    }

    @Test
    void P6_a_file_of_authorities_that_can_t_be_read_is_told_and_the_run_is_recorded() {
        try (FakePluto pluto = FakePluto.start()) {
            Path missing = directory.resolve("missing.pem");
            Result result =
                    program(pluto).env("PLUTO_CA_FILE", missing.toString()).run();

            Outage.assertUnnoticed(result);
            assertThat(result.agentLines())
                    .containsExactly("pluto: Work.train is recorded in " + directory
                            + "/.pluto/jvm (the certificate authorities in " + missing
                            + " can't be read (there is no such file): correct PLUTO_CA_FILE);"
                            + " deliver it with: java -jar pluto-agent.jar sync");
            assertThat(pluto.exchanges()).isEmpty();
            Outage.assertDeliveredOnce(pluto, directory);
        }
    }

    @Test
    void P6_a_trust_store_of_the_jvm_that_can_t_be_read_is_told_and_the_run_is_recorded() throws IOException {
        Path store = Files.writeString(directory.resolve("store.p12"), "garbage");
        try (FakePluto pluto = tls(certificate("127.0.0.1"))) {
            assertNoRequest(
                    program(pluto).jvmOption("-Djavax.net.ssl.trustStore=" + store),
                    pluto,
                    "problem accessing trust store");
        }
    }

    private void assertNoTrust(Program program, FakePluto pluto) {
        assertNoRequest(program, pluto, "no trusted connection to 127.0.0.1:");
    }

    private void assertNoRequest(Program program, FakePluto pluto, String why) {
        Result result = program.env("PLUTO_START_TIMEOUT", "3s").run();

        Outage.assertUnnoticed(result);
        Outage.assertTold(result, directory, "no answer from " + pluto.apiUrl(), why);
        assertThat(pluto.exchanges()).isEmpty();
        try (FakePluto trusted = FakePluto.start()) {
            Outage.assertDeliveredOnce(trusted, directory);
        }
    }

    private Program program(FakePluto pluto) {
        return Outage.program().against(pluto).directory(directory);
    }

    private HeldCertificate certificate(String name) {
        return new HeldCertificate.Builder()
                .addSubjectAlternativeName(name)
                .signedBy(authority)
                .build();
    }

    private Path pem() throws IOException {
        return Files.writeString(directory.resolve("ca.pem"), authority.certificatePem());
    }

    private static FakePluto tls(HeldCertificate certificate) {
        HandshakeCertificates server =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        return FakePluto.builder().tls(server.sslSocketFactory()).start();
    }
}

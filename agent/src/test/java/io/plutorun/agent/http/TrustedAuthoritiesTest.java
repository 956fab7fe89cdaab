package io.plutorun.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.fake.FakePluto;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

class TrustedAuthoritiesTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final HeldCertificate OURS =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private static final HeldCertificate OTHERS =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    private static byte[] pem(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static FakePluto signedBy(HeldCertificate authority, String name) {
        HeldCertificate server = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName(name)
                .build();
        return FakePluto.builder()
                .tls(new HandshakeCertificates.Builder()
                        .heldCertificate(server)
                        .build()
                        .sslSocketFactory())
                .start();
    }

    private static Outcome<?> call(FakePluto pluto, byte[] pem) throws UnusableTransportException {
        return new PlutoApi(pluto.apiUrl(), null, null, pluto.apiKey(), "1", Transport.of(Map.of(), pem))
                .details(1, LONG);
    }

    @Test
    void who_is_signed_by_an_authority_of_the_file_is_trusted() throws Exception {
        try (FakePluto pluto = signedBy(OURS, "127.0.0.1")) {
            call(pluto, pem(OTHERS.certificatePem() + "\n" + OURS.certificatePem()));
            assertThat(pluto.exchanges()).as("any of several").hasSize(1);
        }
    }

    @Test
    void P7_who_is_not_or_bears_another_name_never_gets_the_key() throws Exception {
        byte[] pem = pem(OURS.certificatePem());
        for (FakePluto pluto : List.of(signedBy(OTHERS, "127.0.0.1"), signedBy(OURS, "other.example"))) {
            try (pluto) {
                assertThat(call(pluto, pem)).isInstanceOf(Outcome.Unreachable.class);
                assertThat(pluto.exchanges()).isEmpty();
            }
        }
    }

    @Test
    void the_JDKs_own_authorities_stay_trusted() throws Exception {
        TrustedAuthorities with = TrustedAuthorities.with(pem(OURS.certificatePem()));
        assertThat(with.trust().getAcceptedIssuers())
                .contains(OURS.certificate())
                .hasSizeGreaterThan(1);
    }

    @Test
    void a_file_without_certificates_is_refused() {
        for (String text :
                List.of("", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")) {
            byte[] pem = pem(text);
            assertThatExceptionOfType(UnusableTransportException.class).isThrownBy(() -> Transport.of(Map.of(), pem));
        }
    }
}

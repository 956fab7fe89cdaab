package io.plutorun.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.http.Transport;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** Where the bytes of a file are sent, as the server says it. */
class PresignedUrlTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private static final HeldCertificate SERVER = new HeldCertificate.Builder()
            .signedBy(AUTHORITY)
            .addSubjectAlternativeName("127.0.0.1")
            .build();

    private static Outcome<URI> upload(FakePluto pluto, Transport transport, String place) {
        pluto.faults().next("/files", Fault.body("application/json", "{\"m\":[{\"m.bin\":\"" + place + "\"}]}"));
        PlutoApi api = new PlutoApi(pluto.apiUrl(), null, pluto.ingestUrl(), pluto.apiKey(), "1", transport);
        return Objects.requireNonNull(api.ingest())
                .upload(1, "proj", new StoredFile("m", "m.bin", 3, ""), "bin", 1, LONG);
    }

    @Test
    void P7_where_the_server_is_https_the_storage_is_too_or_the_file_is_not_sent() throws Exception {
        HandshakeCertificates tls =
                new HandshakeCertificates.Builder().heldCertificate(SERVER).build();
        byte[] pem = AUTHORITY.certificatePem().getBytes(StandardCharsets.US_ASCII);
        try (FakePluto pluto = FakePluto.builder().tls(tls.sslSocketFactory()).start()) {
            Transport transport = Transport.of(Map.of(), pem);

            assertThat(upload(pluto, transport, "https://storage.example/m?sig=x"))
                    .isEqualTo(new Outcome.Answer<>(URI.create("https://storage.example/m?sig=x")));
            for (String place : new String[] {"http://storage.example/m?sig=x", "ftp://storage.example/m"}) {
                Outcome<URI> outcome = upload(pluto, transport, place);
                assertThat(outcome).as(place).isInstanceOf(Outcome.Rejected.class);
                assertThat(outcome.isTransient()).isFalse();
            }
        }
    }

    @Test
    void a_server_of_the_users_own_that_speaks_http_may_have_such_a_storage() throws Exception {
        try (FakePluto pluto = FakePluto.builder().start()) {
            assertThat(upload(pluto, Transport.DIRECT, "http://127.0.0.1:9000/m?sig=x"))
                    .isEqualTo(new Outcome.Answer<>(URI.create("http://127.0.0.1:9000/m?sig=x")));
        }
    }
}

package io.plutorun.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** How a fake can be set up. */
class BuilderTest {

    @Test
    void speaksHttpsAndHttp2AndCompressesItsAnswers() throws IOException {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        HandshakeCertificates server =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        HandshakeCertificates client = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
        OkHttpClient http = new OkHttpClient.Builder()
                .sslSocketFactory(client.sslSocketFactory(), client.trustManager())
                .build();
        try (FakePluto pluto = FakePluto.builder()
                        .tls(server.sslSocketFactory())
                        .protocols(Protocol.HTTP_2, Protocol.HTTP_1_1)
                        .start();
                Response response = http.newCall(slug(pluto)).execute()) {
            assertThat(pluto.apiUrl()).hasScheme("https");
            assertThat(response.protocol()).isEqualTo(Protocol.HTTP_2);
            assertThat(response.networkResponse().header("Content-Encoding")).isEqualTo("gzip");
            assertThat(response.body().string()).isEqualTo("{\"organization\":{\"slug\":\"org-one\"}}");
        } finally {
            http.connectionPool().evictAll();
        }
    }

    private static Request slug(FakePluto pluto) {
        return new Request.Builder()
                .url(pluto.apiUrl() + "/api/slug")
                .header("Authorization", "Bearer " + pluto.apiKey())
                .post(RequestBody.EMPTY)
                .build();
    }

    @Test
    void aPortThatIsTakenIsToldAndLeavesNothingOpen() {
        try (FakePluto first = FakePluto.start()) {
            int taken = first.heartbeatUrl().getPort();

            assertThatThrownBy(() -> FakePluto.builder().heartbeatPort(taken).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("heartbeat");
        }
    }

    @Test
    void theEnvironmentNamesAllHostsAndTheKey() {
        try (FakePluto pluto = FakePluto.start()) {
            assertThat(pluto.environment())
                    .containsOnlyKeys(
                            "PLUTO_API_KEY", "PLUTO_URL_APP", "PLUTO_URL_API", "PLUTO_URL_INGEST", "PLUTO_URL_PY")
                    .containsEntry("PLUTO_URL_PY", pluto.heartbeatUrl().toString())
                    .noneSatisfy((name, value) -> assertThat(value).endsWith("/"));
        }
    }
}

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P3: the server is behind a proxy. It is called {@code pluto.test}, a name that only the proxy knows. */
class ProxyTest {

    private final Path directory;

    ProxyTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void P7_https_proxyHost_carries_https_to_a_server_of_ones_own_authority_and_does_not_see_the_key()
            throws IOException {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("pluto.test")
                .signedBy(authority)
                .build();
        HandshakeCertificates server =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        Path pem = Files.writeString(directory.resolve("ca.pem"), authority.certificatePem());
        try (FakePluto pluto =
                        FakePluto.builder().tls(server.sslSocketFactory()).start();
                TestProxy proxy = TestProxy.proxy()) {
            Result result = behind(pluto)
                    .property("https.proxyHost", "127.0.0.1")
                    .property("https.proxyPort", String.valueOf(proxy.port()))
                    .env("PLUTO_CA_FILE", pem.toString())
                    .run();

            Outage.assertUnnoticed(result);
            Outage.assertCompletedOnline(result, pluto);
            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allMatch(head -> head.startsWith("CONNECT pluto.test:"))
                    .noneMatch(head -> head.contains(pluto.apiKey()));
        }
    }

    @Test
    void requests_over_http_go_through_http_proxyHost() throws IOException {
        try (FakePluto pluto = FakePluto.start();
                TestProxy proxy = TestProxy.proxy()) {
            Result result = behind(pluto)
                    .property("http.proxyHost", "127.0.0.1")
                    .property("http.proxyPort", String.valueOf(proxy.port()))
                    .run();

            Outage.assertUnnoticed(result);
            Outage.assertCompletedOnline(result, pluto);
            assertThat(proxy.heads()).anyMatch(head -> head.startsWith("POST http://pluto.test:"));
        }
    }

    @Test
    void P7_HTTP_PROXY_gets_the_password_that_it_asks_for_which_is_told_to_nobody_else() throws IOException {
        try (FakePluto pluto = FakePluto.start();
                TestProxy proxy = TestProxy.proxyFor("me", "opensesame:7")) {
            Result result = behind(pluto)
                    .env("HTTP_PROXY", "http://me:opensesame%3A7@127.0.0.1:" + proxy.port())
                    .env("PLUTO_KEEP_JOURNAL", "true")
                    .run();

            Outage.assertUnnoticed(result);
            Outage.assertCompletedOnline(result, pluto);
            assertThat(result.stderr()).doesNotContain("opensesame");
            assertThat(proxy.heads().get(0)).doesNotContain("Proxy-Authorization");
            assertThat(pluto.exchanges()).noneMatch(exchange -> exchange.body().contains("opensesame"));
        }
    }

    @Test
    void a_proxy_that_does_not_take_the_password_is_told_with_what_to_do() throws IOException {
        try (FakePluto pluto = FakePluto.start();
                TestProxy proxy = TestProxy.proxyFor("me", "opensesame")) {
            Result result = behind(pluto)
                    .env("HTTP_PROXY", "http://me:openwheat@127.0.0.1:" + proxy.port())
                    .run();

            Outage.assertUnnoticed(result);
            Outage.assertTold(result, directory, "the proxy wants a user and a password (407", "HTTP_PROXY", "sync");
            assertThat(result.stderr()).doesNotContain("openwheat");
            assertThat(pluto.exchanges()).isEmpty();
            Outage.assertDeliveredOnce(pluto, directory);
        }
    }

    @Test
    void a_proxy_that_lets_nobody_through_is_told() throws IOException {
        try (FakePluto pluto = FakePluto.start();
                TestProxy proxy = TestProxy.refusingProxy()) {
            Result result = behind(pluto)
                    .env("HTTPS_PROXY", "127.0.0.1:" + proxy.port())
                    .env("PLUTO_URL_API", "https://pluto.test")
                    .env("PLUTO_URL_PY", "https://pluto.test")
                    .env("PLUTO_START_TIMEOUT", "2s")
                    .run();

            Outage.assertUnnoticed(result);
            Outage.assertTold(result, directory, "no answer from https://pluto.test", "CONNECT: 403");
            assertThat(proxy.heads()).allMatch(head -> head.startsWith("CONNECT pluto.test:443 "));
            Outage.assertDeliveredOnce(pluto, directory);
        }
    }

    @Test
    void a_proxy_that_does_not_resolve_is_told_as_that() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = behind(pluto)
                    .env("HTTP_PROXY", "http://proxy.test:3128")
                    .env("PLUTO_START_TIMEOUT", "2s")
                    .run();

            Outage.assertUnnoticed(result);
            Outage.assertTold(result, directory, "the proxy to pluto.test:", " does not resolve (", "proxy.test");
            Outage.assertDeliveredOnce(pluto, directory);
        }
    }

    @Test
    void a_host_that_NO_PROXY_names_is_reached_without_the_proxy() throws IOException {
        try (FakePluto pluto = FakePluto.start();
                TestProxy proxy = TestProxy.refusingProxy()) {
            Path hosts = Files.writeString(directory.resolve("these"), "127.0.0.1 pluto.test\n");
            Result result = behind(pluto)
                    .property("jdk.net.hosts.file", hosts.toString())
                    .env("HTTP_PROXY", "http://127.0.0.1:" + proxy.port())
                    .env("NO_PROXY", "elsewhere.example, .test")
                    .run();

            Outage.assertUnnoticed(result);
            Outage.assertCompletedOnline(result, pluto);
            assertThat(proxy.heads()).isEmpty();
        }
    }

    /** The program, with the server under its other name, which no name server is asked for. */
    private Program behind(FakePluto pluto) throws IOException {
        Path hosts = Files.writeString(directory.resolve("hosts"), "");
        return Outage.program()
                .against(pluto)
                .property("jdk.net.hosts.file", hosts.toString())
                .env("PLUTO_URL_API", renamed(pluto.apiUrl()))
                .env("PLUTO_URL_PY", renamed(pluto.heartbeatUrl()))
                .directory(directory);
    }

    private static String renamed(URI url) {
        return url.toString().replace("127.0.0.1", "pluto.test");
    }
}

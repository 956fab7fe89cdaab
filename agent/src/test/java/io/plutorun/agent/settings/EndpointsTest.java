package io.plutorun.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is only ever sent to a host that the user chose (docs/pluto-api.md, Hosts). */
class EndpointsTest {

    private static final String PUBLIC =
            "https://pluto.trainy.ai https://pluto-api.trainy.ai https://pluto-ingest.trainy.ai https://pluto-py.trainy.ai";

    /** App, API, ingest and heartbeat. */
    private static String urls(Given given) throws UnusableSettingsException {
        Endpoints endpoints = Endpoints.of(given.settings());
        return endpoints.app() + " " + endpoints.api() + " " + endpoints.ingest() + " " + endpoints.heartbeat();
    }

    private static String selfHosted(String host) {
        return host + ":3000 " + host + ":3001 " + host + ":3003 " + host + ":3004";
    }

    @Test
    void nothing_set_is_the_public_pluto() throws UnusableSettingsException {
        assertThat(urls(new Given())).isEqualTo(PUBLIC);
        assertThat(Endpoints.of(new Given().settings()).source().origin()).isEqualTo(Origin.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "pluto.example.com,           http://pluto.example.com",
        "' 10.0.0.1 ',                http://10.0.0.1",
        "[::1],                       http://[::1]",
        "::1,                         http://[::1]",
        "fd00::7,                     http://[fd00::7]",
        "[::1],                       http://[::1]",
        "localhost,                   http://localhost",
        "http://pluto.example.com,    http://pluto.example.com",
        "http://pluto.example.com/,   http://pluto.example.com",
        "https://pluto.example.com,   https://pluto.example.com",
        "HTTPS://pluto.example.com,   HTTPS://pluto.example.com",
        "httpd.example.com,           http://httpd.example.com"
    })
    void a_host_sets_all_four(String host, String base) throws UnusableSettingsException {
        assertThat(urls(new Given().variable("PLUTO_HOST", host))).isEqualTo(selfHosted(base));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:3001",
                "http://host:3001",
                "host/path",
                "ftp://host",
                "a b",
                "user@host",
                "http://user:secret@host",
                "https://host?x"
            })
    void what_is_no_bare_host_is_refused_with_the_way_out(String host) {
        assertThatExceptionOfType(UnusableSettingsException.class)
                .isThrownBy(() -> urls(new Given().variable("PLUTO_HOST", host)))
                .withMessageStartingWith("PLUTO_HOST: \"" + host + "\" is no host name")
                .withMessageContaining("PLUTO_URL_API");
    }

    @ParameterizedTest
    @CsvSource({"http://host:3001, http://host", "http://host:3001/, http://host", "https://[::1]:3001, https://[::1]"})
    void from_an_api_at_port_3001_the_others_follow(String api, String base) throws UnusableSettingsException {
        assertThat(urls(new Given().variable("PLUTO_URL_API", api))).isEqualTo(selfHosted(base));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://api.example.com", "http://host:8080", "http://host:3001/pluto", "http://host:3000"})
    void from_any_other_api_nothing_follows(String api) throws UnusableSettingsException {
        assertThat(urls(new Given().variable("PLUTO_URL_API", api))).isEqualTo("null " + api + " null null");
    }

    @Test
    void the_public_api_named_is_the_public_pluto() throws UnusableSettingsException {
        assertThat(urls(new Given().variable("PLUTO_URL_API", "https://pluto-api.trainy.ai/")))
                .isEqualTo(PUBLIC);
    }

    @Test
    void what_is_set_goes_over_what_follows() throws UnusableSettingsException {
        assertThat(urls(new Given()
                        .variable("PLUTO_URL_API", "http://host:3001")
                        .variable("PLUTO_URL_PY", "https://beats.example.com/")
                        .variable("PLUTO_URL_APP", "https://app.example.com/")))
                .isEqualTo("https://app.example.com http://host:3001 http://host:3003 https://beats.example.com");
        assertThat(urls(new Given()
                        .variable("PLUTO_HOST", "host")
                        .variable("PLUTO_URL_INGEST", "https://ingest.example.com")))
                .isEqualTo("http://host:3000 http://host:3001 https://ingest.example.com http://host:3004");
    }

    @Test
    void an_api_beside_a_host_is_taken_and_the_host_gives_the_others() throws UnusableSettingsException {
        assertThat(urls(new Given()
                        .variable("PLUTO_HOST", "host")
                        .variable("PLUTO_URL_API", "https://api.example.com")))
                .isEqualTo("http://host:3000 https://api.example.com http://host:3003 http://host:3004");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLUTO_URL_APP", "PLUTO_URL_INGEST", "PLUTO_URL_PY"})
    void another_self_hosted_url_without_the_api_is_refused(String variable) {
        assertThatExceptionOfType(UnusableSettingsException.class)
                .isThrownBy(() -> urls(new Given().variable(variable, "https://pluto.example.com")))
                .withMessageStartingWith(variable + " names a self-hosted Pluto, but not its API")
                .withMessageContaining("PLUTO_URL_API")
                .withMessageContaining("PLUTO_HOST");
    }

    @Test
    void the_public_urls_written_out_are_the_public_pluto() throws UnusableSettingsException {
        assertThat(urls(new Given()
                        .variable("PLUTO_URL_APP", "https://pluto.trainy.ai/")
                        .variable("PLUTO_URL_INGEST", "https://pluto-ingest.trainy.ai")
                        .variable("PLUTO_URL_PY", "https://pluto-py.trainy.ai")))
                .isEqualTo(PUBLIC);
    }

    @Test
    void P8_the_source_of_the_api_is_known() throws UnusableSettingsException {
        assertThat(Endpoints.of(new Given().file("host", "h").settings()).source())
                .hasToString("settings file host");
        assertThat(Endpoints.of(new Given()
                                .property("pluto.url.api", "http://h")
                                .settings())
                        .source())
                .hasToString("system property pluto.url.api");
    }

    @Test
    void the_page_for_keys_is_on_the_app_where_that_is_known() throws UnusableSettingsException {
        assertThat(Endpoints.of(new Given().settings()).apiKeysPage()).isEqualTo("https://pluto.trainy.ai/api-keys");
        assertThat(Endpoints.of(new Given()
                                .variable("PLUTO_URL_API", "http://h")
                                .settings())
                        .apiKeysPage())
                .doesNotContain("http");
    }
}

package io.plutorun.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P7: over which ways a key may go unencrypted without a word. */
class PrivateNetworksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "pluto",
                "mylocal",
                "127.0.0.1",
                "127.255.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.1",
                "192.168.0.1",
                "169.254.1.1",
                "100.64.0.1",
                "100.127.0.1",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[fc00::1]",
                "[fd12:3456::1]",
                "[FD12::1]",
                "[fe80::1]",
                "[febf::1]",
                "[fe80::1%25eth0]",
                "[::ffff:10.0.0.1]",
                "pluto.local",
                "x.localhost",
                "pluto.corp.internal",
                "nas.home.arpa",
                "pluto.default.svc",
                "pluto.default.svc.cluster.local",
                "localhost.",
                "pluto.local."
            })
    void this_machine_and_private_networks_are_near(String host) {
        assertThat(PrivateNetworks.isPrivate(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pluto.example.com",
                "8.8.8.8",
                "11.0.0.1",
                "9.255.255.255",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.0.1",
                "192.169.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "169.253.0.1",
                "128.0.0.1",
                "[2001:db8::1]",
                "[fe00::1]",
                "[::ffff:8.8.8.8]",
                "[::2]",
                "[fc::1]",
                "[fd::1]",
                "10.0.0.1.example.com",
                "127.0.0.1.example.com",
                "local.example.com",
                "notlocal.com",
                "10.0.0",
                "10.1",
                "010.0.0.1",
                "256.1.1.1",
                "0x7f.0.0.1",
                "example.com.",
                "a.b."
            })
    void all_others_are_not(String host) {
        assertThat(PrivateNetworks.isPrivate(host)).isFalse();
    }

    private static String warning(String variable, String url) throws UnusableSettingsException {
        return Endpoints.of(new Given().variable(variable, url).settings())
                .cleartextWarning()
                .orElse("");
    }

    @Test
    void plain_http_through_other_peoples_networks_is_warned_of_once_with_its_source()
            throws UnusableSettingsException {
        assertThat(warning("PLUTO_URL_API", "http://pluto.example.com:3001"))
                .startsWith("http://pluto.example.com:3001 (PLUTO_URL_API) is plain http")
                .contains("https://");
        assertThat(warning("PLUTO_HOST", "pluto.example.com")).contains("(PLUTO_HOST) is plain http");
        assertThat(warning("PLUTO_HOST", "HTTP://8.8.8.8")).contains("plain http");
        assertThat(warning("PLUTO_HOST", "[2001:db8::1]")).contains("plain http");
    }

    @Test
    void https_and_near_hosts_are_not() throws UnusableSettingsException {
        assertThat(warning("PLUTO_HOST", "https://pluto.example.com")).isEmpty();
        assertThat(warning("PLUTO_HOST", "10.0.0.7")).isEmpty();
        assertThat(warning("PLUTO_HOST", "pluto")).isEmpty();
        assertThat(Endpoints.of(new Given().settings()).cleartextWarning()).isEmpty();
    }

    @Test
    void a_heartbeat_url_in_the_clear_is_warned_of_beside_a_safe_api() throws UnusableSettingsException {
        assertThat(Endpoints.of(new Given()
                                .variable("PLUTO_URL_API", "https://api.example.com")
                                .variable("PLUTO_URL_PY", "http://beats.example.com")
                                .settings())
                        .cleartextWarning())
                .hasValueSatisfying(warning -> assertThat(warning).startsWith("http://beats.example.com"));
    }
}

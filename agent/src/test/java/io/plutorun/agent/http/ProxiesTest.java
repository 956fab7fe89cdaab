package io.plutorun.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.SocketFactory;
import okhttp3.Address;
import okhttp3.Authenticator;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    private static String chosen(String url, Map<String, String> environment) {
        List<Proxy> proxies = new Proxies(environment).select(URI.create(url));
        assertThat(proxies).hasSize(1);
        if (proxies.get(0).type() == Proxy.Type.DIRECT) {
            return "direct";
        }
        InetSocketAddress address = (InetSocketAddress) proxies.get(0).address();
        assertThat(address.isUnresolved())
                .as("its name is looked up when it is used")
                .isTrue();
        return address.getHostString() + ":" + address.getPort();
    }

    @ParameterizedTest
    @CsvSource({
        "https://p.example, HTTPS_PROXY, http://proxy:3128, proxy:3128",
        "https://p.example, https_proxy, http://proxy:3128, proxy:3128",
        "http://p.example,  HTTP_PROXY,  http://proxy:3128, proxy:3128",
        "http://p.example,  http_proxy,  http://proxy:3128, proxy:3128",
        "https://p.example, HTTP_PROXY,  http://proxy:3128, direct",
        "http://p.example,  HTTPS_PROXY, http://proxy:3128, direct",
        "https://p.example, HTTPS_PROXY, proxy:3128,        proxy:3128",
        "https://p.example, HTTPS_PROXY, http://proxy,      proxy:80",
        "https://p.example, HTTPS_PROXY, https://proxy,     proxy:443",
        "https://p.example, HTTPS_PROXY, http://u:p@proxy:1, proxy:1",
        "https://p.example, HTTPS_PROXY, u:p@proxy:1,       proxy:1",
        "https://p.example, HTTPS_PROXY, '  ',              direct",
        "https://p.example, HTTPS_PROXY, http://u:pa|ss@proxy:1, proxy:1",
        "https://p.example, HTTPS_PROXY, http://u:p@ss#1@proxy:1, proxy:1",
        "https://p.example, HTTPS_PROXY, http://my_proxy:3128, my_proxy:3128",
        "https://p.example, HTTPS_PROXY, http://proxy:3128/, proxy:3128",
        "https://p.example, ALL_PROXY,   http://proxy:3128, proxy:3128",
        "https://p.example, all_proxy,   socks5://proxy,    proxy:1080",
        "https://p.example, HTTPS_PROXY, http://[::1]:3128, ::1:3128",
        "https://localhost, HTTPS_PROXY, http://proxy:3128, direct",
        "https://LOCALHOST, HTTPS_PROXY, http://proxy:3128, direct",
        "https://127.0.0.9, HTTPS_PROXY, http://proxy:3128, direct",
        "https://[::1]:1,   HTTPS_PROXY, http://proxy:3128, direct",
    })
    void the_environment_names_the_proxy_and_this_machine_needs_none(
            String url, String variable, String value, String expected) {
        assertThat(chosen(url, Map.of(variable, value))).isEqualTo(expected);
    }

    @Test
    void the_variable_in_small_letters_goes_first_as_with_curl() {
        assertThat(chosen("https://p.example", Map.of("https_proxy", "a:1", "HTTPS_PROXY", "b:2")))
                .isEqualTo("a:1");
        assertThat(chosen("https://p.example", Map.of("https_proxy", " ", "HTTPS_PROXY", "b:2")))
                .as("blank is unset")
                .isEqualTo("b:2");
    }

    @ParameterizedTest
    @CsvSource({
        "p.example.com,          direct",
        "P.Example.COM,          direct",
        "example.com,            direct",
        ".example.com,           direct",
        "com,                    direct",
        "*,                      direct",
        "'x.y, p.example.com ',  direct",
        "',,p.example.com',      direct",
        "p.example.com:443,      direct",
        "ample.com,              proxy:1",
        "other.p.example.com,    proxy:1",
        "p.example.com.evil,     proxy:1",
        "'',                     proxy:1",
        "',',                    proxy:1",
    })
    void NO_PROXY_excepts_names_and_what_is_below_them(String exceptions, String expected) {
        for (String variable : List.of("NO_PROXY", "no_proxy")) {
            assertThat(chosen("https://p.example.com", Map.of("HTTPS_PROXY", "proxy:1", variable, exceptions)))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7,      direct",
        "10.0.0.7, 10.0.0.0/8,    direct",
        "10.0.0.7, 10.0.0.4/30,   direct",
        "10.0.0.7, 10.0.0.0/30,   proxy:1",
        "10.0.0.7, 11.0.0.0/8,    proxy:1",
        "10.0.0.7, 0.0.0.0/0,     direct",
        "10.0.0.7, 10.0.0.0/x,    proxy:1",
        "10.0.0.7, 10.0.0.0/99,   proxy:1",
        "a.example, 10.0.0.0/8,   proxy:1",
        "[fd00::1], fd00::1,      direct",
        "[fd00::1], [fd00::1],    direct",
        "[fd00::1], fd00::2,      proxy:1",
    })
    void NO_PROXY_excepts_addresses_and_networks(String host, String exceptions, String expected) {
        assertThat(chosen("https://" + host + ":3001", Map.of("HTTPS_PROXY", "proxy:1", "NO_PROXY", exceptions)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "http://,             it names no host",
        "'://a b',            its scheme is none of",
        "ftp://proxy,         its scheme is none of",
        "http://proxy:99999,  its port is no number",
        "http://proxy:0,      its port is no number",
        "http://pro xy,       its host name can't be one",
        "http://::1:3128,     an IPv6 address must stand in brackets",
        "socks5://u:p@proxy,  a SOCKS proxy that wants a user and a password can't be used",
    })
    void a_proxy_that_cannot_be_read_is_told_and_nothing_is_sent_around_it(String value, String why) {
        Proxies proxies = new Proxies(Map.of("https_proxy", value));
        URI url = URI.create("https://p.example");

        assertThatThrownBy(() -> proxies.check(url))
                .isInstanceOf(UnusableTransportException.class)
                .hasMessageContaining("the proxy in https_proxy can't be used, " + why)
                .hasMessageContaining("write it as http://host:port");
        assertThatThrownBy(() -> proxies.select(url)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void nothing_of_a_proxys_password_is_told() {
        Proxies proxies = new Proxies(Map.of("https_proxy", "http://user:hunter2@:x"));

        assertThatThrownBy(() -> proxies.check(URI.create("https://p.example")))
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("user:h");
    }

    private static @Nullable String answerTo(Map<String, String> environment, boolean asked, Proxy demanding)
            throws Exception {
        Request.Builder request = new Request.Builder().url("https://p.example/x");
        if (asked) {
            request.header("Proxy-Authorization", "Basic x");
        }
        Response demand = new Response.Builder()
                .request(request.build())
                .protocol(Protocol.HTTP_1_1)
                .code(407)
                .message("Proxy Authentication Required")
                .build();
        Address target = new Address(
                "p.example",
                443,
                Dns.SYSTEM,
                SocketFactory.getDefault(),
                null,
                null,
                null,
                Authenticator.NONE,
                null,
                List.of(Protocol.HTTP_1_1),
                List.of(ConnectionSpec.CLEARTEXT),
                new Proxies(Map.of()));
        Route route = new Route(target, demanding, InetSocketAddress.createUnresolved("proxy", 1));
        Request answer = new Proxies(environment).authenticator().authenticate(route, demand);
        return answer == null ? null : answer.header("Proxy-Authorization");
    }

    private static Proxy proxy(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    @Test
    void a_proxy_that_asks_gets_the_user_and_password_of_its_url_once() throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of("HTTPS_PROXY", "http://user:p%40ss@proxy:1"));

        assertThat(answerTo(environment, false, proxy("proxy", 1))).isEqualTo("Basic dXNlcjpwQHNz");
        assertThat(answerTo(environment, true, proxy("proxy", 1)))
                .as("refused once")
                .isNull();
        assertThat(answerTo(Map.of("HTTPS_PROXY", "http://user@proxy:1"), false, proxy("proxy", 1)))
                .isEqualTo("Basic dXNlcjo=");
        assertThat(answerTo(Map.of("HTTPS_PROXY", "http://proxy:1"), false, proxy("proxy", 1)))
                .isNull();
        assertThat(answerTo(Map.of(), false, proxy("proxy", 1))).isNull();
    }

    @Test
    void P7_another_proxy_that_asks_does_not_get_the_user_and_password() throws Exception {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://user:p%40ss@proxy:1");

        assertThat(answerTo(environment, false, proxy("other", 1))).isNull();
        assertThat(answerTo(environment, false, proxy("proxy", 2))).isNull();
    }
}

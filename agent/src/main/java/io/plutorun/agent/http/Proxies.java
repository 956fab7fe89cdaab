package io.plutorun.agent.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy a request goes through: the JDK's own choice ({@code https.proxyHost} and its like), and where that is none, the one of the
 * environment ({@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY}, in either case of letters, as curl reads them). This machine
 * itself is never reached through a proxy.
 */
final class Proxies extends ProxySelector {

    private final Map<String, String> environment;
    private final @Nullable ProxySelector jdk = ProxySelector.getDefault();

    Proxies(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI uri) {
        List<Proxy> chosen = jdk == null ? List.of() : jdk.select(uri);
        if (chosen.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
            return chosen;
        }
        URI proxy = ofEnvironment(uri);
        return proxy == null
                ? List.of(Proxy.NO_PROXY)
                : List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port(proxy))));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the call fails with it
    }

    /** Answers a proxy's demand with the user and password that stand in the variable's URL; once. */
    Authenticator authenticator() {
        return (route, response) -> {
            Request request = response.request();
            URI proxy = ofEnvironment(request.url().uri());
            String user = proxy == null ? null : proxy.getUserInfo();
            if (user == null || request.header("Proxy-Authorization") != null) {
                return null;
            }
            int colon = user.indexOf(':');
            String name = colon < 0 ? user : user.substring(0, colon);
            String password = colon < 0 ? "" : user.substring(colon + 1);
            return request.newBuilder()
                    .header("Proxy-Authorization", Credentials.basic(name, password))
                    .build();
        };
    }

    private @Nullable URI ofEnvironment(URI target) {
        String host = target.getHost();
        String text = variable("https".equalsIgnoreCase(target.getScheme()) ? "https_proxy" : "http_proxy");
        if (host == null || text == null || isLoopback(host) || isExcepted(host)) {
            return null;
        }
        try {
            URI proxy = new URI(text.contains("://") ? text : "http://" + text);
            return proxy.getHost() == null ? null : proxy;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private @Nullable String variable(String lowerCase) {
        String value = environment.get(lowerCase);
        if (value == null || value.isBlank()) {
            value = environment.get(lowerCase.toUpperCase(Locale.ROOT));
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    /**
     * {@code NO_PROXY}: names separated by commas, each for itself and for what is below it; addresses; networks as
     * {@code 10.0.0.0/8}; {@code *} for all.
     */
    private boolean isExcepted(String bracketed) {
        String host = withoutBrackets(bracketed);
        String exceptions = variable("no_proxy");
        if (exceptions == null) {
            return false;
        }
        for (String exception : exceptions.split(",", -1)) {
            String name = exception.strip().toLowerCase(Locale.ROOT);
            int colon = name.lastIndexOf(':');
            name = colon > 0 && name.indexOf(':') == colon ? name.substring(0, colon) : name;
            name = withoutBrackets(name.startsWith(".") ? name.substring(1) : name);
            String lower = host.toLowerCase(Locale.ROOT);
            if (!name.isEmpty()
                    && (name.equals("*")
                            || lower.equals(name)
                            || lower.endsWith("." + name)
                            || isWithin(name, lower))) {
                return true;
            }
        }
        return false;
    }

    /** Whether an address of IPv4 belongs to a network that is written with its number of bits. */
    private static boolean isWithin(String network, String host) {
        int slash = network.indexOf('/');
        if (slash < 0 || !network.substring(slash + 1).matches("[0-9]{1,2}")) {
            return false;
        }
        int bits = Integer.parseInt(network.substring(slash + 1));
        long base = address(network.substring(0, slash));
        long address = address(host);
        return base >= 0 && address >= 0 && bits <= 32 && base >> (32 - bits) == address >> (32 - bits);
    }

    /** The 32 bits of an address of IPv4; -1 for anything else, which is never looked up. */
    private static long address(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            return -1;
        }
        long address = 0;
        for (String part : text.split("\\.", -1)) {
            int number = Integer.parseInt(part);
            if (number > 255) {
                return -1;
            }
            address = address << 8 | number;
        }
        return address;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.startsWith("127.")
                || host.equals("[::1]")
                || host.equals("::1");
    }

    private static int port(URI proxy) {
        if (proxy.getPort() > 0) {
            return proxy.getPort();
        }
        return "https".equalsIgnoreCase(proxy.getScheme()) ? 443 : 80;
    }
}

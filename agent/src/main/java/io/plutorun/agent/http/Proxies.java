package io.plutorun.agent.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy a request goes through: the JDK's own choice ({@code https.proxyHost} and its like), and where that is none, the one of the
 * environment ({@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY}, {@code NO_PROXY}, in either case of letters, as curl reads
 * them). This machine itself is never reached through a proxy.
 */
final class Proxies extends ProxySelector {

    private final Map<String, String> environment;
    private final @Nullable ProxySelector jdk = ProxySelector.getDefault();

    Proxies(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Checks that the proxy to a URL can be used: a request that should go through one must not go direct.
     *
     * @throws UnusableTransportException when its variable can't be read; the message says what to do
     */
    void check(URI uri) throws UnusableTransportException {
        if (!isJdkChosen(uri)) {
            ofEnvironment(uri);
        }
    }

    @Override
    public List<Proxy> select(URI uri) {
        try {
            List<Proxy> ofJdk = ofJdk(uri);
            if (isAny(ofJdk)) {
                return ofJdk;
            }
            ProxyAddress proxy = ofEnvironment(uri);
            return List.of(proxy == null ? Proxy.NO_PROXY : proxy.proxy());
        } catch (UnusableTransportException e) {
            throw new UncheckedIOException(new NoRouteToHostException(e.why()));
        }
    }

    private boolean isJdkChosen(URI uri) throws UnusableTransportException {
        return isAny(ofJdk(uri));
    }

    private static boolean isAny(List<Proxy> proxies) {
        return proxies.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    /** What the JDK says, which is what a selector of the program's says, if it has set one: that may do anything. */
    private List<Proxy> ofJdk(URI uri) throws UnusableTransportException {
        if (jdk == null) {
            return List.of();
        }
        try {
            return List.copyOf(jdk.select(uri));
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new UnusableTransportException(ProgramSockets.failure(jdk, e));
        }
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the call fails with it
    }

    /** Answers a proxy's demand with the user and password that stand in the variable which named that very proxy; once. */
    Authenticator authenticator() {
        return (route, response) -> {
            Request request = response.request();
            ProxyAddress proxy = ofVariable(request.url().uri());
            if (proxy == null
                    || proxy.user() == null
                    || route == null
                    || !route.proxy().equals(proxy.proxy())
                    || request.header("Proxy-Authorization") != null) {
                return null;
            }
            return request.newBuilder()
                    .header("Proxy-Authorization", Credentials.basic(proxy.user(), proxy.password()))
                    .build();
        };
    }

    private @Nullable ProxyAddress ofVariable(URI target) {
        try {
            return isJdkChosen(target) ? null : ofEnvironment(target);
        } catch (UnusableTransportException e) {
            return null;
        }
    }

    private @Nullable ProxyAddress ofEnvironment(URI target) throws UnusableTransportException {
        String host = target.getHost();
        if (host == null || isLoopback(host) || isExcepted(host)) {
            return null;
        }
        String own = "https".equalsIgnoreCase(target.getScheme()) ? "https_proxy" : "http_proxy";
        for (String name : List.of(own, "all_proxy")) {
            String variable = set(name);
            if (variable != null) {
                return ProxyAddress.parse(
                        variable, environment.getOrDefault(variable, "").strip());
            }
        }
        return null;
    }

    /** Which of the two spellings of a variable is set; the one in lower case goes first. Blank is unset. */
    private @Nullable String set(String lowerCase) {
        for (String name : List.of(lowerCase, lowerCase.toUpperCase(Locale.ROOT))) {
            if (!environment.getOrDefault(name, "").isBlank()) {
                return name;
            }
        }
        return null;
    }

    /**
     * {@code NO_PROXY}: names separated by commas, each for itself and for what is below it; addresses; networks as
     * {@code 10.0.0.0/8}; {@code *} for all.
     */
    private boolean isExcepted(String bracketed) {
        String host = withoutBrackets(bracketed);
        String variable = set("no_proxy");
        if (variable == null) {
            return false;
        }
        for (String exception : environment.getOrDefault(variable, "").split(",", -1)) {
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
}

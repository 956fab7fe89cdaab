package io.plutorun.agent.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy as a variable names it: {@code http://user:password@host:port}, where all but the host may be missing. Read as curl does: what
 * stands before the last {@code @} is the user and the password, whatever characters it holds.
 *
 * @param type HTTP, or SOCKS
 * @param host its name or address, without brackets
 * @param port its port
 * @param user the user that it wants; null for none
 * @param password the user's password; empty for none
 */
record ProxyAddress(
        Proxy.Type type, String host, int port, @Nullable String user, String password) {

    private static final int MAX_PORT = 0xFFFF;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int SOCKS_PORT = 1080;

    /**
     * Reads a variable's value.
     *
     * @throws UnusableTransportException when it can't be read; the message says what to write and holds nothing of the value, which may
     *     be a password
     */
    static ProxyAddress parse(String variable, String value) throws UnusableTransportException {
        int colon = value.indexOf("://");
        String scheme = colon < 0 ? "http" : value.substring(0, colon).toLowerCase(Locale.ROOT);
        Proxy.Type type = type(scheme);
        if (type == null) {
            throw unusable(variable, "its scheme is none of http, https, socks, socks4, socks5 and socks5h");
        }
        String rest = colon < 0 ? value : value.substring(colon + "://".length());
        int at = rest.lastIndexOf('@');
        String place = upToAny(rest.substring(at + 1), "/?#");
        int portColon = place.endsWith("]") ? -1 : place.lastIndexOf(':');
        String host = portColon < 0 ? place : place.substring(0, portColon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw unusable(variable, "an IPv6 address must stand in brackets");
        }
        if (!host.matches("[A-Za-z0-9._:%-]+")) {
            throw unusable(variable, host.isEmpty() ? "it names no host" : "its host name can't be one");
        }
        int port = portColon < 0 ? defaultPort(scheme) : port(variable, place.substring(portColon + 1), scheme);
        if (at < 0) {
            return new ProxyAddress(type, host, port, null, "");
        }
        if (type == Proxy.Type.SOCKS) {
            throw unusable(variable, "a SOCKS proxy that wants a user and a password can't be used");
        }
        String credentials = rest.substring(0, at);
        int separator = credentials.indexOf(':');
        String user = decoded(separator < 0 ? credentials : credentials.substring(0, separator));
        String password = separator < 0 ? "" : decoded(credentials.substring(separator + 1));
        return new ProxyAddress(type, host, port, user, password);
    }

    /** As the HTTP client takes it. The name is looked up when it is used. */
    Proxy proxy() {
        return new Proxy(type, InetSocketAddress.createUnresolved(host, port));
    }

    private static UnusableTransportException unusable(String variable, String why) {
        return new UnusableTransportException("the proxy in " + variable + " can't be used, " + why
                + "; write it as http://host:port or http://user:password@host:port, or add the server to NO_PROXY");
    }

    private static Proxy.@Nullable Type type(String scheme) {
        return switch (scheme) {
            case "http", "https" -> Proxy.Type.HTTP;
            case "socks", "socks4", "socks4a", "socks5", "socks5h" -> Proxy.Type.SOCKS;
            default -> null;
        };
    }

    private static int port(String variable, String text, String scheme) throws UnusableTransportException {
        if (text.isEmpty()) {
            return defaultPort(scheme);
        }
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw unusable(variable, "its port is no number from 1 to " + MAX_PORT);
        }
        return port;
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> HTTP_PORT;
            case "https" -> HTTPS_PORT;
            default -> SOCKS_PORT;
        };
    }

    private static String upToAny(String text, String ends) {
        for (int i = 0; i < text.length(); i++) {
            if (ends.indexOf(text.charAt(i)) >= 0) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    /** Replaces {@code %41} by what it stands for; a percent sign that is none of those stands for itself. */
    private static String decoded(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int high = i + 2 < in.length && in[i] == '%' ? Character.digit(in[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
            out[length++] = low < 0 ? in[i] : (byte) (high << 4 | low);
            i += low < 0 ? 0 : 2;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}

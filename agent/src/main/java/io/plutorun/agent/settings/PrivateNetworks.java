package io.plutorun.agent.settings;

import java.util.List;
import java.util.Locale;

/** Which hosts are this machine, or of a private network, judged by the name alone: no name server is asked. */
final class PrivateNetworks {

    /** Domains that no public name server answers for: RFC 6762, RFC 8375, RFC 6761, and what clusters and offices use. */
    private static final List<String> PRIVATE_DOMAINS = List.of(
            ".local", ".localhost", ".internal", ".home.arpa", ".lan", ".corp", ".home", ".intranet", ".svc", ".test");

    private PrivateNetworks() {}

    static boolean isPrivate(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[")) {
            return isPrivateV6(name.substring(1, name.length() - 1));
        }
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name; // the root, written out
        if (isAddress(name)) {
            return isPrivateAddress(name);
        }
        return name.indexOf('.') < 0 || PRIVATE_DOMAINS.stream().anyMatch(name::endsWith);
    }

    /** The loopback, RFC 4193 (fc00::/7), the link's own (fe80::/10), and IPv4-mapped IPv6 addresses. */
    private static boolean isPrivateV6(String address) {
        if (address.startsWith("::ffff:") && address.indexOf('.') > 0) {
            return isPrivateAddress(address.substring("::ffff:".length()));
        }
        return address.equals("::1")
                || address.equals("0:0:0:0:0:0:0:1")
                || address.matches("f[cd][0-9a-f]{2}:.*")
                || address.matches("fe[89ab][0-9a-f]:.*");
    }

    private static boolean isAddress(String name) {
        return name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    /** RFC 1918, RFC 6598, and the link's own. */
    private static boolean isPrivateAddress(String address) {
        List<String> parts = List.of(address.split("\\.", -1));
        if (parts.size() != 4
                || parts.stream().anyMatch(part -> !part.matches("0|[1-9][0-9]{0,2}"))) { // 010 is 8 to some
            return false;
        }
        int first = Integer.parseInt(parts.get(0));
        int second = Integer.parseInt(parts.get(1));
        return first == 10
                || first == 127
                || (first == 172 && second >= 16 && second <= 31)
                || (first == 192 && second == 168)
                || (first == 169 && second == 254)
                || (first == 100 && second >= 64 && second <= 127);
    }
}

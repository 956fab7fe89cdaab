package io.plutorun.agent.http;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** How the server is reached: through which proxies, and trusting whom. */
public final class Transport {

    /** Without proxies of the environment, trusting the JDK's certificate authorities. */
    public static final Transport DIRECT = new Transport(new Proxies(Map.of()), null);

    private final Proxies proxies;
    private final @Nullable TrustedAuthorities authorities;

    private Transport(Proxies proxies, @Nullable TrustedAuthorities authorities) {
        this.proxies = proxies;
        this.authorities = authorities;
    }

    /**
     * A transport that trusts the JDK's certificate authorities.
     *
     * @param environment this process's environment, for {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}
     */
    public static Transport of(Map<String, String> environment) {
        return new Transport(new Proxies(environment), null);
    }

    /**
     * A transport that trusts others, too.
     *
     * @param environment as above
     * @param authorities certificate authorities that are trusted beside the JDK's: what a PEM file holds
     * @throws UnusableTransportException when these are none
     */
    public static Transport of(Map<String, String> environment, byte[] authorities) throws UnusableTransportException {
        try {
            return new Transport(new Proxies(environment), TrustedAuthorities.with(authorities));
        } catch (IOException | GeneralSecurityException e) {
            throw new UnusableTransportException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Checks that requests to a URL can be sent.
     *
     * @throws UnusableTransportException when a variable names a proxy in a way that can't be read
     */
    public void check(URI url) throws UnusableTransportException {
        proxies.check(url);
    }

    Proxies proxies() {
        return proxies;
    }

    /** The same builder, of a client that trusts the authorities that were named. */
    OkHttpClient.Builder trusting(OkHttpClient.Builder builder) {
        return authorities == null ? builder : builder.sslSocketFactory(authorities.sockets(), authorities.trust());
    }

    /** Whether TLS is never needed: every URL that is known is http. */
    public static boolean isCleartext(@Nullable URI... urls) {
        for (URI url : urls) {
            if (url != null && !isHttp(url)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHttp(URI url) {
        return "http".equalsIgnoreCase(url.getScheme());
    }
}

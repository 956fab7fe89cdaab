package io.plutorun.agent.api;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the server is reached.
 *
 * @param environment this process's environment, for {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}
 * @param authorities a PEM file of certificate authorities that are trusted beside the JDK's; null for none
 */
public record Transport(
        Map<String, String> environment, @Nullable Path authorities) {

    /** Without proxies or authorities of one's own. */
    public static final Transport DIRECT = new Transport(Map.of(), null);
}

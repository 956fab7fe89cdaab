package io.plutorun.agent.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is sent.
 *
 * @param method GET, POST or PUT
 * @param url where it goes
 * @param headers headers beside those that the client sends with every request
 * @param body the body; null for none
 * @param bearsKey whether the API key goes with it: never to a URL that the server made up, such as a presigned one
 */
public record HttpRequest(
        String method,
        URI url,
        Map<String, String> headers,
        @Nullable HttpBody body,
        boolean bearsKey) {

    /** A GET. */
    public static HttpRequest get(URI url) {
        return new HttpRequest("GET", url, Map.of(), null, true);
    }

    /** A POST. */
    public static HttpRequest post(URI url, HttpBody body) {
        return new HttpRequest("POST", url, Map.of(), body, true);
    }

    /** The same request with a header more. */
    public HttpRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpRequest(method, url, more, body, bearsKey);
    }

    @Override
    public String toString() {
        return method + " " + url;
    }
}

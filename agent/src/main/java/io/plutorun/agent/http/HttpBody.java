package io.plutorun.agent.http;

import io.plutorun.agent.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The body of a request, with its type. */
public final class HttpBody {

    private final String contentType;
    private final byte[] bytes;

    private HttpBody(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    /** A JSON object. */
    public static HttpBody json(Map<String, ?> object) {
        return new HttpBody("application/json", Json.write(object).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Any bytes.
     *
     * @param contentType their type, as in {@code application/x-ndjson}
     * @param bytes the bytes; not copied, so they must not change until the answer is there
     */
    public static HttpBody of(String contentType, byte[] bytes) {
        return new HttpBody(contentType, bytes);
    }

    String contentType() {
        return contentType;
    }

    byte[] bytes() {
        return bytes;
    }
}

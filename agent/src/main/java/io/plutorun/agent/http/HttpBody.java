package io.plutorun.agent.http;

import io.plutorun.agent.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The body of a request, with its type. */
public final class HttpBody {

    /** Bytes that are made while they are sent. */
    public interface Source {

        /** Writes them all, as many as were promised. Where it throws, what was sent is no whole request. */
        void writeTo(OutputStream out) throws IOException;
    }

    private final String contentType;
    private final long length;
    private final Source source;

    private HttpBody(String contentType, long length, Source source) {
        this.contentType = contentType;
        this.length = length;
        this.source = source;
    }

    /** A JSON object. */
    public static HttpBody json(Map<String, ?> object) {
        return of("application/json", Json.write(object).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Any bytes.
     *
     * @param contentType their type, as in {@code application/x-ndjson}
     * @param bytes the bytes; not copied, so they must not change until the answer is there
     */
    public static HttpBody of(String contentType, byte[] bytes) {
        return new HttpBody(contentType, bytes.length, out -> out.write(bytes));
    }

    /**
     * Bytes that are too many to be held in memory.
     *
     * @param length how many there are
     */
    public static HttpBody of(String contentType, long length, Source source) {
        return new HttpBody(contentType, length, source);
    }

    String contentType() {
        return contentType;
    }

    long length() {
        return length;
    }

    void writeTo(OutputStream out) throws IOException {
        source.writeTo(out);
    }
}

package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrived, and what became of it so far.
 *
 * @param at by the fake's clock
 * @param host {@code api}, {@code ingest} or {@code heartbeat}
 * @param path with its query
 * @param headers names compared without regard to case
 * @param bytes the body as it came, no content encoding undone; empty when the log already held 32 MiB of bodies
 * @param size how long the body was, kept or not
 * @param status what was answered, or -1 when nothing was (yet)
 * @param fault what went wrong on purpose, or null
 */
public record Exchange(
        Instant at,
        String host,
        String method,
        String path,
        Map<String, List<String>> headers,
        ByteString bytes,
        int size,
        int status,
        @Nullable Fault fault) {

    /** The body as text. */
    public String body() {
        return bytes.utf8();
    }

    /** The body as JSON; a body that is none fails the test that asks. */
    public JsonNode json() {
        return Json.parse(body()).orElseThrow(() -> new AssertionError("not JSON: " + this));
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    Exchange answered(int code) {
        return new Exchange(at, host, method, path, headers, bytes, size, code, fault);
    }

    Exchange withoutBody() {
        return new Exchange(at, host, method, path, headers, ByteString.EMPTY, size, status, fault);
    }
}

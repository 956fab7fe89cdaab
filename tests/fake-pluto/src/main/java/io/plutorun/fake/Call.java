package io.plutorun.fake;

import java.util.List;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** One request, as the routes see it. */
record Call(String method, HttpUrl url, Headers headers, ByteString body) {

    String path() {
        return url.encodedPath();
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** The first line of a header that stands there several times, as Rust's servers read it. */
    @Nullable
    String firstHeader(String name) {
        List<String> values = headers.values(name);
        return values.isEmpty() ? null : values.get(0);
    }

    Call withBody(ByteString other) {
        return new Call(method, url, headers, other);
    }

    @Nullable
    String query(String name) {
        return url.queryParameter(name);
    }

    /** The body as text, as a browser's decoder reads it: invalid bytes become U+FFFD, a byte-order mark is dropped. */
    String text() {
        String text = body.utf8();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The last part of the path, when it begins with {@code prefix} and has just one part more. */
    Optional<String> partAfter(String prefix) {
        int parts = url.pathSize();
        if (!path().startsWith(prefix) || path().indexOf('/', prefix.length()) >= 0) {
            return Optional.empty();
        }
        return Optional.of(url.pathSegments().get(parts - 1)).filter(part -> !part.isEmpty());
    }
}

package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A recorded exchange.
 *
 * @param line counted from 1
 * @param body null when none was sent
 * @param cut whether the record leaves out the body because of its size
 * @param needs a special state of the server, in words
 * @param answer null when the record leaves it out because of its size
 */
record ObservedRow(
        String file,
        int line,
        String section,
        String label,
        String host,
        String method,
        String path,
        Map<String, String> headers,
        @Nullable ByteString body,
        boolean cut,
        @Nullable String needs,
        int status,
        String contentType,
        @Nullable String answer) {

    static List<ObservedRow> all(String file) {
        List<ObservedRow> rows = new ArrayList<>();
        for (String line : resource(file).lines().toList()) {
            rows.add(of(file, rows.size() + 1, Json.parse(line).orElseThrow()));
        }
        return rows;
    }

    static String resource(String name) {
        try (InputStream in = ObservedRow.class.getResourceAsStream("/pluto-observed/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ObservedRow of(String file, int line, JsonNode row) {
        Map<String, String> headers = new LinkedHashMap<>();
        row.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new ObservedRow(
                file,
                line,
                row.get("section").asText(),
                row.get("label").asText(),
                row.path("host").asText("api"),
                row.get("method").asText(),
                row.get("path").asText(),
                headers,
                body(row),
                row.path("cut").asBoolean(),
                text(row, "needs"),
                row.get("status").asInt(),
                row.get("contentType").asText(),
                text(row, "answer"));
    }

    private static @Nullable ByteString body(JsonNode row) {
        String encoded = text(row, "body64");
        String plain = text(row, "body");
        if (encoded != null) {
            return ByteString.decodeBase64(encoded);
        }
        return plain == null ? null : ByteString.encodeUtf8(plain);
    }

    private static @Nullable String text(JsonNode row, String key) {
        return row.hasNonNull(key) ? row.get(key).asText() : null;
    }

    String name() {
        return line + " " + section + ": " + label;
    }
}

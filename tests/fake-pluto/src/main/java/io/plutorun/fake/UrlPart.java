package io.plutorun.fake;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** JavaScript's {@code encodeURIComponent}, which spares a few characters that Java's form encoding does not. */
final class UrlPart {

    private UrlPart() {}

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
    }
}

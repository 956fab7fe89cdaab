package io.plutorun.agent.spec;

import io.plutorun.agent.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value that a text of the user means, in an annotation's config entry or on a command line. */
final class ConfigText {

    private ConfigText() {}

    /** A JSON scalar, where the text is one: a number, a truth value, null or a quoted text; else the text itself. */
    static @Nullable Object scalar(String text) {
        try {
            Object value = Json.parse(text.strip());
            return value instanceof Map<?, ?> || value instanceof List<?> ? text : value;
        } catch (Json.SyntaxException e) {
            return text;
        }
    }
}

package io.plutorun.agent.autolog;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a training is given, as config takes it. Frameworks go through such maps themselves, and take the texts of what is in them. */
public final class Parameters {

    private static final int MAX = 500;

    private Parameters() {}

    /** Of a map; empty where an object is none. */
    public static Map<String, @Nullable Object> of(@Nullable Object map) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        if (map instanceof Map<?, ?> given) {
            given.forEach((name, value) -> {
                if (parameters.size() < MAX) {
                    parameters.put(String.valueOf(name), plain(value));
                }
            });
        }
        return parameters;
    }

    /** One value: numbers and truth values as they are, of all else the text. */
    public static @Nullable Object plain(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}

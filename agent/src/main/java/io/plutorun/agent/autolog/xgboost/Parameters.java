package io.plutorun.agent.autolog.xgboost;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** XGBoost's parameters, as config takes them. */
final class Parameters {

    private static final int MAX = 500;

    private Parameters() {}

    /** Of a map of the program's, which XGBoost goes through itself, and of whose values it takes the texts. */
    static Map<String, @Nullable Object> of(@Nullable Object map) {
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

    private static @Nullable Object plain(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}

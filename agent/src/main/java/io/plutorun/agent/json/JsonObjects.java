package io.plutorun.agent.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done with JSON objects as trees: laying one over another, comparing their keys, and placing a value by a dotted key. */
public final class JsonObjects {

    private JsonObjects() {}

    /** The lower object with the higher one laid over it, key by key and to any depth; neither is changed. */
    public static Map<String, @Nullable Object> merge(
            Map<String, @Nullable Object> lower, Map<String, @Nullable Object> higher) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(lower);
        higher.forEach((key, value) -> {
            Object below = merged.get(key);
            merged.put(
                    key,
                    below instanceof Map<?, ?> && value instanceof Map<?, ?>
                            ? merge(Json.object(below), Json.object(value))
                            : value);
        });
        return merged;
    }

    /** Whether all keys of a part are in an object, to any depth. */
    public static boolean covers(Map<String, @Nullable Object> object, Map<String, @Nullable Object> part) {
        return part.entrySet().stream().allMatch(entry -> {
            Object there = object.get(entry.getKey());
            return entry.getValue() instanceof Map<?, ?> nested
                    ? there instanceof Map<?, ?> && covers(Json.object(there), Json.object(nested))
                    : object.containsKey(entry.getKey());
        });
    }

    /** An object that holds the value alone, under a key in which dots nest: {@code optimizer.name} → {@code {optimizer: {name: …}}}. */
    public static Map<String, @Nullable Object> at(String dottedKey, @Nullable Object value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        int dot = dottedKey.indexOf('.');
        if (dot <= 0 || dot == dottedKey.length() - 1) {
            object.put(dottedKey, value);
        } else {
            object.put(dottedKey.substring(0, dot), at(dottedKey.substring(dot + 1), value));
        }
        return object;
    }
}

package io.plutorun.fake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as the server reads it (JavaScript) and as it keeps it (PostgreSQL's jsonb). */
final class Json {

    /** A value that PostgreSQL or the layer before it refuses to store. */
    static final class Unstorable extends Exception {
        Unstorable(String reason) {
            super(reason);
        }
    }

    /** Containers this deep, or deeper, are refused. */
    private static final int TOO_DEEP = 125;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100_000)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** jsonb keeps the keys of an object by length, then by byte. */
    private static final Comparator<String> JSONB_ORDER = (a, b) -> {
        byte[] left = a.getBytes(StandardCharsets.UTF_8);
        byte[] right = b.getBytes(StandardCharsets.UTF_8);
        return left.length != right.length
                ? Integer.compare(left.length, right.length)
                : Arrays.compareUnsigned(left, right);
    };

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** {@code JSON.parse}; empty where that throws. */
    static Optional<JsonNode> parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static @Nullable String iso(@Nullable Instant moment) {
        return moment == null ? null : ISO_MILLIS.format(moment);
    }

    /** An object as a map, anything else as an empty one. */
    static Map<String, @Nullable Object> map(JsonNode node) {
        if (!node.isObject()) {
            return Map.of();
        }
        Map<?, ?> map = MAPPER.convertValue(node, Map.class);
        Map<String, @Nullable Object> typed = new LinkedHashMap<>();
        map.forEach((key, value) -> typed.put(String.valueOf(key), value));
        return Collections.unmodifiableMap(typed);
    }

    /** Whether PostgreSQL refuses {@code text}: NUL, or half a surrogate pair. */
    static boolean unstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return true;
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** {@code node} as it comes back from the database: numbers as doubles, keys in jsonb's order, {@code __proto__} lost. */
    static JsonNode stored(JsonNode node) throws Unstorable {
        return stored(node, 1);
    }

    /** A column's value from a text that must be storable JSON; null gives NULL. */
    static JsonNode column(@Nullable String text) {
        if (text == null) {
            return NullNode.instance;
        }
        try {
            return stored(parse(text).orElseThrow(() -> new IllegalArgumentException("not JSON: " + text)));
        } catch (Unstorable refused) {
            throw new IllegalArgumentException(text, refused);
        }
    }

    private static JsonNode stored(JsonNode node, int depth) throws Unstorable {
        if (node.isContainerNode() && depth >= TOO_DEEP) {
            throw new Unstorable("nested too deeply");
        }
        if (node.isTextual() && unstorable(node.textValue())) {
            throw new Unstorable("a string with NUL or half a surrogate pair");
        }
        if (node.isNumber()) {
            return storedNumber(node.doubleValue());
        }
        if (node.isArray()) {
            ArrayNode array = array();
            for (JsonNode element : node) {
                array.add(stored(element, depth + 1));
            }
            return array;
        }
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>(JSONB_ORDER);
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (unstorable(entry.getKey())) {
                    throw new Unstorable("a key with NUL or half a surrogate pair");
                }
                if (!entry.getKey().equals("__proto__")) {
                    sorted.put(entry.getKey(), stored(entry.getValue(), depth + 1));
                }
            }
            ObjectNode object = object();
            sorted.forEach(object::set);
            return object;
        }
        return node;
    }

    /** As JavaScript writes it: whole numbers without a fraction, null for what is not finite. */
    static JsonNode storedNumber(double number) {
        if (Double.isInfinite(number) || Double.isNaN(number)) {
            return NullNode.instance;
        }
        return number == Math.rint(number) && Math.abs(number) < 1e18
                ? LongNode.valueOf((long) number)
                : DoubleNode.valueOf(number);
    }

    /** Objects are merged key by key, everything else is replaced; an array under an object becomes keys 0, 1, … */
    static ObjectNode deepMerge(JsonNode base, JsonNode patch) {
        ObjectNode merged = spread(base);
        for (Map.Entry<String, JsonNode> entry : spread(patch).properties()) {
            JsonNode before = merged.get(entry.getKey());
            JsonNode after = entry.getValue();
            merged.set(
                    entry.getKey(),
                    before != null && before.isObject() && after.isObject() ? deepMerge(before, after) : after);
        }
        return merged;
    }

    /** JavaScript's {@code {...node}}: arrays become keys 0, 1, …, scalars nothing. */
    static ObjectNode spread(JsonNode node) {
        ObjectNode object = object();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                object.set(Integer.toString(i), node.get(i));
            }
        } else if (node.isObject()) {
            node.properties().forEach(entry -> object.set(entry.getKey(), entry.getValue()));
        }
        return object;
    }
}

package io.plutorun.agent.api;

import io.plutorun.agent.json.Json;
import io.plutorun.agent.json.WrittenObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes what the server would answer with a 500, or would silently change, into what it can store: NUL and half surrogate pairs in text,
 * objects that nest too deep, numbers that are no doubles. All that is sent passes here; see docs/pluto-api.md.
 */
public final class StorableValues {

    /** The server fails from some 125 levels on. */
    private static final int MAX_DEPTH = 120;

    private static final char REPLACEMENT = '\uFFFD';
    private static final BigInteger MAX_EXACT_INTEGER = BigInteger.ONE.shiftLeft(53);

    private final String what;
    private final Collection<String> warnings;

    /**
     * Makes a converter of values.
     *
     * @param what what the values are, for the warnings
     * @param warnings takes a line for each kind of change
     */
    public StorableValues(String what, Collection<String> warnings) {
        this.what = what;
        this.warnings = warnings;
    }

    /**
     * The object as a JSON text that the server can store, without a word about what was changed. One that is written already was made
     * storable before.
     */
    static String json(Map<String, ?> object) {
        if (object instanceof WrittenObject written) {
            return written.text();
        }
        return Json.write(new StorableValues("object", new HashSet<>()).object(object));
    }

    /** The body of a request, its texts as the server can store them. */
    static Map<String, @Nullable Object> body(Map<String, ?> body) {
        return new StorableValues("request", new HashSet<>()).object(body);
    }

    /** An object as the server stores it without a change of its own. */
    public Map<String, @Nullable Object> object(Map<String, ?> object) {
        return Json.object(tree(object, 1));
    }

    private @Nullable Object tree(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> || value instanceof Iterable<?>) {
            if (depth > MAX_DEPTH) {
                warnings.add("the " + what + " nests more than " + MAX_DEPTH
                        + " levels; what is deeper is recorded as text");
                return text(Json.write(value));
            }
            return value instanceof Map<?, ?> ? map(Json.object(value), depth) : list((Iterable<?>) value, depth);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        return value instanceof String string ? text(string) : value;
    }

    private Map<String, @Nullable Object> map(Map<String, @Nullable Object> object, int depth) {
        Map<String, @Nullable Object> mended = new LinkedHashMap<>();
        object.forEach((key, value) -> mended.put(text(key), tree(value, depth + 1)));
        return mended;
    }

    private List<@Nullable Object> list(Iterable<?> elements, int depth) {
        List<@Nullable Object> mended = new ArrayList<>();
        elements.forEach(element -> mended.add(tree(element, depth + 1)));
        return mended;
    }

    private Object number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isFinite(value)) {
                return number;
            }
            warnings.add("the " + what + " holds " + value + ", which JSON has no number for; it is recorded as text");
            return String.valueOf(value);
        }
        BigInteger integer = number instanceof BigInteger big ? big : exact(number);
        if (integer != null && integer.abs().compareTo(MAX_EXACT_INTEGER) > 0) {
            warnings.add("the " + what
                    + " holds integers beyond 2^53, which the server would round; they are recorded as text");
            return number.toString();
        }
        return number instanceof BigDecimal big ? decimal(big) : number;
    }

    private static @Nullable BigInteger exact(Number number) {
        return number instanceof BigDecimal ? null : BigInteger.valueOf(number.longValue());
    }

    private Object decimal(BigDecimal decimal) {
        double nearest = decimal.doubleValue();
        if (Double.isFinite(nearest) && decimal.compareTo(BigDecimal.valueOf(nearest)) == 0) {
            return nearest;
        }
        warnings.add("the " + what + " holds decimals that no double holds; they are recorded as text");
        return decimal.toString();
    }

    /** A text without the characters that the server can't store. */
    public String text(String text) {
        if (text.indexOf(0) < 0 && !hasLoneSurrogate(text)) {
            return text;
        }
        warnings.add("the " + what
                + " holds characters that the server can't store (NUL or half a surrogate pair); they are replaced");
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .forEach(c -> clean.appendCodePoint(
                        c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? REPLACEMENT : c));
        return clean.toString();
    }

    /** Whether the text has half a surrogate pair. */
    public static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}

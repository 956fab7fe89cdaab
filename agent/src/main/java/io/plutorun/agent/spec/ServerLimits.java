package io.plutorun.agent.spec;

import io.plutorun.agent.api.TagRules;
import io.plutorun.agent.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mends what the server would answer with a 500, or would silently change, before it is sent (docs/pluto-api.md). Each kind of mending is
 * told once a run.
 */
final class ServerLimits {

    private static final int MAX_CHARACTERS = 255;
    private static final int HASH_CHARACTERS = 16;
    private static final int DEEPEST = 120;
    private static final char REPLACEMENT = '\uFFFD';
    private static final BigInteger MAX_EXACT = BigInteger.ONE.shiftLeft(53);

    private final Set<String> warnings = new LinkedHashSet<>();

    /** What was mended. */
    Set<String> warnings() {
        return warnings;
    }

    /** A run's or a project's name: never empty, at most 255 characters, no NUL, no lone surrogate. */
    String name(String what, String name, String whenEmpty) {
        String clean = text(what, name);
        if (clean.isBlank()) {
            warnings.add("the " + what + " is empty; \"" + whenEmpty + "\" is used");
            return whenEmpty;
        }
        if (clean.length() > MAX_CHARACTERS) {
            warnings.add("the " + what + " is longer than " + MAX_CHARACTERS + " characters; the rest is cut off");
            return cut(clean, MAX_CHARACTERS);
        }
        return clean;
    }

    /**
     * A project's name. The server makes the prefix of display ids from it, and fails where that cuts a character in two that takes two
     * UTF-16 units; such characters are replaced then.
     */
    String project(String project, String whenEmpty) {
        String clean = name("project", project, whenEmpty);
        if (!isLone(ProjectPrefix.of(clean))) {
            return clean;
        }
        warnings.add("the project \"" + clean
                + "\" would make a display id with half a character; such characters are replaced");
        StringBuilder mended = new StringBuilder();
        clean.codePoints()
                .forEach(c -> mended.append(
                        Character.isSupplementaryCodePoint(c) ? String.valueOf(REPLACEMENT) : Character.toString(c)));
        return mended.toString();
    }

    /** An external id of at most 255 characters; a longer one keeps its beginning and gets a hash of the whole. */
    String externalId(String id) {
        String clean = text("external id", id);
        if (clean.length() <= MAX_CHARACTERS) {
            return clean;
        }
        warnings.add("the external id is longer than " + MAX_CHARACTERS
                + " characters; it is shortened, with a hash of the whole at its end");
        return cut(clean, MAX_CHARACTERS - HASH_CHARACTERS - 1) + "-" + hash(clean);
    }

    /** Tags: no duplicates, one group, at most 50, the first ones given standing before later ones. */
    List<String> tags(List<String> tags) {
        List<String> mended = new ArrayList<>();
        boolean grouped = false;
        for (String tag : new LinkedHashSet<>(tags)) {
            String clean = text("tag", tag);
            boolean group = TagRules.isGroup(clean);
            if (group && grouped) {
                warnings.add("a run can have one group:* tag; \"" + clean + "\" is left out");
            } else if (mended.size() == TagRules.MAX_TAGS) {
                warnings.add("a run can have " + TagRules.MAX_TAGS + " tags; \"" + clean
                        + "\" and any after it are left out");
                break;
            } else {
                grouped |= group;
                mended.add(clean);
            }
        }
        return mended;
    }

    /** A JSON object that the server stores as it is. */
    Map<String, @Nullable Object> object(String what, Map<String, @Nullable Object> object) {
        return Json.object(tree(what, object, 1));
    }

    private @Nullable Object tree(String what, @Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> || value instanceof Iterable<?>) {
            if (depth > DEEPEST) {
                warnings.add(
                        "the " + what + " nests more than " + DEEPEST + " levels; what is deeper is recorded as text");
                return text(what, Json.write(value));
            }
            return value instanceof Map<?, ?>
                    ? map(what, Json.object(value), depth)
                    : list(what, (Iterable<?>) value, depth);
        }
        if (value instanceof Number number) {
            return number(what, number);
        }
        return value instanceof String string ? text(what, string) : value;
    }

    private Map<String, @Nullable Object> map(String what, Map<String, @Nullable Object> object, int depth) {
        Map<String, @Nullable Object> mended = new LinkedHashMap<>();
        object.forEach((key, value) -> mended.put(text(what, key), tree(what, value, depth + 1)));
        return mended;
    }

    private List<@Nullable Object> list(String what, Iterable<?> elements, int depth) {
        List<@Nullable Object> mended = new ArrayList<>();
        elements.forEach(element -> mended.add(tree(what, element, depth + 1)));
        return mended;
    }

    private Object number(String what, Number number) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isFinite(value)) {
                return number;
            }
            warnings.add("the " + what + " holds " + value + ", which JSON has no number for; it is recorded as text");
            return String.valueOf(value);
        }
        BigInteger integer = number instanceof BigInteger big ? big : exact(number);
        if (integer != null && integer.abs().compareTo(MAX_EXACT) > 0) {
            warnings.add("the " + what
                    + " holds integers beyond 2^53, which the server would round; they are recorded as text");
            return number.toString();
        }
        return number instanceof BigDecimal big ? decimal(what, big) : number;
    }

    private static @Nullable BigInteger exact(Number number) {
        return number instanceof BigDecimal ? null : BigInteger.valueOf(number.longValue());
    }

    private Object decimal(String what, BigDecimal decimal) {
        double nearest = decimal.doubleValue();
        if (Double.isFinite(nearest) && decimal.compareTo(BigDecimal.valueOf(nearest)) == 0) {
            return nearest;
        }
        warnings.add("the " + what + " holds decimals that no double holds; they are recorded as text");
        return decimal.toString();
    }

    private String text(String what, String text) {
        if (text.indexOf(0) < 0 && !isLone(text)) {
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
    private static boolean isLone(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static String cut(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }
}

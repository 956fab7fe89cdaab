package io.plutorun.agent.spec;

import io.plutorun.agent.api.StorableValues;
import io.plutorun.agent.api.TagRules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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
    private static final char REPLACEMENT = '\uFFFD';

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
        if (!StorableValues.hasLoneSurrogate(ProjectPrefix.of(clean))) {
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
        return new StorableValues(what, warnings).object(object);
    }

    private String text(String what, String text) {
        return new StorableValues(what, warnings).text(text);
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

package io.plutorun.fake;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of {@code PREFIX-NUMBER}. */
final class DisplayIds {

    /** What a client may ask for: fewer ids than there are, since a prefix may hold any character of its project's name. */
    record Wanted(String prefix, String digits) {
        /** The number as the database sees it; empty when it fits no int4 and the query fails. */
        Optional<Integer> number() {
            try {
                return Optional.of(Integer.parseInt(digits));
            } catch (NumberFormatException tooLarge) {
                return Optional.empty();
            }
        }
    }

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[-_\\s.]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern ASKED_FOR = Pattern.compile("([A-Za-z0-9]+)-([0-9]+)");

    private DisplayIds() {}

    /** Counts in UTF-16 units, as the server does: it may cut through a surrogate pair, and then no project can be made. */
    static String prefix(String projectName) {
        List<String> words = BETWEEN_WORDS
                .splitAsStream(projectName)
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return "RUN";
        }
        String last = words.get(words.size() - 1);
        if (words.size() == 1) {
            return first(3, last).toUpperCase(Locale.ROOT);
        }
        StringBuilder initials = new StringBuilder();
        words.forEach(word -> initials.append(word.charAt(0)));
        if (initials.length() == 2) {
            initials.append(first(2, last).substring(1));
        }
        return first(4, initials.toString()).toUpperCase(Locale.ROOT);
    }

    private static String first(int units, String text) {
        return text.substring(0, Math.min(units, text.length()));
    }

    static Optional<Wanted> parse(String displayId) {
        Matcher matcher = ASKED_FOR.matcher(displayId);
        return matcher.matches()
                ? Optional.of(new Wanted(matcher.group(1).toUpperCase(Locale.ROOT), matcher.group(2)))
                : Optional.empty();
    }
}

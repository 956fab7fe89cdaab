package io.plutorun.agent.edge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of this process's own secret environment variables, in the forms in which they may stand in a text. */
final class KnownValues {

    /** A shorter value would be found by accident in texts that have nothing to do with it. */
    private static final int LEAST_LENGTH = 8;

    /** One that no word is like is looked for where it stands as a word. */
    private static final int LEAST_LENGTH_AS_WORD = 6;

    private static final int LEAST_LETTERS = 3;

    /** Where a text was cut off, the beginning of a value tells less, but this much is too much. */
    private static final int LEAST_LENGTH_WHERE_CUT = 6;

    /** Made when a text holds a value. */
    private static final class Expressions {

        /** What makes a name of the word before it. */
        static final Pattern SIGN = Pattern.compile("\\\\{0,3}+[\"']?\\s{0,4}+[=:]");
    }

    /**
     * A value.
     *
     * @param variable the variable that holds it
     * @param form as it may stand in a text
     */
    private record Known(String variable, String form) {}

    /** How many characters of a form are looked at before it is compared. */
    private static final int BEGINNING = 4;

    private static final int HASHES = 1 << 16;

    /** The longer first: one may be part of another. */
    private final List<Known> values;

    /** How forms begin, as hashes: texts are many, and few of them hold a value. */
    private final BitSet beginnings = new BitSet(HASHES);

    KnownValues(Map<String, String> environment) {
        List<Known> known = new ArrayList<>();
        environment.forEach((name, value) -> {
            String trimmed = value.strip();
            if ((trimmed.length() >= LEAST_LENGTH || isLookedForAsWord(name, trimmed))
                    && SecretNames.hideVariable(name, trimmed)
                    && !isPath(trimmed)) {
                forms(trimmed).forEach(form -> known.add(new Known(name, form)));
                if (trimmed.indexOf('\n') >= 0 || trimmed.indexOf('\r') >= 0) { // a text may come line by line
                    trimmed.lines()
                            .map(String::strip)
                            .filter(line -> line.length() >= LEAST_LENGTH)
                            .forEach(line -> known.add(new Known(name, line)));
                }
            }
        });
        known.sort((a, b) -> Integer.compare(b.form().length(), a.form().length()));
        this.values = List.copyOf(known);
        for (Known value : known) {
            int hash = 0;
            for (int i = 0; i < BEGINNING; i++) {
                hash = next(hash, value.form().charAt(i));
            }
            beginnings.set(hash);
        }
    }

    /** "hunter2", of a variable that can only hold a secret; no word, number, version or name of a file. */
    private static boolean isLookedForAsWord(String name, String value) {
        SecretNames.Kind kind = SecretNames.kind(name);
        boolean names =
                kind == SecretNames.Kind.ALWAYS || kind == SecretNames.Kind.STRONG || kind == SecretNames.Kind.PASS;
        return names
                && value.length() >= LEAST_LENGTH_AS_WORD
                && value.chars().filter(Character::isLetter).count() >= LEAST_LETTERS
                && value.chars().anyMatch(c -> !Character.isLetter(c) && "_-./: ".indexOf(c) < 0);
    }

    /** Where a value stands in a text; -1 for nowhere. */
    private static int find(String text, String known, int from) {
        int at = text.indexOf(known, from);
        while (at >= 0 && known.length() < LEAST_LENGTH && isPartOfWord(text, at, at + known.length())) {
            at = text.indexOf(known, at + 1);
        }
        return at;
    }

    /** Also of what {@code -}, {@code .} and {@code /} join: a model's name, a file. */
    private static boolean isPartOfWord(String text, int begin, int end) {
        return isOfWord(text, begin - 1)
                || isOfWord(text, end)
                || (isSign(text, begin - 1) && isOfWord(text, begin - 2))
                || (isSign(text, end) && isOfWord(text, end + 1));
    }

    private static boolean isOfWord(String text, int at) {
        return at >= 0 && at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_');
    }

    private static boolean isSign(String text, int at) {
        return at >= 0 && at < text.length() && "-./".indexOf(text.charAt(at)) >= 0;
    }

    /** Depends on the last four characters alone: what is older is shifted out. */
    private static int next(int hash, char c) {
        return (hash << (Short.SIZE / BEGINNING) ^ c) & (HASHES - 1);
    }

    private boolean mayStandIn(String text) {
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = next(hash, text.charAt(i));
            if (beginnings.get(hash) && i >= BEGINNING - 1) {
                return true;
            }
        }
        return false;
    }

    /** The variable whose value stands in a text. */
    Optional<String> variableIn(String text) {
        for (Known known : values) {
            if (find(text, known.form(), 0) >= 0) {
                return Optional.of(known.variable());
            }
        }
        return Optional.empty();
    }

    /** Those that may stand in the text: most texts hold none, and need no second look. */
    List<String> presentIn(String text) {
        List<String> present = List.of();
        if (!text.endsWith(Redactor.CUT_OFF) && !mayStandIn(text)) {
            return present;
        }
        for (Known known : values) {
            if (find(text, known.form(), 0) >= 0 || text.endsWith(Redactor.CUT_OFF)) {
                present = present.isEmpty() ? new ArrayList<>() : present;
                present.add(known.form());
            }
        }
        return present;
    }

    /**
     * Takes a value out, also where a text was cut off within it.
     *
     * @param notNames whether to leave it where it stands as a name: of {@code password=x}, x must be hidden first, even where somebody
     *     has the word itself for a password
     */
    static String without(String text, String known, boolean notNames) {
        String result = text;
        if (find(result, known, 0) >= 0) {
            Matcher sign = Expressions.SIGN.matcher(result);
            StringBuilder without = new StringBuilder();
            int copied = 0;
            for (int at = find(result, known, 0); at >= 0; at = find(result, known, at)) {
                int end = at + known.length();
                if (!notNames || !sign.region(end, result.length()).lookingAt()) {
                    without.append(result, copied, at).append(Redactor.REDACTED);
                    copied = end;
                }
                at = end;
            }
            result = without.append(result, copied, result.length()).toString();
        }
        if (result.endsWith(Redactor.CUT_OFF)) {
            int end = result.length() - Redactor.CUT_OFF.length();
            for (int length = Math.min(known.length(), end); length >= LEAST_LENGTH_WHERE_CUT; length--) {
                if (result.regionMatches(end - length, known, 0, length)) {
                    return result.substring(0, end - length) + Redactor.REDACTED + Redactor.CUT_OFF;
                }
            }
        }
        return result;
    }

    /** As it is, and as it stands in JSON, in a URL and in Base64, of which the last characters depend on what follows. */
    private static Set<String> forms(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length - bytes.length % 3));
        String url = URLEncoder.encode(value, StandardCharsets.UTF_8);
        return new LinkedHashSet<>(List.of(
                value,
                inJson(value),
                url,
                url.replace("+", "%20"),
                base64,
                base64.replace('+', '-').replace('/', '_')));
    }

    /** By hand: this is on the way to the first line, where a JSON library's start-up counts. */
    private static String inJson(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    /** {@code PLUTO_API_KEY_FILE} and its like name a place, and places are no secrets; a secret may begin with a slash, though. */
    private static boolean isPath(String value) {
        if (!value.startsWith("/") && !value.startsWith("./")) {
            return false;
        }
        try {
            return Files.exists(Path.of(value));
        } catch (InvalidPathException | SecurityException e) {
            return false;
        }
    }
}

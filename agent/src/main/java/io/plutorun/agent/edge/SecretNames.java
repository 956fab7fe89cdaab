package io.plutorun.agent.edge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which names say that their value is a secret. A name is read as words, {@code db.userPassword_2} as db, user, password: the last word
 * that can name a secret counts, with what qualifies it before, and what it says of it behind.
 */
final class SecretNames {

    /** What a name says. */
    enum Kind {
        /** Nothing. */
        HARMLESS,
        /** About a secret, such as where it lies, how long it is, or what else a word like token means in a training program. */
        ABOUT,
        /** Perhaps a secret: {@code key}, {@code foo_key}. The value decides. */
        KEY,
        /** Probably a secret: {@code token}, {@code foo_token}. */
        TOKEN,
        /** Perhaps a secret: {@code pass}. */
        PASS,
        /** Perhaps the signature that makes a URL valid. */
        SIGNATURE,
        /** Perhaps a secret, perhaps the way of logging in. */
        AUTH,
        /** A header's whole content. */
        COOKIE,
        /** A secret, unless the value is none: {@code api_key=null}. */
        STRONG,
        /** A secret, whatever the value is, unless it is empty. */
        ALWAYS
    }

    private static final Set<String> ALWAYS =
            Vocabulary.of("pwd secret secrets credential credentials creds authorization");

    /** Its small letter is the one of the alphabet. */
    private static final char KELVIN = '\u212A';

    private static final String[][] PARTS =
            byFirst("pw", "pass", "secret", "sig", "sess", "cred", "cookie", "key", "token", "auth", "jwt");

    private static final int RANDOM = 12;
    private static final int LONG_RANDOM = 16;

    private SecretNames() {}

    /** Whether what goes under the name is a secret. */
    static boolean hide(String name, String value) {
        return hide(kind(name), name, value, false);
    }

    /**
     * Whether what goes under a name of that kind is a secret.
     *
     * @param inSentence whether it may be a sentence: {@code unexpected token: END}
     */
    static boolean hide(Kind kind, String name, String value, boolean inSentence) {
        String bare = PlainValues.unquoted(value);
        if (bare.isEmpty()) {
            return false;
        }
        return switch (kind) {
            case HARMLESS -> false;
            case ABOUT -> isAboutSecret(name) && RandomText.is(bare, LONG_RANDOM) && !PlainValues.isPath(bare);
            case KEY ->
                RandomText.is(bare, RANDOM)
                        || PlainValues.isLongNumber(bare)
                        || (isEnvironmentLike(name)
                                && !PlainValues.isNone(bare)
                                && !PlainValues.isPath(bare)
                                && !PlainValues.isWords(bare));
            case TOKEN ->
                inSentence
                        ? RandomText.is(bare, RANDOM)
                        : !PlainValues.isNone(bare)
                                && !PlainValues.isSpecialToken(bare)
                                && !PlainValues.isCapitalWord(bare);
            case PASS ->
                !PlainValues.isNone(bare) && (words(name).size() > 1 || !PlainValues.isSmallWord(bare)) && !inSentence;
            case SIGNATURE -> RandomText.is(bare, LONG_RANDOM);
            case AUTH -> RandomText.is(bare, RANDOM) || (bare.indexOf(':') > 0 && !bare.contains("://"));
            case COOKIE -> !PlainValues.isNone(bare);
            case STRONG -> !PlainValues.isNone(bare) && !PlainValues.isSpecialToken(bare) && !PlainValues.isPath(bare);
            case ALWAYS -> !(PlainValues.isPath(bare) && mayNameAPlace(words(name)));
        };
    }

    /** Whether what a variable of the process holds is a secret: nobody keeps a tokenizer's config there. */
    static boolean hideVariable(String name, String value) {
        Kind kind = kind(name);
        return switch (kind) {
            case HARMLESS, ABOUT, SIGNATURE, AUTH -> hide(kind, name, value, false);
            case KEY, TOKEN, PASS, COOKIE, STRONG -> !PlainValues.isNone(value);
            case ALWAYS -> hide(kind, name, value, false);
        };
    }

    /** Whether whatever goes under a name of that kind is a secret, be it a number or an object. */
    static boolean hideWhatever(Kind kind) {
        return kind == Kind.ALWAYS;
    }

    /** What the name says. */
    static Kind kind(String name) {
        if (!mayStandIn(name)) {
            return Kind.HARMLESS;
        }
        List<String> words = words(name);
        boolean described = false;
        for (int i = words.size() - 1; i >= 0; i--) {
            String word = words.get(i);
            if (isAlways(word)) {
                return described ? Kind.ABOUT : Kind.ALWAYS;
            }
            Kind kind = ambiguous(words, i);
            if (kind != Kind.HARMLESS) {
                return described ? Kind.ABOUT : secretBefore(words, i) ? Kind.ALWAYS : kind;
            }
            described |= Vocabulary.DESCRIBING.contains(word);
        }
        return Kind.HARMLESS;
    }

    /** In {@code secret.access.key} the first word leaves no doubt; in {@code secret_sort_key} it is the sorting that counts. */
    private static boolean secretBefore(List<String> words, int end) {
        return end > 0 && !Vocabulary.PLAIN.contains(words.get(end - 1)) && isAnyAlways(words.subList(0, end));
    }

    private static boolean isAnyAlways(List<String> words) {
        for (String word : words) {
            if (isAlways(word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAlways(String word) {
        if (ALWAYS.contains(word)) {
            return true;
        }
        for (String end : Vocabulary.ENDS) {
            if (word.endsWith(end)) {
                return true;
            }
        }
        return false;
    }

    /** A word that names a secret here and something else there; by the nearest word before it that says which. */
    private static Kind ambiguous(List<String> words, int at) {
        String word = words.get(at);
        boolean last = at == words.size() - 1 || Vocabulary.NEUTRAL.containsAll(words.subList(at + 1, words.size()));
        switch (word) {
            case "cookie", "cookies", "jwt", "sessid" -> {
                return last ? (word.startsWith("cookie") ? Kind.COOKIE : Kind.STRONG) : Kind.HARMLESS;
            }
            case "sig", "signature" -> {
                return last ? Kind.SIGNATURE : Kind.HARMLESS;
            }
            case "auth" -> {
                return last ? Kind.AUTH : Kind.HARMLESS;
            }
            case "key", "keys", "token", "tokens", "pass", "pw" -> {
                return ambiguous(words, at, last);
            }
            default -> {
                return Kind.HARMLESS;
            }
        }
    }

    private static Kind ambiguous(List<String> words, int at, boolean last) {
        String word = words.get(at);
        boolean several = word.equals("keys") || word.equals("tokens");
        for (int before = at - 1; before >= 0; before--) {
            String qualifier = words.get(before);
            if (Vocabulary.PLAIN.contains(qualifier) && !(qualifier.equals("user") && word.startsWith("token"))) {
                return Kind.HARMLESS;
            }
            if (Vocabulary.STRONG.contains(qualifier)) {
                return word.startsWith("p") ? Kind.PASS : Kind.STRONG;
            }
            if (!Vocabulary.NEUTRAL.contains(qualifier)) {
                break;
            }
        }
        if (several || !last) {
            return Kind.HARMLESS;
        }
        return switch (word) {
            case "key" -> Kind.KEY;
            case "token" -> Kind.TOKEN;
            default -> Kind.PASS;
        };
    }

    /**
     * Whether a part of a word that names a secret stands in a text. Where none does, no name in it is anything but harmless: a quick look, for
     * texts of which there are many.
     */
    static boolean mayStandIn(String text) {
        for (int i = 0; i + 1 < text.length(); i++) {
            for (String part : parts(text.charAt(i))) {
                if (text.regionMatches(true, i, part, 0, part.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Parts of words that name secrets, by what they begin with. */
    private static String[] parts(char first) {
        char letter = first == KELVIN ? 'k' : first;
        return letter < PARTS.length ? PARTS[letter] : PARTS[0];
    }

    private static String[][] byFirst(String... parts) {
        String[][] byFirst = new String[128][];
        Arrays.fill(byFirst, new String[0]);
        for (String part : parts) {
            char first = part.charAt(0);
            String[] sameFirst = Arrays.copyOf(byFirst[first], byFirst[first].length + 1);
            sameFirst[sameFirst.length - 1] = part;
            byFirst[first] = sameFirst;
            byFirst[Character.toUpperCase(first)] = sameFirst;
        }
        return byFirst;
    }

    private static boolean isAboutSecret(String name) {
        return isAnyAlways(words(name));
    }

    /** The working directory, or the file of {@code GOOGLE_APPLICATION_CREDENTIALS}. */
    private static boolean mayNameAPlace(List<String> words) {
        return words.equals(List.of("pwd")) || words.get(words.size() - 1).startsWith("cred");
    }

    /** {@code FOO_KEY} is how a variable is called: nobody keeps the name of a column there. */
    private static boolean isEnvironmentLike(String name) {
        return name.indexOf('_') > 0
                && name.chars().allMatch(c -> c == '_' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    }

    /** Splits {@code db.userPassword_2} into db, user, password, 2. */
    private static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            boolean end = i == name.length() || !Character.isLetterOrDigit(name.charAt(i));
            boolean hump = !end && i > start && isHump(name, i);
            if ((end || hump) && i > start) {
                words.add(name.substring(start, i).toLowerCase(Locale.ROOT));
            }
            if (end) {
                start = i + 1;
            } else if (hump) {
                start = i;
            }
        }
        return words;
    }

    /** apiKey: before K; APIKey: before K too, where an upper-case run ends in a new word. */
    private static boolean isHump(String name, int i) {
        if (!Character.isUpperCase(name.charAt(i))) {
            return false;
        }
        return Character.isLowerCase(name.charAt(i - 1))
                || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1)));
    }
}

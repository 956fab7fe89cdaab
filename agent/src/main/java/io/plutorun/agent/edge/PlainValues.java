package io.plutorun.agent.edge;

import java.util.Locale;

/** Values that are plainly no secret, though they stand under a name like token or key. See {@link RandomText} for the opposite. */
final class PlainValues {

    private static final int DIGITS_OF_A_SMALL_NUMBER = 9;
    private static final int LONGEST_SPECIAL_TOKEN = 40;

    private PlainValues() {}

    /** The value without the quotes around it, escaped or not. */
    static String unquoted(String value) {
        String text = value.strip();
        int begin = 0;
        while (begin < text.length() && text.charAt(begin) == '\\') {
            begin++;
        }
        boolean quoted = text.length() > 2 * begin + 1
                && (text.charAt(begin) == '"' || text.charAt(begin) == '\'')
                && text.endsWith(text.substring(0, begin + 1));
        return quoted ? text.substring(begin + 1, text.length() - begin - 1) : text;
    }

    /** {@code <pad>}, {@code <|endoftext|>}, {@code [MASK]}, {@code ${TOKEN}}: what tokenizers' configs and templates hold. */
    static boolean isSpecialToken(String text) {
        return text.length() <= LONGEST_SPECIAL_TOKEN
                && ((text.startsWith("<") && text.endsWith(">"))
                        || (text.startsWith("[") && text.endsWith("]"))
                        || ((text.startsWith("${") && text.endsWith("}")) || isVariable(text)));
    }

    /** {@code PAD}, {@code UNK}: a token of a vocabulary. */
    static boolean isCapitalWord(String text) {
        return !text.isEmpty() && text.length() <= 8 && text.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }

    /** {@code user_id}, {@code <pad>}: no digit, so that nobody drew it. */
    static boolean isWords(String text) {
        return text.chars().allMatch(c -> Character.isLetter(c) || "_-.<>[]|".indexOf(c) >= 0);
    }

    /** Small letters alone. */
    static boolean isSmallWord(String text) {
        return text.chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    /** A place of a file that holds the secret. One with an ending: a secret in Base64 may begin with a slash as well. */
    static boolean isPath(String text) {
        boolean windows = text.length() > 2 && text.charAt(1) == ':' && text.charAt(2) == '\\';
        boolean rooted =
                text.startsWith("/") || text.startsWith("./") || text.startsWith("~/") || text.startsWith("file:");
        int dot = text.lastIndexOf('.');
        boolean ending = dot > 0 && text.length() - dot <= 6 && text.length() - dot > 1;
        return (windows || rooted)
                && text.chars()
                        .allMatch(c ->
                                Character.isLetterOrDigit(c) || "/._-~: ".indexOf(c) >= 0 || (windows && c == '\\'))
                && text.chars().anyMatch(Character::isLetterOrDigit)
                && (ending || (!RandomText.is(text, 8) && text.indexOf('/', 1) > 0));
    }

    /** A number of so many digits that it may be drawn. */
    static boolean isLongNumber(String text) {
        return text.length() > DIGITS_OF_A_SMALL_NUMBER && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** A small number, a flag, or nothing. */
    static boolean isNone(String value) {
        String text = value.strip();
        if (Vocabulary.NONE.contains(text.toLowerCase(Locale.ROOT))) {
            return true;
        }
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (!(c == '-' && i == 0) && c != '.') {
                return false;
            }
        }
        return digits > 0 && digits <= DIGITS_OF_A_SMALL_NUMBER;
    }

    /** A shell's variable, as they are named by custom; a password may begin with the same sign. */
    private static boolean isVariable(String text) {
        return text.length() > 1
                && text.charAt(0) == '$'
                && text.chars().skip(1).allMatch(c -> c == '_' || (c >= 'A' && c <= 'Z'));
    }
}

package io.plutorun.agent.edge;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Which names say that their value is a secret. */
final class SecretNames {

    /** Whole words, so that {@code max_tokens}, {@code tokenizer} and {@code monkey} survive. */
    private static final Set<String> ALWAYS =
            Set.of("pwd", "secret", "secrets", "credential", "credentials", "authorization");

    /** Ends of words, for names that are written in one: {@code PGPASSWORD}, {@code secretkey}. No other words end so. */
    private static final List<String> ENDS =
            List.of("password", "passwd", "passphrase", "apikey", "secretkey", "accesskey", "privatekey", "authtoken");

    /** Words that name secrets, but in training programs much else as well: {@code pad_token=0}, {@code bos_token=<s>}, {@code pass=1}. */
    private static final Set<String> UNLESS_PLAINLY_NONE = Set.of("token", "key", "pass");

    private static final int DIGITS_OF_A_SMALL_NUMBER = 9;
    private static final int LONGEST_SPECIAL_TOKEN = 40;

    private SecretNames() {}

    /** Whether what goes under the name is a secret. */
    static boolean hide(String name, String value) {
        return hideVariable(name, value) && (hideWhatever(name) || !isSpecialToken(value));
    }

    /** Whether what a variable of the process holds is a secret: nobody keeps a tokenizer's config there. */
    static boolean hideVariable(String name, String value) {
        boolean[] found = new boolean[1];
        words(name, word -> found[0] |= UNLESS_PLAINLY_NONE.contains(word));
        return hideWhatever(name) || (found[0] && !isSmallNumberOrFlag(value));
    }

    /** Whether whatever goes under the name is a secret, be it a number or an object. */
    static boolean hideWhatever(String name) {
        boolean[] found = new boolean[1];
        words(name, word -> found[0] |= ALWAYS.contains(word) || ENDS.stream().anyMatch(word::endsWith));
        return found[0];
    }

    /** {@code <pad>}, {@code <|endoftext|>}, {@code [MASK]}: what tokenizers' configs hold. */
    private static boolean isSpecialToken(String value) {
        String text = value.strip();
        if (text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        return text.length() <= LONGEST_SPECIAL_TOKEN
                && ((text.startsWith("<") && text.endsWith(">")) || (text.startsWith("[") && text.endsWith("]")));
    }

    private static boolean isSmallNumberOrFlag(String value) {
        String text = value.strip();
        if (text.equals("true") || text.equals("false")) {
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

    /** Splits {@code db.userPassword_2} into db, user, password, 2. */
    private static void words(String name, Consumer<String> consumer) {
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            boolean end = i == name.length() || !Character.isLetterOrDigit(name.charAt(i));
            boolean hump = !end && i > start && isHump(name, i);
            if ((end || hump) && i > start) {
                consumer.accept(name.substring(start, i).toLowerCase(Locale.ROOT));
            }
            if (end) {
                start = i + 1;
            } else if (hump) {
                start = i;
            }
        }
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

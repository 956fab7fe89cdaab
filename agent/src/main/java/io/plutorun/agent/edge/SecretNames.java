package io.plutorun.agent.edge;

import java.util.Locale;
import java.util.Set;

/** Which names say that their value is a secret. */
final class SecretNames {

    /** Whole words, so that {@code max_tokens}, {@code tokenizer} and {@code monkey} survive. */
    private static final Set<String> ALWAYS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "secrets",
            "credential",
            "credentials",
            "apikey",
            "authorization");

    /** Words that name secrets, but in training programs often small numbers as well: {@code pad_token}, {@code key}. */
    private static final Set<String> UNLESS_A_SMALL_NUMBER = Set.of("token", "key");

    private static final int DIGITS_OF_A_SMALL_NUMBER = 9;

    private SecretNames() {}

    static boolean hide(String name, String value) {
        boolean[] found = new boolean[2];
        words(name, word -> {
            found[0] |= ALWAYS.contains(word);
            found[1] |= UNLESS_A_SMALL_NUMBER.contains(word);
        });
        return found[0] || (found[1] && !isSmallNumberOrFlag(value));
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
    private static void words(String name, java.util.function.Consumer<String> consumer) {
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

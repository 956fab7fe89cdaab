package io.plutorun.fake;

import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * The short ids in a run's URL: one number in the open Sqids format (default alphabet, at least five characters).
 *
 * <p>The format's list of words to avoid is left out; it would change a handful of ids.
 */
final class Sqids {

    private static final int MIN_LENGTH = 5;
    private static final String ALPHABET = shuffled("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private Sqids() {}

    static String encode(long number) {
        int length = ALPHABET.length();
        int offset = (ALPHABET.charAt((int) (number % length)) + 1) % length;
        String alphabet = ALPHABET.substring(offset) + ALPHABET.substring(0, offset);
        StringBuilder id = new StringBuilder().append(alphabet.charAt(0));
        alphabet = new StringBuilder(alphabet).reverse().toString();
        id.append(digits(number, alphabet.substring(1)));
        if (id.length() < MIN_LENGTH) {
            id.append(alphabet.charAt(0));
            while (id.length() < MIN_LENGTH) {
                alphabet = shuffled(alphabet);
                id.append(alphabet, 0, Math.min(MIN_LENGTH - id.length(), alphabet.length()));
            }
        }
        return id.toString();
    }

    /** The first number in {@code id}, which need not be an id that was ever given out. */
    static OptionalLong decode(String id) {
        if (id.isEmpty() || id.chars().anyMatch(c -> ALPHABET.indexOf(c) < 0)) {
            return OptionalLong.empty();
        }
        int offset = ALPHABET.indexOf(id.charAt(0));
        String alphabet = new StringBuilder(ALPHABET.substring(offset) + ALPHABET.substring(0, offset))
                .reverse()
                .toString();
        int separator = id.indexOf(alphabet.charAt(0), 1);
        String digits = id.substring(1, separator < 0 ? id.length() : separator);
        if (digits.isEmpty()) {
            return OptionalLong.empty();
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < digits.length(); i++) {
            number = number.multiply(BigInteger.valueOf(alphabet.length() - 1L))
                    .add(BigInteger.valueOf(alphabet.indexOf(digits.charAt(i)) - 1L));
        }
        return number.bitLength() < Long.SIZE ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    private static String digits(long number, String alphabet) {
        StringBuilder digits = new StringBuilder();
        long left = number;
        do {
            digits.append(alphabet.charAt((int) (left % alphabet.length())));
            left /= alphabet.length();
        } while (left > 0);
        return digits.reverse().toString();
    }

    private static String shuffled(String alphabet) {
        char[] chars = alphabet.toCharArray();
        for (int i = 0, j = chars.length - 1; j > 0; i++, j--) {
            int r = (i * j + chars[i] + chars[j]) % chars.length;
            char swapped = chars[i];
            chars[i] = chars[r];
            chars[r] = swapped;
        }
        return new String(chars);
    }
}

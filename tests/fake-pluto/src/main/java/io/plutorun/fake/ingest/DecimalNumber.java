package io.plutorun.fake.ingest;

import java.nio.charset.StandardCharsets;

/** A number in JSON's notation, as it was found; turned into a double without a detour through a String where that is exact. */
record DecimalNumber(
        boolean valid, boolean integer, int digits, long mantissa, int exponent, boolean negative, int end) {

    /** Powers of ten that a double holds exactly. */
    private static final double[] EXACT_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long MAX_EXACT_MANTISSA = 1L << 53;
    private static final int MAX_DIGITS = 18;

    /** What begins at {@code from}. When it is no number, {@link #valid} is false and {@link #end} says where that showed. */
    static DecimalNumber scan(byte[] bytes, int from, int limit) {
        int at = from;
        boolean negative = at < limit && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int firstDigit = at;
        long mantissa = 0;
        int exponent = 0;
        while (isDigit(bytes, at, limit)) {
            if (at - firstDigit < MAX_DIGITS) {
                mantissa = 10 * mantissa + (bytes[at] - '0');
            }
            at++;
        }
        int digits = at - firstDigit;
        boolean valid = digits == 1 || (digits > 1 && bytes[firstDigit] != '0');
        boolean integer = true;
        if (at < limit && bytes[at] == '.') {
            integer = false;
            int point = at++;
            while (isDigit(bytes, at, limit)) {
                if (digits + at - point - 1 < MAX_DIGITS) {
                    mantissa = 10 * mantissa + (bytes[at] - '0');
                    exponent--;
                }
                at++;
            }
            valid &= at > point + 1;
            digits += at - point - 1;
        }
        if (at < limit && (bytes[at] == 'e' || bytes[at] == 'E')) {
            integer = false;
            at++;
            boolean down = at < limit && bytes[at] == '-';
            if (down || (at < limit && bytes[at] == '+')) {
                at++;
            }
            int firstOfExponent = at;
            int written = 0;
            while (isDigit(bytes, at, limit)) {
                written = Math.min(9999, 10 * written + (bytes[at++] - '0'));
            }
            valid &= at > firstOfExponent;
            exponent += down ? -written : written;
        }
        return new DecimalNumber(valid, integer, digits, mantissa, exponent, negative, at);
    }

    private static boolean isDigit(byte[] bytes, int at, int limit) {
        return at < limit && bytes[at] >= '0' && bytes[at] <= '9';
    }

    /** Whether it is a fraction, or an integer of 64 bits: longer ones the service's parser does not know. */
    boolean fits(byte[] bytes, int from) {
        if (!integer || digits <= MAX_DIGITS) {
            return true;
        }
        if (!negative) {
            return fitsUnsigned(bytes, from, end);
        }
        try {
            return Long.parseLong(written(bytes, from, end)) < 0;
        } catch (NumberFormatException tooLong) {
            return false;
        }
    }

    /** Whether these digits are at most 2^64-1. */
    static boolean fitsUnsigned(byte[] bytes, int from, int to) {
        try {
            return Long.parseUnsignedLong(written(bytes, from, to)) != 0;
        } catch (NumberFormatException tooLong) {
            return false;
        }
    }

    private static String written(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The nearest double; infinite when the number is beyond all of them. */
    double value(byte[] bytes, int from) {
        if (digits <= MAX_DIGITS && mantissa <= MAX_EXACT_MANTISSA && Math.abs(exponent) < EXACT_POWERS.length) {
            double exact = exponent < 0 ? mantissa / EXACT_POWERS[-exponent] : mantissa * EXACT_POWERS[exponent];
            return negative ? -exact : exact;
        }
        return Double.parseDouble(written(bytes, from, end));
    }
}

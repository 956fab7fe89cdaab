package io.plutorun.agent.autolog.xgboost;

/**
 * Reads decimal numbers as {@link Double#valueOf} does, to the last bit. XGBoost prints 17 digits behind the point, for which the JDK
 * computes with integers of any size: that would be most of what a round costs the program.
 */
final class Decimals {

    /** A {@code long} has room for as many. */
    private static final int MAX_DIGITS = 18;

    /** Integers up to here are doubles. */
    private static final long MAX_EXACT = 1L << 53;

    /** Where a number surely belongs to the double next to it, in parts of the distance between doubles: it is not in the middle of two. */
    private static final double SURELY = 0.499;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    private Decimals() {}

    /**
     * Reads digits with a point or without.
     *
     * @return NaN where the text is anything else, or is not surely read
     */
    static double read(String text, int start, int end) {
        int at = start < end && text.charAt(start) == '-' ? start + 1 : start;
        long digits = 0;
        int count = 0;
        int point = -1;
        for (int i = at; i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = 10 * digits + (c - '0');
                count++;
            } else if (c == '.' && point < 0) {
                point = i;
            } else {
                return Double.NaN;
            }
            if (count > MAX_DIGITS) {
                return Double.NaN;
            }
        }
        double size = count == 0 ? Double.NaN : divide(digits, POWERS_OF_TEN[point < 0 ? 0 : end - point - 1]);
        return at == start ? size : -size;
    }

    private static double divide(long digits, double power) {
        if (digits <= MAX_EXACT) {
            return digits / power;
        }
        double high = digits;
        double low = digits - (long) high;
        double quotient = high / power;
        double rest = (Math.fma(-quotient, power, high) + low) / power;
        double sum = quotient + rest;
        double error = quotient - sum + rest;
        return Math.abs(error) < SURELY * Math.ulp(Math.nextDown(sum)) ? sum : Double.NaN;
    }
}

package io.plutorun.agent.messages;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as a person reads them in a line. */
final class ShortNumber {

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    private static final double WITHOUT_FRACTION = 1000;

    private static final double WITH_EXPONENT = 1e9;

    private static final double SMALL = 1e-4;

    private ShortNumber() {}

    /** A number with three digits that count, but no digit before the point is left out: {@code 0.0312}, {@code 98.1}, {@code 12346}. */
    static String of(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        BigDecimal exact = new BigDecimal(value);
        if (size >= WITH_EXPONENT || size < SMALL) {
            return String.valueOf(exact.round(THREE_DIGITS).doubleValue());
        }
        BigDecimal rounded =
                size >= WITHOUT_FRACTION ? exact.setScale(0, RoundingMode.HALF_EVEN) : exact.round(THREE_DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}

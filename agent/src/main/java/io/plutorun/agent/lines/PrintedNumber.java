package io.plutorun.agent.lines;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Reads numbers as programs print them: those of Java, {@code nan} and {@code inf} in any case, a percentage as its number, thousands with
 * commas where that is clear. What is left of the sentence around a number, {@code (0.31),}, is no part of it.
 */
final class PrintedNumber {

    private static final String BEFORE = "([{\"'";
    private static final String BEHIND = ",;:)]}\"'%";
    private static final int GROUP = 3;

    private PrintedNumber() {}

    static OptionalDouble value(String text) {
        String number = ungrouped(bare(text));
        return switch (number.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> OptionalDouble.of(Double.NaN);
            case "inf", "+inf", "infinity", "+infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> javas(number);
        };
    }

    private static OptionalDouble javas(String number) {
        try {
            return OptionalDouble.of(Double.parseDouble(number));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** A step: a whole number. */
    static OptionalLong step(String text) {
        OptionalDouble value = value(text);
        return value.isPresent() && value.getAsDouble() == (long) value.getAsDouble()
                ? OptionalLong.of((long) value.getAsDouble())
                : OptionalLong.empty();
    }

    private static String bare(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isAny(BEFORE, text.charAt(start))) {
            start++;
        }
        while (end > start && (isAny(BEHIND, text.charAt(end - 1)) || isSentenceEnd(text, end))) {
            end--;
        }
        return text.substring(start, end).replace('\u2212', '-'); // the minus sign of some locales
    }

    private static boolean isAny(String characters, char c) {
        return Character.isWhitespace(c) || characters.indexOf(c) >= 0;
    }

    /** The second dot of {@code 0.31.} is not the number's. */
    private static boolean isSentenceEnd(String text, int end) {
        return text.charAt(end - 1) == '.' && text.indexOf('.') < end - 1;
    }

    /**
     * Without the commas between thousands. A single comma without a dot, as in {@code 1,234}, may be either: that is no number here.
     */
    private static String ungrouped(String number) {
        int first = number.indexOf(',');
        if (first < 0) {
            return number;
        }
        int dot = number.indexOf('.');
        int end = dot < 0 ? number.length() : dot;
        int sign = number.charAt(0) == '-' || number.charAt(0) == '+' ? 1 : 0;
        boolean isClear = dot >= 0 || number.lastIndexOf(',') > first;
        boolean isGrouped = first > sign && first - sign <= GROUP;
        for (int i = first; i < end; i++) {
            boolean commaHere = (i - first) % (GROUP + 1) == 0;
            isGrouped &= commaHere ? number.charAt(i) == ',' : Character.isDigit(number.charAt(i));
        }
        isGrouped &= (end - first) % (GROUP + 1) == 0;
        return isClear && isGrouped ? number.replace(",", "") : number;
    }
}

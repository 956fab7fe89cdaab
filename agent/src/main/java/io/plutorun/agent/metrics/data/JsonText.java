package io.plutorun.agent.metrics.data;

/**
 * Writes strings and numbers as JSON to the end of a text. Not by {@code json}, which has no NaN, and makes a text of its own for each
 * value.
 */
public final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** A string with its quotes. Lone surrogates become U+FFFD, since no UTF-8 can hold them. */
    public static void quote(CharSequence text, StringBuilder to) {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c == '\n') {
                to.append("\\n");
            } else if (c < ' ') {
                to.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                to.append(c).append(text.charAt(++i));
            } else {
                to.append(Character.isSurrogate(c) ? '\uFFFD' : c);
            }
        }
        to.append('"');
    }

    /** A number. {@code NaN} and the infinities stand as these bare words, which the ingest service reads though JSON has none. */
    public static void number(double value, StringBuilder to) {
        long whole = (long) value;
        if (whole == value && Math.abs(whole) < 1L << 53 && (whole != 0 || 1 / value > 0)) {
            to.append(whole);
        } else {
            to.append(value);
        }
    }
}

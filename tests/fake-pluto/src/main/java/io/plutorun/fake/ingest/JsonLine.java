package io.plutorun.fake.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One line of JSON, read token by token without making objects, since benchmarks send hundreds of thousands of values a second.
 *
 * <p>It refuses what the service's parser refuses: leading zeros, control characters in strings, half surrogate pairs, numbers that
 * fit no 64-bit type, anything after the end.
 */
final class JsonLine {

    private byte[] bytes = {};
    private int start;
    private int at;
    private int end;
    private boolean unfinished;

    /** Where the last string lies: in the line itself, or in {@link #unescaped} when it held escapes. */
    private byte[] text = {};

    private int textFrom;
    private int textTo;
    private int textHash;
    private byte[] unescaped = new byte[64];

    /** Begins a line. {@code unfinished} when it is the body's last and has no line feed. */
    void open(byte[] body, int from, int to, boolean isUnfinished) {
        bytes = body;
        start = from;
        at = from;
        end = to;
        unfinished = isUnfinished;
    }

    /** The next byte that is no white space, not taken; -1 at the end. */
    int peek() {
        while (at < end) {
            byte b = bytes[at];
            if (b != ' ' && b != '\t' && b != '\r') {
                return b;
            }
            at++;
        }
        return -1;
    }

    boolean takeIf(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    void take(char expected, String elseError) throws IngestProblem {
        if (!takeIf(expected)) {
            throw error(elseError);
        }
    }

    void takeEnd() throws IngestProblem {
        if (peek() != -1) {
            throw error("TrailingData");
        }
    }

    /** Takes {@code word} when it comes next, for example {@code null}. */
    boolean takeWord(String word) {
        peek();
        if (at + word.length() > end) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    // ---- strings

    /** Takes a string, which {@link #text()} and its sisters then tell. */
    void string(String elseError) throws IngestProblem {
        if (peek() != '"') {
            throw error(elseError);
        }
        int hash = 0;
        int i = at + 1;
        while (i < end) {
            byte b = bytes[i];
            if (b == '"') {
                text = bytes;
                textFrom = at + 1;
                textTo = i;
                textHash = hash;
                at = i + 1;
                return;
            }
            if (b == '\\') {
                escapedString(i);
                return;
            }
            if (b >= 0 && b < ' ') {
                at = i;
                throw error("Syntax");
            }
            hash = 31 * hash + b;
            i++;
        }
        at = end;
        throw error("Syntax");
    }

    private void escapedString(int firstEscape) throws IngestProblem {
        int length = firstEscape - at - 1;
        unescaped = Arrays.copyOf(unescaped, Math.max(unescaped.length, end - at));
        System.arraycopy(bytes, at + 1, unescaped, 0, length);
        at = firstEscape;
        while (at < end) {
            byte b = bytes[at++];
            if (b == '"') {
                text = unescaped;
                textFrom = 0;
                textTo = length;
                textHash = 0;
                for (int i = 0; i < length; i++) {
                    textHash = 31 * textHash + unescaped[i];
                }
                return;
            }
            if (b >= 0 && b < ' ') {
                at--;
                throw error("Syntax");
            }
            length = b == '\\' ? escape(length) : append(b, length);
        }
        throw error("Syntax");
    }

    private int append(byte b, int length) {
        unescaped[length] = b;
        return length + 1;
    }

    /** Gives the length after it. An escape is never shorter than the UTF-8 that it stands for, so there is room. */
    private int escape(int length) throws IngestProblem {
        byte b = at < end ? bytes[at++] : 0;
        int plain = "\"\\/bfnrt".indexOf(b);
        if (plain >= 0) {
            return append((byte) "\"\\/\b\f\n\r\t".charAt(plain), length);
        }
        if (b != 'u') {
            throw error("InvalidEscape");
        }
        int codePoint = fourHexDigits();
        if (Character.isLowSurrogate((char) codePoint)) {
            throw error("InvalidUnicodeCodepoint");
        }
        if (Character.isHighSurrogate((char) codePoint)) {
            int low = at + 1 < end && bytes[at] == '\\' && bytes[at + 1] == 'u' ? lowSurrogate() : 0;
            if (low == 0) {
                throw error("InvalidUnicodeCodepoint");
            }
            codePoint = Character.toCodePoint((char) codePoint, (char) low);
        }
        byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, unescaped, length, utf8.length);
        return length + utf8.length;
    }

    private int lowSurrogate() throws IngestProblem {
        at += 2;
        int low = fourHexDigits();
        return Character.isLowSurrogate((char) low) ? low : 0;
    }

    private int fourHexDigits() throws IngestProblem {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < end ? Character.digit(bytes[at], 16) : -1;
            if (digit < 0) {
                throw error("InvalidUnicodeEscape");
            }
            value = 16 * value + digit;
            at++;
        }
        return value;
    }

    boolean textIs(String ascii) {
        if (textTo - textFrom != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (text[textFrom + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean textIs(byte[] utf8) {
        return Arrays.equals(utf8, 0, utf8.length, text, textFrom, textTo);
    }

    /** Equal texts have equal hashes, however they were escaped. */
    int textHash() {
        return textHash;
    }

    byte[] textBytes() {
        return Arrays.copyOfRange(text, textFrom, textTo);
    }

    String text() throws IngestProblem {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text, textFrom, textTo - textFrom))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw error("InvalidUtf8");
        }
    }

    // ---- numbers

    /** An integer from 0 to 2^64-1, as its 64 bits. A fraction, an exponent or a sign is refused. */
    long unsigned() throws IngestProblem {
        int first = peek();
        if (first < '0' || first > '9') {
            throw error("ExpectedUnsigned");
        }
        int from = at;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = 10 * value + (bytes[at++] - '0');
        }
        if (at < end && (bytes[at] == '.' || bytes[at] == 'e' || bytes[at] == 'E')) {
            throw error("ExpectedUnsigned");
        }
        boolean leadingZero = first == '0' && at - from > 1;
        if (leadingZero || !atDelimiter() || (at - from > 18 && !DecimalNumber.fitsUnsigned(bytes, from, at))) {
            throw error("InvalidNumber");
        }
        return value;
    }

    /** Any finite number. */
    double number() throws IngestProblem {
        peek();
        DecimalNumber number = DecimalNumber.scan(bytes, at, end);
        int from = at;
        at = number.end();
        double value =
                number.valid() && number.fits(bytes, from) && atDelimiter() ? number.value(bytes, from) : Double.NaN;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw error("InvalidNumber");
        }
        return value;
    }

    private boolean atDelimiter() {
        if (at == end) {
            return true;
        }
        return switch (bytes[at]) {
            case ',', '}', ']', ':', ' ', '\t', '\r' -> true;
            default -> false;
        };
    }

    // ---- errors

    /** At the present place; {@code kind} in the JSON library's words. */
    IngestProblem error(String kind) {
        String character = at < end && bytes[at] > ' ' ? " ('" + (char) bytes[at] + "')" : "";
        return problem(kind + " at character " + (at - start) + character);
    }

    /** JSON of the wrong shape. */
    IngestProblem shape(String text) {
        return problem("Serde(\"" + text.replace("\"", "\\\"") + "\") at character 0");
    }

    private IngestProblem problem(String cause) {
        return IngestProblem.unparsable(bytes, start, end, unfinished, cause);
    }
}

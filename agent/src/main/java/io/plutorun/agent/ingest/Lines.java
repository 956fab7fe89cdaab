package io.plutorun.agent.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some of the lines of a batch, each with its line break. Nothing is copied before it is sent.
 *
 * @param body the batch
 * @param from where the first line begins
 * @param to behind the last line
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Lines(byte[] body, int from, int to) {

    private static final int MAX_SHOWN = 200;

    /** What stands before the names and values of a line. */
    private static final String DATA = "\"data\":{";

    static Lines of(byte[] body) {
        return new Lines(body, 0, body.length);
    }

    boolean isEmpty() {
        return from >= to;
    }

    /** Whether there is one line only. */
    boolean isSingle() {
        return endOfLine(from) >= to;
    }

    byte[] bytes() {
        return from == 0 && to == body.length ? body : Arrays.copyOfRange(body, from, to);
    }

    String text() {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    /** The line as a person is shown it: of a long one the beginning. */
    String shown() {
        String line = text().strip();
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…";
    }

    /** The line that is the first to begin like this; null when none does. */
    @Nullable
    Lines lineThatBegins(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        for (int line = from; line < to; line = endOfLine(line)) {
            if (line + wanted.length <= to
                    && ByteBuffer.wrap(body, line, wanted.length).equals(ByteBuffer.wrap(wanted))) {
                return new Lines(body, line, endOfLine(line));
            }
        }
        return null;
    }

    /** The lines behind some of these. */
    Lines behind(Lines some) {
        return new Lines(body, some.to, to);
    }

    /** About half of the lines; not for a single line. */
    Lines firstHalf() {
        int middle = endOfLine((from + to) / 2);
        return new Lines(body, from, middle < to ? middle : endOfLine(from));
    }

    /** A line with values of several names as one line for each; null when it has one name only, or holds no values. */
    @Nullable
    Lines ofEachName() {
        String line = text();
        int data = line.indexOf(DATA) + DATA.length();
        if (data < DATA.length()) {
            return null;
        }
        StringBuilder each = new StringBuilder();
        int names = 0;
        for (int at = data; at < line.length() && line.charAt(at) == '"'; names++) {
            int end = endOfValue(line, at);
            each.append(line, 0, data).append(line, at, end).append("}}\n");
            at = end + 1;
        }
        return names > 1 ? of(each.toString().getBytes(StandardCharsets.UTF_8)) : null;
    }

    /** Behind the quoted name that begins here, a colon and a number. */
    private static int endOfValue(String line, int name) {
        int at = name + 1;
        while (at < line.length() && line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        while (at < line.length() && line.charAt(at) != ',' && line.charAt(at) != '}') {
            at++;
        }
        return Math.min(at, line.length());
    }

    private int endOfLine(int at) {
        int end = at;
        while (end < to && body[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, to);
    }
}

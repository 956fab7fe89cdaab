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

    private int endOfLine(int at) {
        int end = at;
        while (end < to && body[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, to);
    }
}

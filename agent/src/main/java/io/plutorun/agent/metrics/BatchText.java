package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.data.JsonText;
import io.plutorun.agent.metrics.disk.Mark.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as the lines that the ingest service reads. Neighbours with the same time and step share a line; a name stands in a line
 * once, since a doubled one would fail the request.
 */
final class BatchText {

    private static final byte[] TIME = ascii("{\"time\":");
    private static final byte[] STEP = ascii(",\"step\":");
    private static final byte[] DATA = ascii(",\"data\":{");
    private static final byte[] END_OF_LINE = ascii("}}\n");

    /**
     * The most that a value needs beside its name: the end of the line before, the fixed words, two numbers of 20 digits, the value, the
     * end of its line.
     */
    private static final int VALUE_BYTES = 128;

    private final BatchNames names;
    private final int maxBytes;
    private final StringBuilder number = new StringBuilder();
    private byte[] body;
    private int length;
    private int lines;
    private int values;
    private long time;
    private long step;

    /** A batch of at most this many bytes, but of one line at least. */
    BatchText(int maxBytes, BatchNames names) {
        this.maxBytes = maxBytes;
        this.names = names;
        this.body = new byte[Math.min(maxBytes, 1 << 14)];
        names.beginBatch();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Adds a value; false when the batch has no room for it. */
    boolean add(String text, long atTime, long atStep, double value) {
        BatchNames.Name name = names.of(text);
        byte[] quoted = name.quoted();
        if (values > 0 && length + quoted.length + VALUE_BYTES > maxBytes) {
            return false;
        }
        reserve(quoted.length + VALUE_BYTES);
        if (values > 0 && atTime == time && atStep == step && name.line() != lines) {
            body[length++] = ',';
        } else {
            beginLine(atTime, atStep);
        }
        names.add(name, lines, atStep);
        put(quoted);
        body[length++] = ':';
        number.setLength(0);
        JsonText.number(value, number);
        putNumber();
        values++;
        return true;
    }

    private void beginLine(long atTime, long atStep) {
        if (lines > 0) {
            put(END_OF_LINE);
        }
        time = atTime;
        step = atStep;
        lines++;
        put(TIME);
        put(Math.max(0, atTime));
        put(STEP);
        put(atStep);
        put(DATA);
    }

    /** The batch; null when it is empty. */
    @Nullable
    MetricBatch finish(Place end) {
        if (values == 0) {
            return null;
        }
        reserve(END_OF_LINE.length);
        put(END_OF_LINE);
        return new MetricBatch(Arrays.copyOf(body, length), lines, values, names.largestSteps(), end);
    }

    private void put(long whole) {
        number.setLength(0);
        number.append(whole);
        putNumber();
    }

    private void putNumber() {
        for (int i = 0; i < number.length(); i++) {
            body[length++] = (byte) number.charAt(i);
        }
    }

    private void put(byte[] bytes) {
        System.arraycopy(bytes, 0, body, length, bytes.length);
        length += bytes.length;
    }

    private void reserve(int more) {
        if (length + more > body.length) {
            body = Arrays.copyOf(body, Math.max(length + more, body.length * 2));
        }
    }
}

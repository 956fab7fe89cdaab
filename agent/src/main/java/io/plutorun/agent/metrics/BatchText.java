package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.data.JsonText;
import io.plutorun.agent.metrics.disk.Mark.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as the lines that the ingest service reads. Neighbours with the same time and step share a line; a name stands in a line
 * once, since a doubled one would fail the request.
 */
final class BatchText {

    /** The most that a line needs beside its names: the fixed words, two numbers of 20 digits, one value and the closing braces. */
    private static final int LINE_BYTES = 128;

    private final Map<String, byte[]> quoted;
    private final int maxBytes;
    private final StringBuilder scratch = new StringBuilder();
    private final Map<String, Long> lastSteps = new HashMap<>();
    private final Set<String> namesOfLine = new HashSet<>();
    private byte[] body;
    private int length;
    private int lines;
    private int values;
    private long time;
    private long step;
    private boolean inLine;

    /** A batch of at most this many bytes, but of one line at least. */
    BatchText(int maxBytes, Map<String, byte[]> quoted) {
        this.maxBytes = maxBytes;
        this.quoted = quoted;
        this.body = new byte[Math.min(maxBytes, 1 << 14)];
    }

    static Map<String, byte[]> noNamesYet() {
        return new HashMap<>();
    }

    /** Adds a value; false when the batch has no room for it. */
    boolean add(String name, long atTime, long atStep, double value) {
        byte[] key = quoted.computeIfAbsent(name, BatchText::quote);
        if (values > 0 && length + key.length + LINE_BYTES > maxBytes) {
            return false;
        }
        boolean sameLine = inLine && atTime == time && atStep == step && !namesOfLine.contains(name);
        if (sameLine) {
            put(',');
        } else {
            endLine();
            beginLine(atTime, atStep);
        }
        namesOfLine.add(name);
        lastSteps.merge(name, atStep, Math::max);
        put(key);
        put(':');
        scratch.setLength(0);
        JsonText.number(value, scratch);
        put(scratch);
        values++;
        return true;
    }

    private static byte[] quote(String name) {
        StringBuilder text = new StringBuilder(name.length() + 2);
        JsonText.quote(name, text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void beginLine(long atTime, long atStep) {
        time = atTime;
        step = atStep;
        inLine = true;
        lines++;
        scratch.setLength(0);
        scratch.append("{\"time\":").append(Math.max(0, atTime));
        scratch.append(",\"step\":").append(atStep).append(",\"data\":{");
        put(scratch);
    }

    private void endLine() {
        if (inLine) {
            put('}');
            put('}');
            put('\n');
            inLine = false;
            namesOfLine.clear();
        }
    }

    /** The batch; null when it is empty. */
    @Nullable
    MetricBatch finish(Place end) {
        if (values == 0) {
            return null;
        }
        endLine();
        return new MetricBatch(Arrays.copyOf(body, length), lines, values, lastSteps, end);
    }

    private void put(char c) {
        reserve(1);
        body[length++] = (byte) c;
    }

    private void put(StringBuilder ascii) {
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            body[length++] = (byte) ascii.charAt(i);
        }
    }

    private void put(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, body, length, bytes.length);
        length += bytes.length;
    }

    private void reserve(int more) {
        if (length + more > body.length) {
            body = Arrays.copyOf(body, Math.max(length + more, body.length * 2));
        }
    }
}

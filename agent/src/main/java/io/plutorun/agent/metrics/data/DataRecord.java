package io.plutorun.agent.metrics.data;

import io.plutorun.agent.metrics.disk.FileBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text, a table or a histogram, as it was logged, or a line as it was printed.
 *
 * @param sequence counts the records of a process, from 1
 * @param time ms since 1970
 * @param step its step; 0 for a line
 * @param isRelative whether the step counts from a start that has to be known first
 * @param kind what it is
 * @param name under which name; empty for a line
 * @param data what the server gets: the text itself, or a JSON document
 */
record DataRecord(long sequence, long time, long step, boolean isRelative, DataKind kind, String name, String data) {

    /** Length and checksum stand before the contents. */
    static final int PREFIX = 2 * Integer.BYTES;

    private static final int FIXED = 3 * Long.BYTES + 2 + Integer.BYTES;

    DataRecord withSequence(long number) {
        return new DataRecord(number, time, step, isRelative, kind, name, data);
    }

    /** As it stands in a file. */
    ByteBuffer frame() {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] dataBytes = data.getBytes(StandardCharsets.UTF_8);
        int length = FIXED + nameBytes.length + dataBytes.length;
        ByteBuffer frame = ByteBuffer.allocate(PREFIX + length);
        frame.putInt(length).putInt(0).putLong(sequence).putLong(time).putLong(step);
        frame.put((byte) kind.code()).put((byte) (isRelative ? 1 : 0)).putInt(nameBytes.length);
        frame.put(nameBytes).put(dataBytes);
        frame.putInt(Integer.BYTES, (int) FileBytes.checksum(frame.array(), PREFIX, length));
        return frame.flip();
    }

    /** Reads the contents of a frame; null when they are damaged. */
    static @Nullable DataRecord parse(byte[] contents, int crc) {
        if (contents.length < FIXED || crc != (int) FileBytes.checksum(contents, 0, contents.length)) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(contents);
        long sequence = bytes.getLong();
        long time = bytes.getLong();
        long step = bytes.getLong();
        DataKind kind = DataKind.of(bytes.get());
        boolean isRelative = bytes.get() != 0;
        int nameLength = bytes.getInt();
        if (kind == null || nameLength < 0 || nameLength > bytes.remaining()) {
            return null;
        }
        String name = new String(contents, FIXED, nameLength, StandardCharsets.UTF_8);
        int dataAt = FIXED + nameLength;
        String data = new String(contents, dataAt, contents.length - dataAt, StandardCharsets.UTF_8);
        return new DataRecord(sequence, time, step, isRelative, kind, name, data);
    }

    /** A line for {@code /ingest/logs}, with another text than the record's where some are missing before it. */
    byte[] consoleLine(long number, String message) {
        StringBuilder line = new StringBuilder(message.length() + 80);
        line.append("{\"time\":").append(Math.max(0, time)).append(",\"message\":");
        JsonText.quote(message, line);
        line.append(",\"lineNumber\":").append(number).append(",\"logType\":\"");
        line.append(kind.logType()).append("\"}\n");
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The line for {@code /ingest/data}. */
    byte[] line(long resolvedStep) {
        StringBuilder line = new StringBuilder(data.length() + name.length() + 120);
        line.append("{\"time\":").append(Math.max(0, time)).append(",\"data\":");
        JsonText.quote(data, line);
        line.append(",\"step\":").append(resolvedStep).append(",\"dataType\":\"");
        line.append(kind.dataType()).append("\",\"logName\":");
        JsonText.quote(name, line);
        line.append("}\n");
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }
}

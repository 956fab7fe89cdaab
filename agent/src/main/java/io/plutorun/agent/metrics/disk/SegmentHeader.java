package io.plutorun.agent.metrics.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What stands before the entries of a segment.
 *
 * @param runKey which run the values belong to
 * @param number the segment's place among those of its process, from 1
 * @param capacity how many entries the file has room for from its beginning; 0 when it grows with what is appended
 */
public record SegmentHeader(String runKey, long number, int capacity) {

    /** Bytes of a header. A multiple of an entry's size. */
    public static final int BYTES = 256;

    private static final long MAGIC = 0x3154454D54554C50L; // "PLUTMET1", little-endian

    private static final int VERSION = 1;

    private static final int KEY_AT = 40;

    private static final int CRC_AT = BYTES - Integer.BYTES;

    private static final int MAX_KEY_BYTES = CRC_AT - KEY_AT;

    /** Whether the segment belongs to the run of this key. */
    public boolean isOf(String key) {
        return Arrays.equals(keyBytes(runKey), keyBytes(key));
    }

    /** A key as it stands in a header: of a long one the first 212 bytes. */
    private static byte[] keyBytes(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_KEY_BYTES ? bytes : Arrays.copyOf(bytes, MAX_KEY_BYTES);
    }

    /** The header as it stands in a file. */
    private ByteBuffer bytes() {
        byte[] key = keyBytes(runKey);
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(BYTES).putInt(Entry.BYTES).putInt(capacity);
        bytes.putLong(number).putInt(key.length).position(KEY_AT).put(key);
        bytes.putInt(CRC_AT, checksum(bytes.array()));
        return bytes.rewind();
    }

    /**
     * Writes it to the beginning of a file.
     *
     * @throws IOException when the disk refuses it
     */
    void write(FileChannel file) throws IOException {
        FileBytes.write(file, 0, bytes());
    }

    /**
     * Reads a file's header.
     *
     * @throws DamagedSegmentException when the file has no header of this version
     * @throws IOException when the file can't be read
     */
    public static SegmentHeader read(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        FileBytes.read(file, 0, bytes);
        if (bytes.hasRemaining() || bytes.getLong(0) != MAGIC) {
            throw new DamagedSegmentException("not a segment of values");
        }
        if (bytes.getInt(8) != VERSION || bytes.getInt(12) != BYTES || bytes.getInt(16) != Entry.BYTES) {
            throw new DamagedSegmentException("a segment of values of another version");
        }
        int keyBytes = bytes.getInt(32);
        if (bytes.getInt(CRC_AT) != checksum(bytes.array()) || keyBytes < 0 || keyBytes > MAX_KEY_BYTES) {
            throw new DamagedSegmentException("a segment of values whose header is damaged");
        }
        byte[] key = Arrays.copyOfRange(bytes.array(), KEY_AT, KEY_AT + keyBytes);
        return new SegmentHeader(new String(key, StandardCharsets.UTF_8), bytes.getLong(24), bytes.getInt(20));
    }

    private static int checksum(byte[] header) {
        return (int) FileBytes.checksum(header, 0, CRC_AT);
    }
}

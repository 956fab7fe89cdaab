package io.plutorun.agent.metrics.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;

/** Writes and reads pieces of a file as a whole, where a channel may stop half-way, and computes their checksums. */
public final class FileBytes {

    private FileBytes() {}

    /**
     * Writes all that remains of the bytes.
     *
     * @throws IOException when the disk refuses some of it
     */
    public static void write(FileChannel file, long at, ByteBuffer bytes) throws IOException {
        int first = bytes.position();
        while (bytes.hasRemaining()) {
            file.write(bytes, at + bytes.position() - first);
        }
    }

    /**
     * Reads until the buffer is full, or the file ends.
     *
     * @throws IOException when the file can't be read
     */
    public static void read(FileChannel file, long at, ByteBuffer into) throws IOException {
        int first = into.position();
        while (into.hasRemaining()) {
            if (file.read(into, at + into.position() - first) <= 0) {
                return;
            }
        }
    }

    /** The CRC-32 of a part of these bytes. */
    public static long checksum(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return crc.getValue();
    }
}

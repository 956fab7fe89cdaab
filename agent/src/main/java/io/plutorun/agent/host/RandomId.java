package io.plutorun.agent.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Ids that no other process makes. Read from the kernel where it offers them: setting up {@code SecureRandom}, as {@code
 * UUID.randomUUID} does, costs 0.05 s of CPU on the way to the program's first line.
 */
public final class RandomId {

    private static final String KERNEL = "/dev/urandom";

    private RandomId() {}

    public static String uuid() {
        byte[] bytes = new byte[16];
        // no channel: to make the first one of a JVM, JDK 17 opens a pair of sockets
        try (InputStream in = new FileInputStream(KERNEL)) {
            if (in.readNBytes(bytes, 0, bytes.length) == bytes.length) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                long high = (buffer.getLong() & ~0xF000L) | 0x4000L; // version 4, RFC 9562 section 5.4
                long low = (buffer.getLong() & ~(3L << 62)) | (1L << 63);
                return new UUID(high, low).toString();
            }
        } catch (IOException e) {
            // no such device
        }
        return UUID.randomUUID().toString();
    }
}

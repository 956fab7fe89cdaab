package io.plutorun.agent.describe.program;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Sixteen hexadecimal digits for what it was given: two checksums. They tell what differs by accident, and nobody has to be kept from
 * forging them. A digest of {@code java.security} would make the JDK set up its providers, which costs a short program more than all else.
 */
final class Checksums {

    private static final int BUFFER = 8192;

    private final byte[] buffer = new byte[BUFFER];
    private final Checksum first = new CRC32();
    private final Checksum second = new CRC32C();

    void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
        add(new byte[1]);
    }

    void add(long checksum) {
        add(HexFormat.of().toHexDigits(checksum));
    }

    void add(File file) throws IOException {
        try (InputStream in = new FileInputStream(file)) { // see SystemFiles
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                first.update(buffer, 0, read);
                second.update(buffer, 0, read);
            }
        }
    }

    private void add(byte[] bytes) {
        first.update(bytes, 0, bytes.length);
        second.update(bytes, 0, bytes.length);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(first.getValue() << 32 | second.getValue());
    }
}

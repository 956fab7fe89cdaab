package io.plutorun.agent.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zip archives in memory, as the JDK writes them. */
final class Zip {

    private Zip() {}

    static byte[] stored(Map<String, byte[]> entries) throws IOException {
        return write(entries, ZipEntry.STORED, "");
    }

    static byte[] deflated(Map<String, byte[]> entries) throws IOException {
        return write(entries, ZipEntry.DEFLATED, "");
    }

    static byte[] commented(Map<String, byte[]> entries, String comment) throws IOException {
        return write(entries, ZipEntry.STORED, comment);
    }

    private static byte[] write(Map<String, byte[]> entries, int method, String comment) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setComment(comment);
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setMethod(method);
                header.setExtra(new byte[] {1, 2, 2, 0, 3, 4}); // so that local header and directory differ
                if (method == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(entry.getValue());
                    header.setSize(entry.getValue().length);
                    header.setCrc(crc.getValue());
                }
                out.putNextEntry(header);
                out.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}

package io.plutorun.agent.packer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the engine's archive, in the order of the names and with one time stamp: the same input gives the same bytes.
 *
 * <p>What a training needs until its first line is stored, so that its classes load fast. The classes of the command line, those that only an
 * option or a failure needs, and the licences, are deflated, so that the jar is small.
 */
final class EngineZip {

    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    /** What no training loads before its first line, or only for a framework or an option of its own. */
    private static final List<String> DEFLATED = List.of(
            "picocli/",
            "io/plutorun/agent/autolog/djl/",
            "io/plutorun/agent/autolog/dl4j/",
            "io/plutorun/agent/autolog/lightgbm/",
            "io/plutorun/agent/autolog/opennlp/",
            "io/plutorun/agent/autolog/spark/",
            "io/plutorun/agent/autolog/tribuo/",
            "io/plutorun/agent/autolog/xgboost/",
            "io/plutorun/agent/capture/",
            "io/plutorun/agent/children/",
            "io/plutorun/agent/cli/",
            "io/plutorun/agent/console/",
            "io/plutorun/agent/lines/",
            "io/plutorun/agent/replay/",
            "io/plutorun/agent/results/",
            "META-INF/");

    private EngineZip() {}

    static void write(Map<String, byte[]> entries, Path archive) throws IOException {
        Files.createDirectories(archive.toAbsolutePath().getParent());
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)))) {
            out.setLevel(Deflater.BEST_COMPRESSION);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(
                        DEFLATED.stream().anyMatch(entry.getKey()::startsWith)
                                ? deflated(entry.getKey())
                                : stored(entry.getKey(), entry.getValue()));
                out.write(entry.getValue());
            }
        }
    }

    private static ZipEntry deflated(String name) {
        ZipEntry header = new ZipEntry(name);
        header.setTimeLocal(TIME);
        header.setMethod(ZipEntry.DEFLATED);
        return header;
    }

    private static ZipEntry stored(String name, byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry header = new ZipEntry(name);
        header.setTimeLocal(TIME);
        header.setMethod(ZipEntry.STORED);
        header.setSize(bytes.length);
        header.setCrc(crc.getValue());
        return header;
    }
}

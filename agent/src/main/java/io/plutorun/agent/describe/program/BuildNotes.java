package io.plutorun.agent.describe.program;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What a build has noted beside the program's own classes: {@code git.properties}, as the git-commit-id plugins of Maven and Gradle write it,
 * and the manifest.
 *
 * @param git the entries of the first {@code git.properties}; empty where there is none
 * @param manifest the main attributes of the first manifest that names a version of the program; empty where there is none
 */
record BuildNotes(Properties git, Attributes manifest) {

    /** Of a folder or a jar, of a Spring Boot jar, of a web archive. */
    private static final List<String> PLACES = List.of("", "BOOT-INF/classes/", "WEB-INF/classes/");

    private static final String GIT = "git.properties";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final int MAX_BYTES = 1 << 20;

    /** Looks through entries of the class path; what can't be read is passed over. */
    static BuildNotes in(List<Path> entries) {
        Properties git = new Properties();
        Attributes attributes = new Attributes();
        for (Path entry : entries) {
            try (Reader reader = Reader.of(entry)) {
                for (String place : git.isEmpty() ? PLACES : List.<String>of()) {
                    byte[] properties = reader.read(place + GIT);
                    if (properties != null) {
                        git.load(new StringReader(text(properties)));
                    }
                }
                byte[] manifest = attributes.isEmpty() ? reader.read(MANIFEST) : null;
                if (manifest != null) {
                    Attributes main = new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes();
                    if (main.getValue(Attributes.Name.IMPLEMENTATION_VERSION) != null) {
                        attributes = main;
                    }
                }
            } catch (IOException | RuntimeException e) {
                // no jar, or no such file as a build writes
            }
        }
        return new BuildNotes(git, attributes);
    }

    /** UTF-8, which some builds write, or ISO-8859-1, as the format was at first. Escaped characters are read from both. */
    private static String text(byte[] properties) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(properties))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(properties, StandardCharsets.ISO_8859_1);
        }
    }

    /** Reads small files of a folder or a jar, which is opened once. */
    private interface Reader extends Closeable {

        /** What a file holds; null where there is none of this name, or a large one. */
        byte @Nullable [] read(String name) throws IOException;

        @Override
        default void close() throws IOException {}

        static Reader of(Path entry) throws IOException {
            if (Files.isDirectory(entry)) {
                return name -> {
                    Path file = entry.resolve(name);
                    return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES ? GitFolder.bytes(file) : null;
                };
            }
            ZipFile jar = new ZipFile(entry.toFile());
            return new Reader() {
                @Override
                public byte @Nullable [] read(String name) throws IOException {
                    ZipEntry file = jar.getEntry(name);
                    return file == null || file.getSize() > MAX_BYTES
                            ? null
                            : jar.getInputStream(file).readNBytes(MAX_BYTES);
                }

                @Override
                public void close() throws IOException {
                    jar.close();
                }
            };
        }
    }
}

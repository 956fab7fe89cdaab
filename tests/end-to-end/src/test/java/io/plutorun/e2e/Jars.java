package io.plutorun.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Jars that a test makes. */
final class Jars {

    private Jars() {}

    /**
     * A jar of all that is in a directory.
     *
     * @param name the file's name
     * @param attributes of the manifest: name, value, name, value…
     */
    static Path of(String name, Path directory, String... attributes) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (int i = 0; i < attributes.length; i += 2) {
            manifest.getMainAttributes().putValue(attributes[i], attributes[i + 1]);
        }
        Path jar = Directories.fresh().resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(directory)) {
            List<Path> regular = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : regular) {
                entries.putNextEntry(
                        new JarEntry(directory.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, entries);
                entries.closeEntry();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An agent whose {@code premain} does nothing: what the JVM says of it, it says of any. */
    static Path emptyAgent() {
        Path classes = new Sources()
                .file("Empty.java", "public class Empty { public static void premain(String arguments) {} }")
                .options("--release", "17")
                .compile();
        return of("empty-agent.jar", classes, "Premain-Class", "Empty");
    }
}

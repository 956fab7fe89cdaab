package io.plutorun.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Jars that a test makes. */
final class Jars {

    private Jars() {}

    /**
     * A jar of classes.
     *
     * @param attributes of its manifest
     * @param classes the directory of the classes
     * @param nested files that lie at the jar's root, under their own names
     */
    static Path of(Map<String, String> attributes, Path classes, Path... nested) {
        return named("made.jar", attributes, classes, nested);
    }

    /** The same, where the file's name matters. */
    static Path named(String name, Map<String, String> attributes, Path classes, Path... nested) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach(manifest.getMainAttributes()::putValue);
        Path jar = Directories.fresh().resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> all = Files.walk(classes)) {
            for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
                add(out, classes.relativize(path).toString(), path);
            }
            for (Path path : List.of(nested)) {
                add(out, path.getFileName().toString(), path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, Path path) throws IOException {
        out.putNextEntry(new JarEntry(name));
        Files.copy(path, out);
        out.closeEntry();
    }

    /** An agent whose {@code premain} does nothing: what the JVM says of it, it says of any. */
    static Path emptyAgent() {
        Path classes = new Sources()
                .file("Empty.java", "public class Empty { public static void premain(String arguments) {} }")
                .options("--release", "17")
                .compile();
        return of(Map.of("Premain-Class", "Empty"), classes);
    }
}

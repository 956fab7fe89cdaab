package io.plutorun.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Directories for what a test makes. They are removed when the JVM of the tests ends; {@code -Dpluto.keep.directories} keeps them, to look
 * at what a test has left.
 */
final class Directories {

    private static final Queue<Path> MADE = new ConcurrentLinkedQueue<>();

    static {
        if (System.getProperty("pluto.keep.directories") == null) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> MADE.forEach(Directories::remove)));
        }
    }

    private Directories() {}

    /** A new, empty one under the build's own directory, which {@code mvn clean} empties. */
    static Path fresh() {
        try {
            Path parent = Path.of(System.getProperty("basedir"), "target", "made-by-tests");
            Files.createDirectories(parent);
            return made(Files.createTempDirectory(parent, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new, empty one that lies in no git repository. */
    static Path outsideTheRepository() {
        try {
            return made(Files.createTempDirectory("pluto-e2e"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path made(Path directory) {
        MADE.add(directory);
        return directory;
    }

    /** A program that still goes on may write to it meanwhile: what can't be removed stays. */
    private static void remove(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // mvn clean removes those of the build
        }
    }
}

package io.plutorun.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the build laid out of others: frameworks that programs come with, and agents beside ours. */
final class Neighbours {

    private Neighbours() {}

    /** The jars of one of them. */
    static Path[] jars(String name) {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("pluto.neighbours"), name))) {
            return jars.sorted().toArray(Path[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one jar of those whose name begins so. */
    static Path jar(String name, String prefix) {
        return Stream.of(jars(name))
                .filter(jar -> jar.getFileName().toString().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }
}

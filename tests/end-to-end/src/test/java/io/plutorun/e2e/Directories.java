package io.plutorun.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories for what a test makes. */
final class Directories {

    private Directories() {}

    /** A new, empty one under the build's own directory, which {@code mvn clean} empties. */
    static Path fresh() {
        try {
            Path parent = Path.of(System.getProperty("basedir"), "target", "made-by-tests");
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

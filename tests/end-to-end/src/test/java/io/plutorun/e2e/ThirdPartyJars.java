package io.plutorun.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The jars of others that the build copies for these tests: frameworks that programs come with, and other agents. */
final class ThirdPartyJars {

    private ThirdPartyJars() {}

    /** The jars in one folder, such as {@code spring}. */
    static Path[] jars(String name) {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("pluto.third-party"), name))) {
            return jars.sorted().toArray(Path[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jar in a folder whose name begins like this. */
    static Path jar(String name, String prefix) {
        return Stream.of(jars(name))
                .filter(jar -> jar.getFileName().toString().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }
}

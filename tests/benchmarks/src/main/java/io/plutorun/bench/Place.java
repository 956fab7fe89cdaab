package io.plutorun.bench;

import io.plutorun.PlutoRun;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Where everything lies: what the build made, and a folder for what is made on the way. */
final class Place {

    private static final Path FOLDER = temporary();

    private Place() {}

    /** The agent's jar as the build leaves it. */
    static Path agent() {
        return Path.of(System.getProperty("bench.agent")).normalize();
    }

    /** The same agent without what the packer does; each build makes it beside the other. */
    static Path plainAgent() {
        return agent().resolveSibling("pluto-agent-plain.jar");
    }

    /** This module's classes. */
    static Path classes() {
        return Path.of(System.getProperty("bench.classes"));
    }

    /** Public jars, for their classes. */
    static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("bench.jars")))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    static Path annotations() {
        try {
            return Path.of(PlutoRun.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A folder that is gone when the benchmarks have ended. */
    static Path folder() {
        return FOLDER;
    }

    /** The jar of an agent whose class stands on the program's class path. */
    static Path agentJar(Class<?> agent) {
        Path jar = FOLDER.resolve(agent.getSimpleName() + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", agent.getName());
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("pluto-bench");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

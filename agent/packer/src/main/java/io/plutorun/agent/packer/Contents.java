package io.plutorun.agent.packer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** What a directory or a jar holds, by name; a jar as Java 17 sees it: multi-release entries are laid over the base entries. */
final class Contents {

    /** The agent's class loader looks nothing up by release, so the entries for the oldest supported one are taken. */
    private static final Runtime.Version RELEASE = Runtime.Version.parse("17");

    private Contents() {}

    static Map<String, byte[]> ofDirectory(Path directory) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                contents.put(directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        contents.keySet().removeIf(Contents::isModuleInfo);
        return contents;
    }

    static Map<String, byte[]> ofJar(Path jar) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile(), false, JarFile.OPEN_READ, RELEASE)) {
            List<JarEntry> entries = file.versionedStream().toList();
            for (JarEntry entry : entries) {
                if (!entry.isDirectory() && !isModuleInfo(entry.getName())) {
                    try (InputStream in = file.getInputStream(entry)) {
                        contents.put(entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
        return contents;
    }

    private static boolean isModuleInfo(String name) {
        return name.endsWith("module-info.class");
    }
}

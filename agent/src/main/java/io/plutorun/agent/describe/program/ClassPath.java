package io.plutorun.agent.describe.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Where the JVM finds the program's classes: the class path, what the manifests of its jars name, and the module path. */
public final class ClassPath {

    private static final int MAX_ENTRIES = 5_000;

    private ClassPath() {}

    /**
     * Its jars and folders, in their order, as far as they exist.
     *
     * @param classPath as {@code java.class.path} has it
     * @param modulePath as {@code jdk.module.path} has it
     */
    public static List<Path> entries(String classPath, String modulePath) {
        Set<Path> entries = new LinkedHashSet<>();
        for (Path path : paths(classPath)) {
            add(path, entries);
        }
        for (Path path : paths(modulePath)) {
            if (Files.isDirectory(path) && !Files.exists(path.resolve("module-info.class"))) {
                modules(path).forEach(module -> add(module, entries));
            } else {
                add(path, entries);
            }
        }
        return List.copyOf(entries);
    }

    /**
     * Those entries that hold the program's own classes and no library: folders, the jar that it was started by, and jars whose names have no
     * version.
     *
     * @param command as {@code sun.java.command} has it: with {@code -jar} it begins with the jar
     */
    public static List<Path> own(List<Path> entries, String command) {
        int end = (command + " ").indexOf(".jar ");
        String jar = end < 0 ? "" : command.substring(0, end + ".jar".length());
        return entries.stream()
                .filter(entry -> Files.isDirectory(entry)
                        || JarContents.byName(entry.getFileName().toString()) == null
                        || (!jar.isEmpty() && Path.of(jar).endsWith(entry.getFileName())))
                .toList();
    }

    private static List<Path> paths(String text) {
        List<Path> paths = new ArrayList<>();
        for (String entry : text.split(File.pathSeparator, -1)) {
            try {
                if (!entry.isEmpty()) {
                    paths.add(Path.of(entry).toAbsolutePath().normalize());
                }
            } catch (InvalidPathException e) {
                // the JVM finds no class there either
            }
        }
        return paths;
    }

    private static List<Path> modules(Path folder) {
        List<Path> modules = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(modules::add);
        } catch (IOException e) {
            return List.of();
        }
        return modules.stream().sorted().toList();
    }

    private static void add(Path path, Set<Path> entries) {
        if (entries.size() < MAX_ENTRIES && Files.exists(path) && entries.add(path) && Files.isRegularFile(path)) {
            namedByManifest(path).forEach(named -> add(named, entries));
        }
    }

    private static List<Path> namedByManifest(Path jar) {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            String named =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
            List<Path> paths = new ArrayList<>();
            for (String url : named == null ? new String[0] : named.strip().split("\\s+")) {
                paths.add(Path.of(jar.toUri().resolve(url)));
            }
            return paths;
        } catch (IOException | RuntimeException e) { // no jar, or no file that it names
            return List.of();
        }
    }
}

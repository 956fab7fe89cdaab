package io.plutorun.agent.describe.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the JVM finds the program's classes: the class path, what the manifests of its jars name, and the module path. */
public final class ClassPath {

    private static final int MAX_ENTRIES = 5_000;

    /** In their order, as far as they exist. */
    private final Map<Path, Entry> entries = new LinkedHashMap<>();

    private final String startedBy;
    private final KnownJars known;

    private ClassPath(String startedBy, KnownJars known) {
        this.startedBy = startedBy;
        this.known = known;
    }

    /**
     * A place of classes.
     *
     * @param path the folder or the jar
     * @param isFolder whether it is a folder
     * @param isOfProgram whether it holds the program's own classes and no library: a folder, the jar that it was started by, a jar whose name
     *     has no version
     * @param jar what the jar holds
     */
    record Entry(Path path, boolean isFolder, boolean isOfProgram, JarContents jar) {}

    /**
     * Reads all of it: each jar is opened once.
     *
     * @param classPath as {@code java.class.path} has it
     * @param modulePath as {@code jdk.module.path} has it
     * @param command as {@code sun.java.command} has it: with {@code -jar} it begins with the jar
     * @param cache a folder of the agent's in which is kept what large class paths hold; it need not exist. Null: nothing is kept
     */
    public static ClassPath read(String classPath, String modulePath, String command, @Nullable Path cache) {
        KnownJars known = new KnownJars(cache);
        ClassPath read = new ClassPath(jarOf(command), known);
        for (Path path : paths(classPath)) {
            read.add(path);
        }
        for (Path path : paths(modulePath)) {
            if (Files.isDirectory(path) && !Files.exists(path.resolve("module-info.class"))) {
                modules(path).forEach(read::add);
            } else {
                read.add(path);
            }
        }
        known.keep();
        return read;
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    /** The places that hold the program's own classes. */
    public List<Path> own() {
        return entries.values().stream()
                .filter(Entry::isOfProgram)
                .map(Entry::path)
                .toList();
    }

    private static String jarOf(String command) {
        int end = (command + " ").indexOf(".jar ");
        return end < 0 ? "" : command.substring(0, end + ".jar".length());
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

    private void add(Path path) {
        if (entries.size() >= MAX_ENTRIES || entries.containsKey(path) || !Files.exists(path)) {
            return;
        }
        boolean isFolder = Files.isDirectory(path);
        JarContents jar = Files.isRegularFile(path) ? contents(path) : JarContents.NONE;
        entries.put(path, new Entry(path, isFolder, isFolder || isJarOfProgram(path.getFileName()), jar));
        for (String address : jar.classPath()) {
            try {
                add(Path.of(path.toUri().resolve(address)));
            } catch (RuntimeException e) {
                // no file that it names
            }
        }
    }

    private JarContents contents(Path jar) {
        try {
            return known.contents(jar);
        } catch (IOException | RuntimeException e) { // no jar: it holds nothing
            return JarContents.NONE;
        }
    }

    private boolean isJarOfProgram(Path file) {
        return LibraryName.byName(file.toString()) == null
                || (!startedBy.isEmpty() && Path.of(startedBy).endsWith(file));
    }
}

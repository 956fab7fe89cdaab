package io.plutorun.agent.packer;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The build step: {@code EnginePacker <launch classes> <engine classes> <directory of library jars> <directory to write> [list of
 * licences [plain]]}.
 *
 * <p>Writes what stands at the root of the agent's jar: the launch classes, and the engine's archive. Every class of the engine is
 * taken, and of the libraries the classes and methods that these reach. If {@code plain} is {@code true}, the archive is a
 * {@link PlainEngine} instead.
 */
public final class EnginePacker {

    /** As {@code EngineLoader} looks for it. */
    private static final String ENGINE = "pluto-engine.jar";

    /** The door is defined by the engine, into {@code java.base}; at the root of the jar it could never be loaded. */
    private static final String DOOR = "java/lang/PlutoBridge.class";

    /**
     * Types of the JDK that the libraries shall not use, and the agent's that they use instead.
     *
     * <p>OkHttp and Okio log through {@code java.util.logging}. On an early thread that would initialise JUL before the program's own
     * {@code LogManager} is there, which would then lose. So their loggers become two classes of the agent's that do nothing. What the
     * other two save, they say themselves.
     */
    private static final Map<String, String> RELOCATED = Map.of(
            "java/util/logging/Logger", "io/plutorun/agent/quiet/Logger",
            "java/util/logging/Level", "io/plutorun/agent/quiet/Level",
            "java/security/Security", "io/plutorun/agent/quiet/Security",
            "java/text/Normalizer", "io/plutorun/agent/quiet/Normalizer");

    /**
     * What is reached and never executed, as far as the agent uses the libraries: OkHttp's cache on disk, the public suffixes that cookies
     * need, Okio's look into zip files. 0.1 MB.
     */
    private static final List<String> NEVER_USED = List.of(
            "okhttp3/Cache.",
            "okhttp3/Cache$",
            "okhttp3/internal/cache/DiskLruCache",
            "okhttp3/internal/publicsuffix/",
            "okio/ZipFileSystem",
            "okio/internal/Zip");

    private static final String OKHTTP = "okhttp3/";

    /** Nothing in the engine may name this package any more: the build fails when a new version of a library uses more of it. */
    private static final String FORBIDDEN = "java/util/logging/";

    /** But for the hooks of the program's records: its names are texts there, of which nothing is looked up before the program logs. */
    private static final String HOOKS_OF_RECORDS = "io/plutorun/agent/capture/";

    private EnginePacker() {}

    /** Runs the step. */
    public static void main(String[] arguments) throws IOException {
        Map<String, byte[]> launch = Contents.ofDirectory(Path.of(arguments[0]));
        Map<String, byte[]> engine = Contents.ofDirectory(Path.of(arguments[1]));
        byte[] door = launch.remove(DOOR);
        if (door == null) {
            throw new IllegalStateException(DOOR + " is missing in " + arguments[0]);
        }
        engine.put(DOOR, door);
        Path root = Path.of(arguments[3]);
        launch.keySet().removeIf(name -> name.endsWith("/package-info.class")); // each entry costs every JVM's start
        for (Map.Entry<String, byte[]> entry : launch.entrySet()) {
            Path file = root.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        List<Path> libraries = jars(Path.of(arguments[2]));
        boolean plain = arguments.length > 5 && isTrue(arguments[5]);
        Map<String, byte[]> packed = plain ? PlainEngine.of(engine, libraries) : pack(engine, libraries);
        packed.putAll(Licences.of(libraries));
        if (arguments.length > 4) {
            packed.put(Licences.LIST, Licences.list(Path.of(arguments[4]), libraries));
        }
        EngineZip.write(packed, root.resolve(ENGINE));
        openFolders(root);
    }

    /** The jar holds the folders' modes, which must not depend on who builds it. */
    private static void openFolders(Path root) throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /** The value of {@code -Dpluto.plain}. A mistyped one must not build the other kind of jar. */
    private static boolean isTrue(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("pluto.plain must be true or false, not " + value);
        };
    }

    /** Of the libraries' resources none is kept: they are for build tools, but for OkHttp's list of public suffixes, which only cookies need. */
    static Map<String, byte[]> pack(Map<String, byte[]> own, List<Path> libraries) throws IOException {
        Map<String, byte[]> available = new TreeMap<>();
        for (Path library : libraries) {
            available.putAll(Contents.ofJar(library));
        }
        available.keySet().removeIf(name -> NEVER_USED.stream().anyMatch(name::startsWith));
        Slimmer slimmer = new Slimmer(RELOCATED);
        available.replaceAll((name, bytes) -> name.endsWith(".class") ? slimmer.slim(bytes) : bytes);
        Map<String, byte[]> packed = Reachability.from(own, available);
        packed.putAll(own); // with their debug tables, so that the agent's own stack traces have line numbers
        Lambdas.replace(packed);
        RecordMethods.writeOut(packed);
        Relocation.move(packed, OKHTTP, "io/plutorun/agent/" + OKHTTP);
        packed.forEach(EnginePacker::check);
        return packed;
    }

    private static void check(String name, byte[] bytes) {
        if (name.endsWith(".class") && !name.startsWith(HOOKS_OF_RECORDS)) {
            for (String mentioned : ConstantPool.of(bytes).texts()) {
                if (mentioned.replace('.', '/').contains(FORBIDDEN)) {
                    throw new IllegalStateException(
                            name + " refers to " + mentioned
                                    + ", which the agent must not touch; relocate it in EnginePacker, to a class in io.plutorun.agent.quiet");
                }
            }
        }
    }

    private static List<Path> jars(Path directory) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
            found.forEach(jars::add);
        }
        jars.sort(null);
        return jars;
    }
}

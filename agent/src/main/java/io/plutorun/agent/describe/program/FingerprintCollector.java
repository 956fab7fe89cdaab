package io.plutorun.agent.describe.program;

import io.plutorun.agent.describe.Collector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * One digest each for the program's own classes, the libraries, and the JVM with its options, and one for all of it: two runs whose digests are
 * equal executed the same. Of a jar the names, sizes and checksums of its entries count, not their times, so that two builds of one source
 * are equal.
 *
 * <p>The program's own are the folders of the class path, the jar that it was started by, and jars whose names have no version.
 */
public final class FingerprintCollector implements Collector {

    private static final int SHOWN_BYTES = 8;

    private final Supplier<List<Path>> classPath;
    private final String command;
    private final String runtime;

    /**
     * Makes it.
     *
     * @param classPath see {@link ClassPath#entries}
     * @param command as {@code sun.java.command} has it: with {@code -jar} it begins with the jar
     * @param runtime the JVM's version
     */
    public FingerprintCollector(Supplier<List<Path>> classPath, String command, String runtime) {
        this.classPath = classPath;
        this.command = command;
        this.runtime = runtime;
    }

    @Override
    public Map<String, @Nullable Object> collect() throws IOException {
        MessageDigest program = sha();
        MessageDigest libraries = sha();
        for (Path entry : classPath.get()) {
            if (Files.isDirectory(entry)) {
                addFolder(program, entry);
            } else {
                addJar(isOwn(entry) ? program : libraries, libraries, entry);
            }
        }
        MessageDigest jvm = sha();
        add(jvm, runtime);
        options().forEach(option -> add(jvm, option));
        return Map.of("fingerprint", of(program.digest(), libraries.digest(), jvm.digest()));
    }

    private static Map<String, @Nullable Object> of(byte[] program, byte[] libraries, byte[] jvm) {
        MessageDigest all = sha();
        all.update(program);
        all.update(libraries);
        all.update(jvm);
        Map<String, @Nullable Object> fingerprint = new LinkedHashMap<>();
        fingerprint.put("program", shown(program));
        fingerprint.put("libraries", shown(libraries));
        fingerprint.put("jvm", shown(jvm));
        fingerprint.put("all", shown(all.digest()));
        return fingerprint;
    }

    private boolean isOwn(Path jar) {
        String name = jar.getFileName().toString();
        String started =
                command.endsWith(".jar") ? command : command.substring(0, Math.max(0, command.indexOf(".jar ") + 4));
        return JarContents.byName(name) == null
                || (!started.isEmpty() && Path.of(started).endsWith(name));
    }

    /** Those that change how code is executed; system properties are what the program is given. */
    private static List<String> options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("--"))
                .toList();
    }

    private static void addFolder(MessageDigest digest, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            add(digest, folder.relativize(file).toString());
            digest.update(Files.readAllBytes(file));
        }
    }

    /**
     * Adds what is in a jar.
     *
     * @param nested what jars within it are added to
     */
    private static void addJar(MessageDigest digest, MessageDigest nested, Path jar) {
        List<String> entries = new ArrayList<>();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                entries.add(entry.getName() + " " + entry.getSize() + " " + entry.getCrc());
            }
        } catch (IOException | RuntimeException e) { // no jar
            return;
        }
        Collections.sort(entries);
        entries.forEach(entry -> add(entry.contains(".jar ") ? nested : digest, entry));
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static String shown(byte[] digest) {
        return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}

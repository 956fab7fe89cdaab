package io.plutorun.agent.describe.program;

import io.plutorun.agent.host.AgentVersion;
import io.plutorun.agent.host.OwnFiles;
import io.plutorun.agent.json.Json;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What jars hold, kept in a file of the user's cache from JVM to JVM. A jar is read anew when its size or one of its times has changed. The
 * file is read where there are more jars than a few, which are read faster than it is. It is written where many jars were read anew, so that a
 * small program leaves none.
 *
 * <p>Not for several threads.
 */
final class KnownJars {

    private static final String FILE = "jars.json";

    /** The version that has written the file: another one may look into jars otherwise. */
    private static final String AGENT = "agent";

    private static final String JARS = "jars";

    /** So many are read before the file is, if they are small. */
    private static final int FEW = 10;

    private static final long SMALL = 10 << 20;

    /** So many take long enough to be kept. */
    private static final int MIN_READ = 50;

    private static final int MAX_JARS = 5_000;

    private static final int MAX_BYTES = 8 << 20;

    private final @Nullable Path folder;
    private final Map<String, Object> asked = new LinkedHashMap<>();
    private @Nullable Map<String, @Nullable Object> kept;
    private int read;

    /**
     * Reads nothing yet.
     *
     * @param folder the agent's own, in the user's cache directory; it need not exist. Null: nothing is kept
     */
    KnownJars(@Nullable Path folder) {
        this.folder = folder;
    }

    /** What a jar holds. */
    JarContents contents(Path jar) throws IOException {
        String state = state(jar);
        JarContents contents = asked.size() < FEW && Files.size(jar) <= SMALL
                ? null
                : contents(Json.object(kept().get(jar.toString())), state);
        if (contents == null) {
            contents = JarContents.read(jar);
            read++;
        }
        asked.put(jar.toString(), json(contents, state));
        return contents;
    }

    /** Size and times. The time of the last change of the file's state can't be set by who writes it, as builds and images do with the other. */
    private static String state(Path jar) throws IOException {
        boolean isUnix = jar.getFileSystem().supportedFileAttributeViews().contains("unix");
        Map<String, Object> state =
                Files.readAttributes(jar, isUnix ? "unix:size,lastModifiedTime,ctime" : "size,lastModifiedTime");
        return new TreeMap<>(state).values().toString();
    }

    private static Map<String, Object> json(JarContents contents, String state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", state);
        json.put("libraries", contents.libraries());
        json.put("checksum", contents.checksum());
        json.put("checksumOfJars", contents.checksumOfJars());
        json.put("classPath", contents.classPath());
        return json;
    }

    /** Null where it is not known, or was known in another state. */
    private static @Nullable JarContents contents(Map<String, @Nullable Object> json, String state) {
        return state.equals(json.get("state"))
                        && json.get("checksum") instanceof Number checksum
                        && json.get("checksumOfJars") instanceof Number ofJars
                ? new JarContents(
                        texts(json.get("libraries")),
                        checksum.longValue(),
                        ofJars.longValue(),
                        texts(json.get("classPath")))
                : null;
    }

    private static List<String> texts(@Nullable Object list) {
        List<String> texts = new ArrayList<>();
        if (list instanceof List<?> values) {
            values.forEach(value -> texts.add(String.valueOf(value)));
        }
        return texts;
    }

    private Map<String, @Nullable Object> kept() {
        Map<String, @Nullable Object> known = kept;
        if (known == null) {
            known = folder == null ? Map.of() : read(folder);
            kept = known;
        }
        return known;
    }

    private static Map<String, @Nullable Object> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) { // to open a pipe would take for ever
            try (InputStream in = new FileInputStream(file.toFile())) { // see SystemFiles
                OwnFiles.check(folder);
                OwnFiles.check(file);
                Map<String, @Nullable Object> written =
                        Json.parseObject(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
                return AgentVersion.get().equals(written.get(AGENT)) ? Json.object(written.get(JARS)) : Map.of();
            } catch (IOException | Json.SyntaxException | RuntimeException e) {
                // then all are read anew, and it is written anew
            }
        }
        return Map.of();
    }

    /** Keeps what was asked for, and as many of the others as there is room for. What can't be written is not kept. */
    void keep() {
        if (folder == null || read < MIN_READ) {
            return;
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>(asked);
        kept().forEach(all::putIfAbsent);
        all.keySet().removeAll(all.keySet().stream().skip(MAX_JARS).toList());
        try {
            Files.createDirectories(folder, OwnFiles.ownerOnly("rwx------"));
            OwnFiles.check(folder);
            Path written = Files.createTempFile(folder, "jars", ".tmp", OwnFiles.ownerOnly("rw-------"));
            try {
                Files.writeString(written, Json.write(Map.of(AGENT, AgentVersion.get(), JARS, all)));
                Files.move(written, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException | RuntimeException e) {
            // the next JVM reads them anew
        }
    }
}

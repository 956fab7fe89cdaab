package io.plutorun.agent.host.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The files in which Linux tells what it knows, such as those of {@code /proc} and {@code /sys}. On other systems, and where a file is
 * missing, everything is empty.
 *
 * @param root {@code /} for this machine
 */
public record SystemFiles(Path root) {

    /** As many digits as a long holds for certain. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** Those of this machine. */
    public static SystemFiles ofThisMachine() {
        return new SystemFiles(Path.of("/"));
    }

    /**
     * What a file says; empty when it can't be read.
     *
     * @param path below the root, without a slash at the beginning
     */
    public String text(String path) {
        // no channel: to make the first one of a JVM, JDK 17 opens a pair of sockets
        try (InputStream in = new FileInputStream(root.resolve(path).toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    /** Entries of meminfo, in kB: proc(5). */
    public Map<String, Long> memory() {
        Map<String, Long> memory = new HashMap<>();
        for (String line : lines("proc/meminfo")) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).replace("kB", "").strip();
            if (colon > 0 && NUMBER.matcher(value).matches()) {
                memory.put(line.substring(0, colon), Long.parseLong(value));
            }
        }
        return memory;
    }

    /** The lines of {@link #text}. */
    public List<String> lines(String path) {
        return text(path).lines().toList();
    }
}

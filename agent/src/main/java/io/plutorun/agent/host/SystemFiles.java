package io.plutorun.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files in which Linux tells what it knows, such as those of {@code /proc} and {@code /sys}. On other systems, and where a file is
 * missing, everything is empty.
 *
 * @param root {@code /} for this machine
 */
public record SystemFiles(Path root) {

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
        try {
            return new String(Files.readAllBytes(root.resolve(path)), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    /** The lines of {@link #text}. */
    public List<String> lines(String path) {
        return text(path).lines().toList();
    }
}

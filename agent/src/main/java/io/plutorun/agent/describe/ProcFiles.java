package io.plutorun.agent.describe;

import io.plutorun.agent.host.linux.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Linux tells in files, proc(5) and os-release(5); on other systems everything is empty. */
public final class ProcFiles {

    private final SystemFiles files;

    /** Reads below a root, {@code /} for this machine. */
    public ProcFiles(Path root) {
        this.files = new SystemFiles(root);
    }

    /** Those of this machine. */
    public static ProcFiles ofThisMachine() {
        return new ProcFiles(Path.of("/"));
    }

    /** The words that this process was started with; each ends with a NUL. */
    public List<String> commandLine() {
        String text = files.text("proc/self/cmdline");
        return text.isEmpty()
                ? List.of()
                : Arrays.asList(text.substring(0, text.length() - 1).split("\0", -1));
    }

    /** The program that this process executes. */
    @Nullable
    String executable() {
        try {
            return Files.readSymbolicLink(files.root().resolve("proc/self/exe")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** Entries of meminfo, in kB. */
    Map<String, Long> memory() {
        return files.memory();
    }

    /** How many cores there are, counting those that share one once. */
    OptionalInt physicalCores() {
        Set<String> cores = new HashSet<>();
        String socket = "";
        for (String line : files.lines("proc/cpuinfo")) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (line.startsWith("physical id")) {
                socket = value;
            } else if (line.startsWith("core id")) {
                cores.add(socket + "/" + value);
            }
        }
        return cores.isEmpty() ? OptionalInt.empty() : OptionalInt.of(cores.size());
    }

    /** Entries of os-release, without quotation marks. */
    Map<String, String> osRelease() {
        Map<String, String> release = new LinkedHashMap<>();
        for (String line : files.lines("etc/os-release")) {
            int sign = line.indexOf('=');
            if (sign > 0) {
                release.put(
                        line.substring(0, sign),
                        line.substring(sign + 1).strip().replace("\"", ""));
            }
        }
        return release;
    }
}

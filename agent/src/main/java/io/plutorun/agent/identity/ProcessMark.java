package io.plutorun.agent.identity;

import io.plutorun.agent.host.OwnFiles;
import io.plutorun.agent.host.ProcessLife;
import io.plutorun.agent.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of a small file that names a process. Other processes can tell by it whether that one is still alive.
 *
 * @param life the process
 * @param host the machine that it is a process of
 */
record ProcessMark(ProcessLife life, String host) {

    private static final long VERSION = 1;
    private static final int MAX_LENGTH = 4096;

    /**
     * Makes the file. Throws {@link java.nio.file.FileAlreadyExistsException} when it is there.
     *
     * @param kind the first field of the file: what the process has done
     */
    void create(Path file, String kind) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(kind, VERSION);
        fields.put("pid", life.pid());
        fields.put("began", life.began().toString());
        fields.put("host", host);
        Files.createFile(file, OwnFiles.ownerOnly("rw-------"));
        Files.writeString(file, Json.write(fields) + "\n");
    }

    /** Reads a file; empty where it is no mark of this kind, or is being written or removed at this moment. */
    static Optional<ProcessMark> read(Path file, String kind) {
        try {
            OwnFiles.check(file);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_LENGTH) {
                return Optional.empty();
            }
            Map<String, @Nullable Object> fields =
                    Json.parseObject(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            return Long.valueOf(VERSION).equals(fields.get(kind))
                            && fields.get("host") instanceof String host
                            && fields.get("pid") instanceof Long pid
                            && fields.get("began") instanceof String began
                    ? Optional.of(new ProcessMark(new ProcessLife(pid, Instant.parse(began)), host))
                    : Optional.empty();
        } catch (IOException | Json.SyntaxException | DateTimeException e) {
            return Optional.empty();
        }
    }
}

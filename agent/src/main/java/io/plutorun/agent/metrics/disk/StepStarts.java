package io.plutorun.agent.metrics.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the own steps of names begin, in a process that resumed a run. What is said once is on disk before it is used, and never changes:
 * values that are sent a second time bear the same steps.
 */
public final class StepStarts {

    /** Length and checksum, then the step, then the name. */
    private static final int FRAME = 2 * Integer.BYTES;

    private final Path path;
    private final Map<String, Long> starts = new HashMap<>();
    private long end;

    /**
     * Reads what was said before.
     *
     * @throws IOException when the file is there and can't be read
     */
    public StepStarts(Path path) throws IOException {
        this.path = path;
        byte[] all;
        try {
            all = Files.readAllBytes(path);
        } catch (NoSuchFileException none) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(all);
        while (bytes.remaining() >= FRAME + Long.BYTES) {
            int length = bytes.getInt();
            int crc = bytes.getInt();
            if (length < Long.BYTES
                    || length > bytes.remaining()
                    || crc != (int) FileBytes.checksum(all, bytes.position(), length)) {
                break; // a process died while it wrote this; it has not used it
            }
            long first = bytes.getLong();
            byte[] name = new byte[length - Long.BYTES];
            bytes.get(name);
            starts.putIfAbsent(new String(name, StandardCharsets.UTF_8), first);
            end = bytes.position();
        }
    }

    /** The first step of this name; null while it is not known. */
    public @Nullable Long of(String name) {
        Long start = starts.get(name);
        return start != null ? start : starts.get("");
    }

    /**
     * Says where a name's own steps begin; nothing when that was said before.
     *
     * @param name the name; empty for all that nothing else is said about
     * @throws IOException when the disk refuses it; then it does not hold
     */
    public void set(String name, long first) throws IOException {
        if (starts.containsKey(name)) {
            return;
        }
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        int length = Long.BYTES + utf8.length;
        ByteBuffer frame = ByteBuffer.allocate(FRAME + length);
        frame.putInt(length).putInt(0).putLong(first).put(utf8);
        frame.putInt(Integer.BYTES, (int) FileBytes.checksum(frame.array(), FRAME, length))
                .flip();
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileBytes.write(file, end, frame);
            file.force(false);
        }
        end += FRAME + length;
        starts.put(name, first);
    }
}

package io.plutorun.agent.metrics.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.ObjLongConsumer;

/**
 * A file of names, each with a step; a name may occur more than once. Each entry has a checksum of its own, so a process that dies while
 * it writes leaves the entries before readable, and one that is damaged ends the file.
 */
public final class StepFile {

    /** Length and checksum, then the step, then the name. */
    private static final int FRAME = 2 * Integer.BYTES;

    private final Path path;

    /** A file, which need not exist. */
    public StepFile(Path path) {
        this.path = path;
    }

    /**
     * Reads all entries, in the order in which they were written.
     *
     * @return where the last readable entry ends, in bytes
     * @throws IOException when the file is there and can't be read
     */
    public long read(ObjLongConsumer<String> entry) throws IOException {
        byte[] all;
        try {
            all = Files.readAllBytes(path);
        } catch (NoSuchFileException none) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(all);
        long end = 0;
        while (bytes.remaining() >= FRAME + Long.BYTES) {
            int length = bytes.getInt();
            int crc = bytes.getInt();
            if (length < Long.BYTES
                    || length > bytes.remaining()
                    || crc != (int) FileBytes.checksum(all, bytes.position(), length)) {
                break; // a process died while it wrote this; it has not used it
            }
            long step = bytes.getLong();
            byte[] name = new byte[length - Long.BYTES];
            bytes.get(name);
            entry.accept(new String(name, StandardCharsets.UTF_8), step);
            end = bytes.position();
        }
        return end;
    }

    /**
     * Adds an entry behind all others, also those that other processes add, in one write.
     *
     * @throws IOException when the disk refuses it
     */
    public void append(String name, long step) throws IOException {
        try (FileChannel file = Folder.openFor(path, StandardOpenOption.APPEND)) {
            write(file, frame(name, step));
        }
    }

    /**
     * Writes an entry at a place, and waits until it is on the disk itself.
     *
     * @param place where, in bytes: what stands there is not readable
     * @return where the next entry goes
     * @throws IOException when the disk refuses it
     */
    public long writeDurably(long place, String name, long step) throws IOException {
        ByteBuffer frame = frame(name, step);
        try (FileChannel file = Folder.openFor(path, StandardOpenOption.WRITE)) {
            file.position(place);
            write(file, frame);
            file.force(false);
        }
        return place + frame.limit();
    }

    private static void write(FileChannel file, ByteBuffer frame) throws IOException {
        while (frame.hasRemaining()) {
            file.write(frame);
        }
    }

    private static ByteBuffer frame(String name, long step) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        int length = Long.BYTES + utf8.length;
        ByteBuffer frame = ByteBuffer.allocate(FRAME + length);
        frame.putInt(length).putInt(0).putLong(step).put(utf8);
        return frame.putInt(Integer.BYTES, (int) FileBytes.checksum(frame.array(), FRAME, length))
                .flip();
    }
}

package io.plutorun.agent.metrics.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/**
 * A segment that one thread of the agent appends to, where memory can't be mapped safely. What has been added is on its way to the disk
 * only after {@link #write}; a write that fails leaves what was added for the next try, at the same place in the file.
 */
public final class AppendedSegment implements Closeable {

    private static final int BUFFERED_ENTRIES = 1024;

    private final Path path;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFERED_ENTRIES * Entry.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final BitSet defined = new BitSet();
    private final long number;
    private final long maxBytes;
    private FileChannel file;
    private long values;
    private long writtenTo = SegmentHeader.BYTES;

    private AppendedSegment(Path path, FileChannel file, long number, long maxBytes) {
        this.path = path;
        this.file = file;
        this.number = number;
        this.maxBytes = maxBytes;
    }

    /**
     * Makes a segment that holds nothing but its header. It gets its name when the header is in it: a reader takes a file without one for
     * damaged, and goes on to the next.
     *
     * @param maxBytes from which size on it is full
     * @throws IOException when that is impossible
     */
    public static AppendedSegment create(Folder folder, Path path, SegmentHeader header, long maxBytes)
            throws IOException {
        Path unfinished = Folder.unfinished(path);
        FileChannel file = folder.newFile(unfinished);
        try {
            header.write(file);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            return new AppendedSegment(path, file, header.number(), maxBytes);
        } catch (IOException e) {
            file.close();
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    /** Whether there is room for a value and the longest of names before the next {@link #write}. */
    public boolean hasRoom() {
        return buffer.remaining() >= 64 * Entry.BYTES;
    }

    /** Adds a value, and its name where the segment does not know that yet. */
    public void add(int kind, int name, byte[] utf8, long step, long time, long bits) {
        if (!defined.get(name)) {
            defined.set(name);
            put(Entry.NAME, name, utf8.length, Entry.wordOf(utf8, 0), Entry.wordOf(utf8, 8));
            for (int from = Entry.NAME_BYTES; from < utf8.length; from += Entry.NAME_REST_BYTES) {
                put(
                        Entry.NAME_REST,
                        name,
                        Entry.wordOf(utf8, from),
                        Entry.wordOf(utf8, from + 8),
                        Entry.wordOf(utf8, from + 16));
            }
        }
        put(kind, name, step, time, bits);
        values++;
    }

    /** How many values were added, those included that wait for a {@link #write}. */
    public long values() {
        return values;
    }

    private void put(int kind, int name, long second, long third, long fourth) {
        buffer.putLong(Entry.word(kind, name, second, third, fourth));
        buffer.putLong(second).putLong(third).putLong(fourth);
    }

    /**
     * Writes what was added.
     *
     * @throws IOException when the disk refuses it; it is kept
     */
    public void write() throws IOException {
        if (!file.isOpen()) { // an interrupt of the thread during a write closes it
            file = FileChannel.open(path, StandardOpenOption.WRITE);
        }
        FileBytes.write(file, writtenTo, buffer.duplicate().flip());
        writtenTo += buffer.position();
        buffer.clear();
    }

    /** How many entries wait for a {@link #write}. Another thread than the writing one may see a number that is a little old. */
    public int pending() {
        return buffer.position() / Entry.BYTES;
    }

    /** Its number among those of its process. */
    public long number() {
        return number;
    }

    /** Whether it has reached its size. */
    public boolean isFull() {
        return writtenTo >= maxBytes;
    }

    /** Bytes on disk. */
    public long bytes() {
        return writtenTo;
    }

    public Path path() {
        return path;
    }

    /**
     * Marks the end.
     *
     * @throws IOException when the disk refuses it
     */
    public void end() throws IOException {
        write();
        put(Entry.END, 0, 0, 0, 0);
        write();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

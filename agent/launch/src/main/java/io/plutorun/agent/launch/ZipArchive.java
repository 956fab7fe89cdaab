package io.plutorun.agent.launch;

import java.io.EOFException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive, read in place; it may itself be a stored entry of another one. Its entries are stored or deflated.
 *
 * <p>Why not {@code java.util.jar}: it can't open an archive inside an archive without copying it out, and the copy would be a file on
 * a disk that may be read-only, or 5 MB of heap. Why not a {@code FileChannel}: it is closed when a thread that reads through it is
 * interrupted, and classes are loaded on whatever thread first needs them.
 *
 * <p>It can be copied into memory, outside of the heap: somebody may copy a new jar over the one of a running training, and the classes
 * that the JVM's end needs are loaded last. Not at once, since that would cost the program's start some milliseconds.
 *
 * <p>Format: PKWARE APPNOTE 4.3. Zip64 is not supported; the agent's jar stays far below 4 GB.
 */
final class ZipArchive {

    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final int END_OF_DIRECTORY_SIZE = 22;
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final int DIRECTORY_ENTRY_SIZE = 46;
    private static final int LOCAL_HEADER_SIZE = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final long MAX_RATIO = 1032; // of deflate
    private static final int PIECE = 1 << 16;
    /** For who has none. */
    static final byte[] NO_ROOM = {};

    private static final String CUT_OFF = "the archive is cut off";

    private final RandomAccessFile file;
    private final long start;

    /** By name: {offset of the local header, its size if it has no extra field, size in the archive, size, method}. */
    private final Map<String, long[]> entries;

    private final long length;
    private @Nullable ByteBuffer copy; // read and set under the file's lock

    private ZipArchive(RandomAccessFile file, long start, long length) throws IOException {
        this.file = file;
        this.start = start;
        this.entries = directory(file, start, length);
        this.length = length;
    }

    /** Opens a file; it stays open as long as this object lives. */
    static ZipArchive open(File path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path, "r");
        return new ZipArchive(file, 0, file.length());
    }

    /**
     * Copies all bytes into memory, outside of the heap, and reads them there from now on. Where there is no memory for them the file must
     * do. Takes some milliseconds; others may read meanwhile.
     */
    void copyToMemory() throws IOException {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.allocateDirect((int) length);
        } catch (OutOfMemoryError e) {
            return;
        }
        byte[] piece = new byte[PIECE];
        while (bytes.hasRemaining()) {
            int size = Math.min(piece.length, bytes.remaining());
            synchronized (file) {
                file.seek(start + bytes.position());
                file.readFully(piece, 0, size);
            }
            bytes.put(piece, 0, size);
        }
        synchronized (file) {
            copy = bytes;
        }
    }

    /** Opens an entry that is itself an archive. */
    ZipArchive nested(String name) throws IOException {
        long[] entry = entries.get(name);
        if (entry == null) {
            throw new FileNotFoundException("the jar has no entry " + name);
        }
        if (entry[4] != STORED) {
            throw new IOException("the entry " + name + " is compressed; was the jar repacked?");
        }
        synchronized (file) {
            long header = start + entry[0];
            return new ZipArchive(file, header + localHeaderSize(bytes(header, LOCAL_HEADER_SIZE, NO_ROOM)), entry[2]);
        }
    }

    boolean contains(String name) {
        return entries.containsKey(name);
    }

    /** The bytes of an entry; null when there is none of this name. */
    byte @Nullable [] read(String name) throws IOException {
        ByteBuffer found = find(name, NO_ROOM);
        return found == null ? null : array(found);
    }

    /**
     * The bytes of an entry, which nobody may change; null when there is none of this name.
     *
     * @param room where they may be kept
     */
    @Nullable
    ByteBuffer find(String name, byte[] room) throws IOException {
        long[] entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        ByteBuffer held;
        synchronized (file) {
            held = held(entry, room);
        }
        if (entry[4] == STORED) {
            return held;
        }
        if (entry[4] != DEFLATED) {
            throw new IOException("the entry " + name + " is compressed by the unknown method " + entry[4]);
        }
        return ByteBuffer.wrap(inflated(name, array(held), entry[3]));
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }

    private static byte[] inflated(String name, byte[] deflated, long size) throws IOException {
        if (size > deflated.length * MAX_RATIO) {
            throw new IOException("the entry " + name + " is damaged");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            byte[] bytes = new byte[(int) size];
            int filled = 0;
            while (filled < bytes.length) {
                int count = inflater.inflate(bytes, filled, bytes.length - filled);
                if (count == 0) {
                    throw new EOFException("the entry " + name + " is cut off");
                }
                filled += count;
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new IOException("the entry " + name + " is damaged", e);
        } finally {
            inflater.end();
        }
    }

    /** What the archive holds of an entry. Read at once with its local header: each read is a call of the system. */
    private ByteBuffer held(long[] entry, byte[] room) throws IOException {
        ByteBuffer bytes = bytes(start + entry[0], entry[1] + entry[2], room);
        long headerSize = localHeaderSize(bytes);
        if (headerSize != entry[1]) {
            bytes = bytes(start + entry[0], headerSize + entry[2], room);
        }
        ((Buffer) bytes).position((int) headerSize); // Java 8 has the method in Buffer only
        return bytes;
    }

    /** Its extra field may differ from the directory's. */
    private static long localHeaderSize(ByteBuffer header) {
        return (long) LOCAL_HEADER_SIZE + unsignedShort(header, 26) + unsignedShort(header, 28);
    }

    private ByteBuffer bytes(long position, long size, byte[] room) throws IOException {
        if (size > length - (position - start)) { // before memory is asked for: the sizes are what the file says
            throw new EOFException(CUT_OFF);
        }
        ByteBuffer held = copy;
        if (held != null) {
            ByteBuffer part = held.duplicate();
            ((Buffer) part).position((int) (position - start));
            ((Buffer) part).limit((int) (position - start + size));
            return part.slice();
        }
        byte[] bytes = size <= room.length ? room : new byte[(int) size];
        file.seek(position);
        try {
            file.readFully(bytes, 0, (int) size);
        } catch (EOFException e) {
            throw new EOFException(CUT_OFF);
        }
        return ByteBuffer.wrap(bytes, 0, (int) size).slice();
    }

    private static Map<String, long[]> directory(RandomAccessFile file, long start, long length) throws IOException {
        int tailSize = (int) Math.min(length, END_OF_DIRECTORY_SIZE + 0xFFFF); // a comment of up to 64 KiB may follow
        byte[] tail = bytes(file, start + length - tailSize, tailSize);
        int end = tailSize - END_OF_DIRECTORY_SIZE;
        while (end >= 0 && unsignedInt(tail, end) != END_OF_DIRECTORY) {
            end--;
        }
        if (end < 0) {
            throw new IOException("no zip archive");
        }
        byte[] directory = bytes(file, start + unsignedInt(tail, end + 16), unsignedInt(tail, end + 12));
        Map<String, long[]> entries = new HashMap<>(unsignedShort(tail, end + 10) * 2);
        for (int at = 0; at < directory.length && unsignedInt(directory, at) == DIRECTORY_ENTRY; ) {
            int nameLength = unsignedShort(directory, at + 28);
            String name = new String(directory, at + DIRECTORY_ENTRY_SIZE, nameLength, StandardCharsets.UTF_8);
            entries.put(name, new long[] {
                unsignedInt(directory, at + 42),
                LOCAL_HEADER_SIZE + nameLength,
                unsignedInt(directory, at + 20),
                unsignedInt(directory, at + 24),
                unsignedShort(directory, at + 10)
            });
            at += DIRECTORY_ENTRY_SIZE
                    + nameLength
                    + unsignedShort(directory, at + 30)
                    + unsignedShort(directory, at + 32);
        }
        return entries;
    }

    private static byte[] bytes(RandomAccessFile file, long position, long length) throws IOException {
        if (length > file.length() - position) { // before memory is asked for: the sizes are what the file says
            throw new EOFException(CUT_OFF);
        }
        byte[] bytes = new byte[(int) length];
        file.seek(position);
        file.readFully(bytes);
        return bytes;
    }

    private static int unsignedShort(ByteBuffer bytes, int at) {
        return (bytes.get(at) & 0xFF) | ((bytes.get(at + 1) & 0xFF) << 8);
    }

    private static int unsignedShort(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8);
    }

    private static long unsignedInt(byte[] bytes, int at) {
        return unsignedShort(bytes, at) | ((long) unsignedShort(bytes, at + 2) << 16);
    }
}

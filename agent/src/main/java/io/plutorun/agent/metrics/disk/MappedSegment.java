package io.plutorun.agent.metrics.disk;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A segment that the program's threads write through mapped memory. What is written survives the end of the process, however it ends,
 * since its pages belong to the file.
 *
 * <p>A slot is claimed by one atomic addition, and its entry published by one ordered write: no lock, no system call, no allocation.
 *
 * <p><b>Faults.</b> A page without a disk block behind it faults when it is written. That can't be for want of space: the file is filled
 * with zeros before it is mapped. It can be when somebody truncates the file. HotSpot skips the instruction that faulted, and throws an
 * {@link InternalError} some time later: on Java 17 at the thread's next slow call into the JVM, on later ones at its next safepoint poll,
 * either of which may be in the program's own code. So each entry is read back. Where it is not what was written, {@link #callIntoTheJvm}
 * has the JVM throw here, below a caller who expects it.
 */
public final class MappedSegment {

    /** What became of an entry. */
    public enum Result {
        WRITTEN,
        /** The segment is full, or closed. */
        FULL,
        /** The memory is not there any more. */
        FAULT
    }

    /** A file that is complete, and can't be mapped. */
    public static final class NotMappableException extends IOException {

        private static final long serialVersionUID = 1;

        NotMappableException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static final VarHandle WORDS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int PAGE = 4096;

    /** Kept, so that no compiler leaves the array out. */
    @SuppressWarnings("unused")
    private static volatile byte @Nullable [] @Nullable [] made;

    private final Path path;
    private FileChannel file;
    private final Mapping mapping;
    private final ByteBuffer memory;
    private final long number;
    private final int capacity;
    private final ContendedWords claimed = new ContendedWords(1);
    private final LongAdder finished = new LongAdder();
    private volatile @Nullable MappedSegment next;
    private volatile int endedAt = -1;

    private MappedSegment(Path path, FileChannel file, Mapping mapping, SegmentHeader header) {
        this.path = path;
        this.file = file;
        this.mapping = mapping;
        this.memory = mapping.memory();
        this.number = header.number();
        this.capacity = header.capacity();
    }

    /**
     * Makes a segment: all its blocks are written, and all its pages are mapped, before this returns. It bears its name only then, so a
     * reader never meets half a segment.
     *
     * @param onProgress is told each piece of it that the disk has taken
     * @throws NotMappableException when the file is complete, and can't be mapped
     * @throws IOException when the disk refuses the file; nothing is left behind in either case
     */
    public static MappedSegment create(Folder folder, Path path, SegmentHeader header, Runnable onProgress)
            throws IOException {
        Path unfinished = Folder.unfinished(path);
        long size = SegmentHeader.BYTES + (long) header.capacity() * Entry.BYTES;
        FileChannel file = folder.newFile(unfinished);
        try {
            Folder.fill(file, size, onProgress);
            header.write(file);
            Mapping mapping = map(file, size, onProgress);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            return new MappedSegment(path, file, mapping, header);
        } catch (IOException e) {
            file.close();
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    /** All pages are mapped here, and looked at through the file: a file system whose two views differ is not one to map on. */
    private static Mapping map(FileChannel file, long size, Runnable onProgress) throws NotMappableException {
        try {
            Mapping mapping = Mapping.of(file, size);
            ByteBuffer memory = mapping.memory();
            for (int at = SegmentHeader.BYTES; at < size; at += PAGE) {
                memory.put(at, (byte) 0); // the page fault is taken here, not in the program's thread
                onProgress.run();
            }
            memory.put(SegmentHeader.BYTES, (byte) 1);
            ByteBuffer seen = ByteBuffer.allocate(1);
            if (file.read(seen, SegmentHeader.BYTES) != 1 || seen.get(0) != 1) {
                throw new IOException("what is written through memory is not seen in the file");
            }
            memory.put(SegmentHeader.BYTES, (byte) 0);
            return mapping;
        } catch (IOException | RuntimeException | InternalError e) {
            throw new NotMappableException(e);
        }
    }

    /**
     * Writes one entry. Any thread may call it.
     *
     * @throws InternalError when the memory is not there any more; the same as {@link Result#FAULT}
     */
    public Result put(int kind, int name, long second, long third, long fourth) {
        long slot = claimed.getAndAdd(1);
        if (slot >= capacity) {
            return Result.FULL;
        }
        return publish(slot, kind, name, second, third, fourth);
    }

    /**
     * Writes the name that a number stands for in this segment.
     *
     * @throws InternalError as {@link #put}
     */
    public Result define(int name, byte[] utf8) {
        int slots = Entry.slotsOfName(utf8.length);
        long first = claimed.getAndAdd(slots);
        if (first + slots > capacity) {
            for (long slot = first; slot < capacity; slot++) {
                publish(slot, Entry.UNUSED, 0, 0, 0, 0);
            }
            return Result.FULL;
        }
        for (int rest = 1; rest < slots; rest++) {
            int from = Entry.NAME_BYTES + (rest - 1) * Entry.NAME_REST_BYTES;
            publish(
                    first + rest,
                    Entry.NAME_REST,
                    name,
                    Entry.wordOf(utf8, from),
                    Entry.wordOf(utf8, from + 8),
                    Entry.wordOf(utf8, from + 16));
        }
        return publish(first, Entry.NAME, name, utf8.length, Entry.wordOf(utf8, 0), Entry.wordOf(utf8, 8));
    }

    /**
     * The read back is summed up without a branch between: where a compiler makes one instruction of a load and a comparison, a skipped
     * comparison would leave the answer of an earlier one, but a skipped exclusive or leaves the word itself, which is never 0.
     */
    private Result publish(long slot, int kind, int name, long second, long third, long fourth) {
        int at = SegmentHeader.BYTES + (int) slot * Entry.BYTES;
        long word = Entry.word(kind, name, second, third, fourth);
        memory.putLong(at + 8, second);
        memory.putLong(at + 16, third);
        memory.putLong(at + 24, fourth);
        WORDS.setRelease(memory, at, word);
        long difference =
                ((long) WORDS.getVolatile(memory, at) ^ word) | ((long) WORDS.getVolatile(memory, at + 16) ^ third);
        finished.increment(); // behind the last access, since the memory may be unmapped then
        if (difference != 0) {
            callIntoTheJvm();
            return Result.FAULT;
        }
        return Result.WRITTEN;
    }

    /**
     * An array of arrays of this size is made by the JVM's runtime in the interpreter and by both compilers alike, and on its way back a
     * thread takes the errors that it is owed. Calls of native methods, exceptions and large arrays do not do so in each of them.
     */
    private static void callIntoTheJvm() {
        made = new byte[16][16];
    }

    /** The segment that follows, or null while it is not prepared. */
    public @Nullable MappedSegment next() {
        return next;
    }

    /** Says which segment follows. */
    public void followedBy(MappedSegment following) {
        next = following;
    }

    public long number() {
        return number;
    }

    public Path path() {
        return path;
    }

    public int capacity() {
        return capacity;
    }

    /** How many slots are claimed. */
    public int used() {
        int ended = endedAt;
        return ended >= 0 ? ended : (int) Math.min(claimed.get(), capacity);
    }

    public boolean isFull() {
        return claimed.get() >= capacity;
    }

    /** Bytes on disk. */
    public long bytes() {
        return SegmentHeader.BYTES + (long) capacity * Entry.BYTES;
    }

    /**
     * Whether the file is shorter than it was made.
     *
     * @throws IOException when it can't be asked
     */
    public boolean isTruncated() throws IOException {
        return file.isOpen() && file.size() < bytes();
    }

    /**
     * Lets no further entry in, marks the end and gives the rest of the disk space back. Entries that were claimed before are still
     * written, into memory that stays.
     *
     * @throws IOException when the disk refuses the mark
     */
    public void end() throws IOException {
        long used = claimed.getAndAdd(capacity + 1L);
        if (used < capacity) {
            endedAt = (int) used;
            if (!file.isOpen()) { // an interrupt of the thread closes it
                file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            }
            ByteBuffer end = ByteBuffer.allocate(Entry.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            end.putLong(0, Entry.word(Entry.END, 0, 0, 0, 0));
            long at = SegmentHeader.BYTES + used * Entry.BYTES;
            FileBytes.write(file, at, end);
            if (file.size() > at + Entry.BYTES) {
                file.truncate(at + Entry.BYTES);
            }
        }
    }

    /**
     * Copies what was written to another file: when the folder was removed, the program's values are still in the pages of this file.
     *
     * @throws IOException when that is impossible
     */
    public void copyTo(FileChannel target) throws IOException {
        long size = file.size();
        for (long at = 0; at < size; ) {
            at += file.transferTo(at, size - at, target);
        }
    }

    /**
     * Whether every slot is written, and every thread that wrote one is done with it. Then nobody will touch the memory any more, and it may
     * be unmapped: threads that come later claim slots beyond the end. It never becomes true when a thread died on the way.
     */
    public boolean isComplete() {
        return finished.sum() == capacity;
    }

    /** Closes the file. The memory stays mapped until the collector finds it unreachable. */
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // what was written is in the file's pages; there is nothing left to do
        }
    }

    /** Gives the memory back at once; only after {@link #isComplete}. */
    public void unmap() {
        mapping.unmap();
    }
}

package io.plutorun.agent.metrics.data;

import io.plutorun.agent.metrics.disk.FileBytes;
import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.Mark.Place;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Takes records from the program's threads, and has the metrics thread append them to numbered files. */
public abstract class RecordLog {

    static final String SUFFIX = ".log";

    /** What a record takes in the heap beside its text, counted in characters. */
    private static final long RECORD_CHARS = 120;

    /** Records are written together until they are as many bytes. */
    private static final long GROUP_BYTES = 64 << 10;

    private final Folder folder;
    private final String prefix;
    private final long fileBytes;
    private final long maxWaitingChars;
    private final Losses losses;
    private final Queue<DataRecord> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingChars = new AtomicLong();
    private volatile Place sent = Place.BEGINNING;
    private @Nullable FileChannel file;
    private long number;
    private long writtenTo;
    private long sequence;

    /** Frames that the disk has not taken yet. */
    private byte[] group = {};

    private int groupLength;

    /** How many records they are. */
    private volatile int groupRecords;

    /** The number of the last record before them. */
    private long sequenceBeforeGroup;

    /** The number of the last record before the current file. */
    private long sequenceBefore;

    /** The number of the last record in it. */
    private long lastWritten;

    /**
     * A log in this folder, which need not exist.
     *
     * @param prefix how the names of its files begin
     * @param fileBytes a larger file is followed by another one
     * @param maxWaitingChars what may wait in the heap
     */
    RecordLog(Path folder, String prefix, long fileBytes, long maxWaitingChars, Losses losses) {
        this.folder = new Folder(folder);
        this.prefix = prefix;
        this.fileBytes = fileBytes;
        this.maxWaitingChars = maxWaitingChars;
        this.losses = losses;
    }

    /** Whether a file may be made behind so many others. For the metrics thread. */
    abstract boolean mayFollow(long files) throws IOException;

    /** The record as it may stand on disk. For the metrics thread. */
    DataRecord storable(DataRecord record) {
        return record;
    }

    /** How many numbers are left out before a record, for others that were not taken. */
    long skippedBefore(DataRecord record) {
        return 0;
    }

    /** How many bytes are written before others have their turn. */
    long bytesAtOnce() {
        return Long.MAX_VALUE;
    }

    final Folder folder() {
        return folder;
    }

    final String prefix() {
        return prefix;
    }

    /** How far records were sent. */
    final Place sent() {
        return sent;
    }

    /** Tells how far records were sent. From any thread. */
    final void sent(Place upTo) {
        sent = upTo;
    }

    /** Takes a record; false, and counted as lost, when too much waits. A large one is taken when it is alone. Never waits itself. */
    final boolean add(DataRecord record) {
        long chars = chars(record);
        long before = waitingChars.getAndAdd(chars);
        if (before > 0 && before + chars > maxWaitingChars) {
            waitingChars.addAndGet(-chars);
            losses.count(Loss.TOO_FAST);
            return false;
        }
        waiting.add(record);
        return true;
    }

    private static long chars(DataRecord record) {
        return RECORD_CHARS + record.data().length();
    }

    /**
     * Appends what waits. For the metrics thread.
     *
     * @return whether there was anything
     * @throws IOException when the disk refuses it; it is kept for the next try
     */
    public final boolean write() throws IOException {
        long bytes = 0;
        while (bytes < bytesAtOnce() && fillGroup()) {
            if (bytes == 0 && file != null && Files.notExists(folder.file(prefix, number, SUFFIX))) {
                forgetRemoved();
            }
            bytes += groupLength;
            if (file == null || !file.isOpen() || isFull()) {
                if (!mayFollow(number)) {
                    losses.count(Loss.LIMIT, groupRecords);
                    clearGroup();
                    continue;
                }
                open();
            }
            writeGroup();
        }
        return bytes > 0;
    }

    /** A group that is larger than a file has one of its own. */
    private boolean isFull() {
        return writtenTo > 0 && writtenTo + groupLength > fileBytes;
    }

    /** Makes frames of the oldest records that wait, behind those that the disk has not taken; false when there is none. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by this thread alone
    private boolean fillGroup() {
        while (groupLength < Math.min(GROUP_BYTES, fileBytes / 2)) {
            DataRecord oldest = waiting.peek();
            if (oldest == null) {
                break;
            }
            if (groupLength == 0) {
                sequenceBeforeGroup = sequence;
            }
            long next = sequence + skippedBefore(oldest) + 1;
            try { // where there is no memory, the record stays
                append(storable(oldest).withSequence(next).frame());
                groupRecords++;
            } catch (RuntimeException | StackOverflowError e) {
                losses.count(Loss.FAILED);
            }
            sequence = next;
            waitingChars.addAndGet(-chars(oldest));
            var unused = waiting.remove();
        }
        return groupLength > 0;
    }

    private void append(ByteBuffer frame) {
        int length = groupLength + frame.limit();
        if (length > group.length) {
            group = Arrays.copyOf(group, Math.max(length, Math.min(2 * length, (int) GROUP_BYTES)));
        }
        frame.get(group, groupLength, frame.limit());
        groupLength = length;
    }

    private void clearGroup() {
        groupLength = 0;
        groupRecords = 0;
        if (group.length > GROUP_BYTES) {
            group = new byte[0];
        }
    }

    private void writeGroup() throws IOException {
        FileChannel open = file;
        if (open != null) {
            FileBytes.write(open, writtenTo, ByteBuffer.wrap(group, 0, groupLength));
            writtenTo += groupLength;
            lastWritten = sequence;
            clearGroup();
        }
    }

    /** Counts those records of the file as lost that were not sent. */
    private void forgetRemoved() throws IOException {
        losses.count(Loss.REMOVED, Math.max(0, lastWritten - Math.max(sent.sequence(), sequenceBefore)));
        close();
    }

    private void open() throws IOException {
        close();
        folder.create();
        Path path = folder.file(prefix, number + 1, SUFFIX);
        file = folder.newFile(path);
        number++;
        writtenTo = 0;
        sequenceBefore = sequenceBeforeGroup;
    }

    /** How many records the disk has not taken. */
    public final int pending() {
        return waiting.size() + groupRecords;
    }

    /**
     * Closes the file.
     *
     * @throws IOException when the disk refuses even that
     */
    public final void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}

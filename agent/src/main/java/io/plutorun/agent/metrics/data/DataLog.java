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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Takes texts, tables and histograms from the program's threads, and has the metrics thread append them to a file. */
public final class DataLog {

    static final String PREFIX = "data-";

    static final String SUFFIX = ".log";

    /** What may wait in the heap. */
    private static final long MAX_WAITING_CHARS = 8 << 20;

    private static final long LARGEST_FILE = 8 << 20;

    private static final long SMALLEST_FILE = 16 << 10;

    private final Folder folder;
    private final long maxBytes;
    private final long fileBytes;
    private final Losses losses;
    private final Queue<DataRecord> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingChars = new AtomicLong();
    private volatile Place sent = Place.BEGINNING;
    private @Nullable FileChannel file;
    private volatile @Nullable ByteBuffer unwritten;
    private long number;
    private long writtenTo;
    private long sequence;

    /** The number of the last record before the current file. */
    private long sequenceBefore;

    /** The number of the last record in it. */
    private long lastWritten;

    /**
     * A log in this folder, which need not exist.
     *
     * @param maxBytes what its files may take together while they are not sent
     */
    public DataLog(Path folder, long maxBytes, Losses losses) {
        this.folder = new Folder(folder);
        this.maxBytes = maxBytes;
        this.fileBytes = Math.max(SMALLEST_FILE, Math.min(LARGEST_FILE, maxBytes / 8));
        this.losses = losses;
    }

    /** Takes a record; counts it as lost when too much waits. A large one is taken when it is alone. Never waits itself. */
    public void add(DataKind kind, String name, long step, boolean isRelative, String data) {
        long before = waitingChars.getAndAdd(data.length());
        if (before > 0 && before + data.length() > MAX_WAITING_CHARS) {
            waitingChars.addAndGet(-data.length());
            losses.count(Loss.TOO_FAST);
            return;
        }
        waiting.add(new DataRecord(0, System.currentTimeMillis(), step, isRelative, kind, name, data));
    }

    /** Tells how far records were sent. From any thread. */
    void sent(Place upTo) {
        sent = upTo;
    }

    /**
     * Appends what waits. For the metrics thread.
     *
     * @return whether there was anything
     * @throws IOException when the disk refuses it; it is kept for the next try
     */
    public boolean write() throws IOException {
        boolean any = false;
        ByteBuffer frame = nextFrame();
        while (frame != null) {
            any = true;
            if (file != null && Files.notExists(folder.file(PREFIX, number, SUFFIX))) {
                forgetRemoved();
            }
            if (file == null || !file.isOpen() || writtenTo >= fileBytes) {
                if ((number - Math.max(0, sent.file() - 1)) * fileBytes > maxBytes) {
                    losses.count(Loss.LIMIT);
                    unwritten = null;
                    frame = nextFrame();
                    continue;
                }
                open();
            }
            write(frame);
            lastWritten = sequence;
            unwritten = null;
            frame = nextFrame();
        }
        return any;
    }

    /** The frame that the disk has not taken yet, else that of the oldest record that waits. */
    private @Nullable ByteBuffer nextFrame() {
        if (unwritten == null) {
            DataRecord oldest = waiting.peek();
            if (oldest != null) {
                unwritten =
                        oldest.withSequence(sequence + 1).frame(); // where there is no memory for it, the record stays
                sequence++;
                waitingChars.addAndGet(-oldest.data().length());
                var unused = waiting.remove();
            }
        }
        return unwritten;
    }

    /** Counts those records of the file as lost that were not sent. */
    private void forgetRemoved() throws IOException {
        losses.count(Loss.REMOVED, Math.max(0, lastWritten - Math.max(sent.sequence(), sequenceBefore)));
        close();
    }

    private void open() throws IOException {
        close();
        folder.create();
        Path path = folder.file(PREFIX, number + 1, SUFFIX);
        file = folder.newFile(path);
        number++;
        writtenTo = 0;
        sequenceBefore = sequence - 1;
    }

    private void write(ByteBuffer frame) throws IOException {
        FileChannel open = file;
        if (open != null) {
            FileBytes.write(open, writtenTo, frame.duplicate());
            writtenTo += frame.limit();
        }
    }

    /** How many records the disk has not taken. */
    public int pending() {
        return waiting.size() + (unwritten == null ? 0 : 1);
    }

    /**
     * Closes the file.
     *
     * @throws IOException when the disk refuses even that
     */
    public void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}

package io.plutorun.agent.metrics.data;

import io.plutorun.agent.metrics.disk.BatchReader;
import io.plutorun.agent.metrics.disk.FileBytes;
import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.Mark;
import io.plutorun.agent.metrics.disk.Mark.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the records that a {@link RecordLog} has written, one behind the other. The server keeps each copy of one that is sent twice. */
abstract class RecordReader implements BatchReader<DataBatch> {

    static final int MAX_BATCH_BYTES = 1 << 20;

    private static final int MAX_RECORD_BYTES = 1 << 30;

    private final Folder folder;
    private final String prefix;
    private final Mark mark;
    private final BooleanSupplier writerIsGone;
    private final Consumer<Place> onSent;
    private Place sent;
    private Place place;
    private @Nullable FileChannel file;
    private boolean atEnd;
    private long damaged;

    /** How many bytes the record takes that was read last. */
    private int recordBytes;

    /**
     * A reader that begins where an earlier one was told {@link #sent}.
     *
     * @param prefix how the names of the files begin
     * @param mark the file that says how far records were sent
     * @param writerIsGone whether nobody will write into the folder any more
     * @param onSent is told how far records were sent
     * @throws IOException when the folder's marks can't be read
     */
    RecordReader(Path path, String prefix, String mark, BooleanSupplier writerIsGone, Consumer<Place> onSent)
            throws IOException {
        this.folder = new Folder(path);
        this.prefix = prefix;
        this.mark = new Mark(path.resolve(mark));
        this.writerIsGone = writerIsGone;
        this.onSent = onSent;
        this.sent = this.mark.read();
        this.place = sent;
    }

    /** The last file that may be read while it is written to the folder. */
    long lastReadable() {
        return Long.MAX_VALUE - 1;
    }

    @Override
    public final @Nullable DataBatch next() throws IOException {
        atEnd = false;
        boolean gone = writerIsGone.getAsBoolean();
        return batch(gone);
    }

    /**
     * The next batch; null when there is none now.
     *
     * @param gone whether nobody will write into the folder any more
     */
    abstract @Nullable DataBatch batch(boolean gone) throws IOException;

    /** The record at the reader's place; null when there is none that is complete. */
    final @Nullable DataRecord nextRecord(boolean gone) throws IOException {
        DataRecord record = record();
        while (record == null && goToNextFile()) {
            record = record();
        }
        if (record == null) {
            atEnd = gone;
        }
        return record;
    }

    /** Goes behind the record that was read last. */
    final void pass(DataRecord record) {
        place = new Place(place.file(), place.place() + recordBytes, record.sequence());
    }

    /** Where the record is that is read next. */
    final Place place() {
        return place;
    }

    private @Nullable DataRecord record() throws IOException {
        if (file == null && !open()) {
            return null;
        }
        byte[] prefixBytes = read(place.place(), DataRecord.PREFIX);
        if (prefixBytes == null) {
            return null;
        }
        ByteBuffer lengthAndCrc = ByteBuffer.wrap(prefixBytes);
        int length = lengthAndCrc.getInt();
        if (length < 0 || length > MAX_RECORD_BYTES) {
            return null;
        }
        byte[] contents = read(place.place() + DataRecord.PREFIX, length);
        recordBytes = DataRecord.PREFIX + length;
        return contents == null ? null : DataRecord.parse(contents, lengthAndCrc.getInt());
    }

    private boolean open() throws IOException {
        SortedMap<Long, Path> files = readable().tailMap(place.file());
        if (files.isEmpty()) {
            return false;
        }
        Long number = files.firstKey();
        if (number != place.file()) {
            place = new Place(number, 0, place.sequence());
        }
        file = FileChannel.open(files.get(number), StandardOpenOption.READ);
        return true;
    }

    private byte @Nullable [] read(long from, int length) throws IOException {
        FileChannel open = file;
        if (open == null || open.size() < from + length) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        FileBytes.read(open, from, bytes);
        return bytes.hasRemaining() ? null : bytes.array();
    }

    /** A file that is followed by another is not written any more; what is left of it is damaged. */
    private boolean goToNextFile() throws IOException {
        FileChannel open = file;
        SortedMap<Long, Path> following = readable().tailMap(place.file() + 1);
        if (open == null || following.isEmpty()) {
            return false;
        }
        if (place.place() < open.size()) {
            DataRecord written = record(); // it may have been written just before the next file was begun
            if (written != null) {
                return true;
            }
            damaged++;
        }
        close();
        place = new Place(following.firstKey(), 0, place.sequence());
        return true;
    }

    private SortedMap<Long, Path> readable() throws IOException {
        SortedMap<Long, Path> files = folder.files(prefix, RecordLog.SUFFIX);
        return writerIsGone.getAsBoolean() ? files : new TreeMap<>(files.headMap(lastReadable() + 1));
    }

    @Override
    public final void sent(DataBatch batch) throws IOException {
        sent = batch.end();
        onSent.accept(sent);
        mark.write(sent);
        for (Path done :
                folder.files(prefix, RecordLog.SUFFIX).headMap(sent.file()).values()) {
            Files.deleteIfExists(done);
        }
    }

    @Override
    public void rewind() throws IOException {
        place = sent;
        atEnd = false;
        close();
    }

    @Override
    public @Nullable String waitingName() {
        return null;
    }

    @Override
    public void stepsBegin(String name, long first) throws IOException {}

    @Override
    public final boolean isComplete() {
        return writerIsGone.getAsBoolean();
    }

    @Override
    public final boolean isAtEnd() {
        return atEnd;
    }

    /** How many files ended in a record that is damaged. */
    @Override
    public final long damaged() {
        return damaged;
    }

    @Override
    public final void close() throws IOException {
        FileChannel closed = file;
        file = null;
        if (closed != null) {
            closed.close();
        }
    }
}

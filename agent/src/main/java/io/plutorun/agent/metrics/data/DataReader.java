package io.plutorun.agent.metrics.data;

import io.plutorun.agent.metrics.disk.BatchReader;
import io.plutorun.agent.metrics.disk.FileBytes;
import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.Mark;
import io.plutorun.agent.metrics.disk.Mark.Place;
import io.plutorun.agent.metrics.disk.StepStarts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes batches of the texts, tables and histograms that a folder holds. The server keeps each copy of one that is sent twice. */
public final class DataReader implements BatchReader<DataBatch> {

    private static final int MAX_BATCH_BYTES = 1 << 20;

    private static final int MAX_RECORD_BYTES = 1 << 30;

    private final Folder folder;
    private final Mark mark;
    private final StepStarts starts;
    private final BooleanSupplier writerIsGone;
    private final Consumer<Place> onSent;
    private Place sent;
    private Place place;
    private @Nullable FileChannel file;
    private @Nullable String waitingName;
    private boolean atEnd;
    private long damaged;

    /**
     * A reader that begins where an earlier one was told {@link #sent}.
     *
     * @param writerIsGone whether nobody will write into the folder any more
     * @param onSent is told how far records were sent
     * @throws IOException when the folder's marks can't be read
     */
    private DataReader(Path path, BooleanSupplier writerIsGone, Consumer<Place> onSent) throws IOException {
        this.folder = new Folder(path);
        this.mark = new Mark(path.resolve("data.sent"));
        this.starts = new StepStarts(path.resolve("data.steps"));
        this.writerIsGone = writerIsGone;
        this.onSent = onSent;
        this.sent = mark.read();
        this.place = sent;
    }

    /**
     * A reader of what this process logs.
     *
     * @throws IOException when the folder's marks can't be read
     */
    public static DataReader of(Path folder, BooleanSupplier writerIsGone, DataLog log) throws IOException {
        return new DataReader(folder, writerIsGone, log::sent);
    }

    /**
     * A reader of what a process has left behind.
     *
     * @throws IOException when the folder's marks can't be read
     */
    public static DataReader ofLeftBehind(Path folder) throws IOException {
        return new DataReader(folder, () -> true, place -> {});
    }

    @Override
    public @Nullable DataBatch next() throws IOException {
        boolean gone = writerIsGone.getAsBoolean();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Map<String, DataKind> names = new LinkedHashMap<>();
        Map<String, Long> lastSteps = new HashMap<>();
        waitingName = null;
        atEnd = false;
        int lines = 0;
        long firstSequence = 0;
        while (true) {
            DataRecord record = record();
            if (record == null) {
                if (goToNextFile()) {
                    continue;
                }
                atEnd = gone;
                break;
            }
            Long first = record.isRelative() ? starts.of(record.name()) : Long.valueOf(0);
            if (first == null) {
                waitingName = record.name();
                break;
            }
            long step = first + record.step();
            byte[] line = record.line(step);
            if (lines > 0 && body.size() + line.length > MAX_BATCH_BYTES) {
                break;
            }
            body.write(line, 0, line.length);
            names.put(record.name(), record.kind());
            lastSteps.merge(record.name(), step, Math::max);
            firstSequence = lines == 0 ? record.sequence() : firstSequence;
            lines++;
            place = new Place(place.file(), place.place() + record.frame().limit(), record.sequence());
        }
        return lines == 0 ? null : new DataBatch(body.toByteArray(), lines, names, lastSteps, firstSequence, place);
    }

    /** The record at the reader's place; null when there is none that is complete. */
    private @Nullable DataRecord record() throws IOException {
        if (file == null && !open()) {
            return null;
        }
        byte[] prefix = read(place.place(), DataRecord.PREFIX);
        if (prefix == null) {
            return null;
        }
        ByteBuffer lengthAndCrc = ByteBuffer.wrap(prefix);
        int length = lengthAndCrc.getInt();
        if (length < 0 || length > MAX_RECORD_BYTES) {
            return null;
        }
        byte[] contents = read(place.place() + DataRecord.PREFIX, length);
        return contents == null ? null : DataRecord.parse(contents, lengthAndCrc.getInt());
    }

    private boolean open() throws IOException {
        SortedMap<Long, Path> files = files().tailMap(place.file());
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
        SortedMap<Long, Path> following = files().tailMap(place.file() + 1);
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

    private SortedMap<Long, Path> files() throws IOException {
        return folder.files(DataLog.PREFIX, DataLog.SUFFIX);
    }

    @Override
    public void sent(DataBatch batch) throws IOException {
        sent = batch.end();
        onSent.accept(sent);
        mark.write(sent);
        for (Path done : files().headMap(sent.file()).values()) {
            Files.deleteIfExists(done);
        }
    }

    @Override
    public void rewind() throws IOException {
        place = sent;
        atEnd = false;
        waitingName = null;
        close();
    }

    @Override
    public @Nullable String waitingName() {
        return waitingName;
    }

    @Override
    public void stepsBegin(String name, long first) throws IOException {
        starts.set(name, first);
    }

    @Override
    public boolean isComplete() {
        return writerIsGone.getAsBoolean();
    }

    @Override
    public boolean isAtEnd() {
        return atEnd;
    }

    /** How many files ended in a record that is damaged. */
    @Override
    public long damaged() {
        return damaged;
    }

    @Override
    public void close() throws IOException {
        FileChannel closed = file;
        file = null;
        if (closed != null) {
            closed.close();
        }
    }
}

package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.disk.BatchReader;
import io.plutorun.agent.metrics.disk.DamagedSegmentException;
import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.Mark;
import io.plutorun.agent.metrics.disk.Mark.Place;
import io.plutorun.agent.metrics.disk.SegmentReader;
import io.plutorun.agent.metrics.disk.SegmentReader.Found;
import io.plutorun.agent.metrics.disk.StepStarts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes batches of the values that a folder holds. What is sent twice does no harm: the server keeps one value for a name and a step. */
public final class MetricReader implements BatchReader<MetricBatch> {

    /** How large a batch is at most: 1 MiB. */
    public static final int MAX_BATCH_BYTES = 1 << 20;

    /** How long a slot may stay empty that has written ones behind it, before it is passed over; time of this process, not of the clock. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /** What one look adds to the patience at most: a process that was stopped as a whole has not been waiting. */
    private static final long LOOK_NANOS = 100_000_000;

    private final Folder folder;
    private final Mark mark;
    private final StepStarts starts;
    private final BooleanSupplier writerIsGone;
    private final Consumer<Place> onSent;
    private final BatchNames names = new BatchNames();
    private Place sent;
    private Place place;
    private @Nullable SegmentReader open;
    private @Nullable String waitingName;
    private boolean atEnd;
    private long waited;
    private long lookedAt;
    private long torn;
    private long damagedFiles;

    /**
     * A reader that begins where an earlier one was told {@link #sent}.
     *
     * @param writerIsGone whether nobody will write into the folder any more
     * @param onSent is told how far values were sent
     * @throws IOException when the folder's marks can't be read
     */
    MetricReader(Path path, BooleanSupplier writerIsGone, Consumer<Place> onSent) throws IOException {
        this.folder = new Folder(path);
        this.mark = new Mark(path.resolve("values.sent"));
        this.starts = new StepStarts(path.resolve("values.steps"));
        this.writerIsGone = writerIsGone;
        this.onSent = onSent;
        this.sent = mark.read();
        this.place = sent;
    }

    /**
     * A reader of what a process has left behind.
     *
     * @throws IOException when the folder's marks can't be read
     */
    public static MetricReader ofLeftBehind(Path folder) throws IOException {
        return new MetricReader(folder, () -> true, place -> {});
    }

    @Override
    public @Nullable MetricBatch next() throws IOException {
        boolean gone = writerIsGone.getAsBoolean(); // asked first: what is written before it goes is seen below
        BatchText batch = new BatchText(MAX_BATCH_BYTES, names);
        waitingName = null;
        atEnd = false;
        if (open != null) {
            open.lookAgain();
        }
        while (true) {
            SegmentReader segment = open != null ? open : openNext();
            if (segment == null) {
                atEnd = gone;
                break;
            }
            Found found = segment.next();
            if (found == Found.VALUE) {
                if (segment.slot() > place.place() && !add(batch, segment)) {
                    segment.unread();
                    break;
                }
                waited = 0;
            } else if (!goOn(segment, found, gone)) {
                break;
            }
        }
        return batch.finish(open == null ? place : new Place(place.file(), Math.max(place.place(), open.slot()), 0));
    }

    /** Whether the value was added; else it is to come again. */
    private boolean add(BatchText batch, SegmentReader value) {
        long step = value.step();
        if (value.isRelative()) {
            Long first = starts.of(value.name());
            if (first == null) {
                waitingName = value.name();
                return false;
            }
            step += first;
        }
        return batch.add(value.name(), value.time(), step, value.value());
    }

    /** Whether reading goes on although no value was found. */
    private boolean goOn(SegmentReader segment, Found found, boolean gone) throws IOException {
        if (found == Found.GAP) {
            if (gone || segment.slot() < place.place() || isPatienceAtAnEnd()) {
                segment.skip();
                torn++;
                return true;
            }
            return false;
        }
        if (found == Found.END || gone || (found == Found.END_OF_FILE && hasEndedEarly(segment))) {
            leave(segment);
            return true;
        }
        if (found == Found.END_OF_FILE && segment.hasGrown()) {
            return true;
        }
        if (found == Found.NOTHING && isNextInUse() && isPatienceAtAnEnd()) {
            torn++;
            leave(segment);
            return true;
        }
        return false;
    }

    private boolean isPatienceAtAnEnd() {
        long now = System.nanoTime();
        waited += Math.min(LOOK_NANOS, lookedAt == 0 ? 0 : now - lookedAt);
        lookedAt = now;
        if (waited < PATIENCE_NANOS) {
            return false;
        }
        waited = 0;
        return true;
    }

    /** Whether a file that is followed by another has nothing more: what was appended before the other was made is read first. */
    private boolean hasEndedEarly(SegmentReader segment) throws IOException {
        return !folder.segmentsFrom(place.file() + 1).isEmpty() && !segment.hasGrown();
    }

    private boolean isNextInUse() throws IOException {
        for (Path following : folder.segmentsFrom(place.file() + 1).values()) {
            try (SegmentReader next = SegmentReader.open(following)) {
                Found found = next.next();
                return found == Found.VALUE || found == Found.GAP;
            } catch (NoSuchFileException e) {
                return false; // it was prepared, and not needed
            }
        }
        return false;
    }

    private void leave(SegmentReader segment) throws IOException {
        torn += segment.nameless();
        segment.close();
        open = null;
        place = new Place(place.file() + 1, 0, 0);
        waited = 0;
    }

    private @Nullable SegmentReader openNext() throws IOException {
        SortedMap<Long, Path> files = folder.segmentsFrom(place.file());
        for (Map.Entry<Long, Path> file : files.entrySet()) {
            if (file.getKey() != place.file()) {
                place = new Place(file.getKey(), 0, 0);
            }
            try {
                open = SegmentReader.open(file.getValue());
                return open;
            } catch (DamagedSegmentException e) {
                damagedFiles++;
                place = new Place(file.getKey() + 1, 0, 0);
            } catch (NoSuchFileException e) { // it was prepared, and not needed
                place = new Place(file.getKey() + 1, 0, 0);
            }
        }
        return null;
    }

    @Override
    public void sent(MetricBatch batch) throws IOException {
        sent = batch.end();
        onSent.accept(sent);
        mark.write(sent);
        for (Path done : folder.segmentsBefore(sent.file()).values()) {
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
        return atEnd && waitingName == null;
    }

    @Override
    public long damaged() {
        return torn + damagedFiles;
    }

    /** How many values are known to be lost: claimed and never written, or without a readable name. */
    public long torn() {
        return torn;
    }

    /** How many files could not be read. */
    public long damagedFiles() {
        return damagedFiles;
    }

    @Override
    public void close() throws IOException {
        SegmentReader closed = open;
        open = null;
        if (closed != null) {
            closed.close();
        }
    }
}

package io.plutorun.agent.metrics.data;

import io.plutorun.agent.metrics.disk.Mark.Place;
import io.plutorun.agent.metrics.disk.StepStarts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes batches of the texts, tables and histograms that a folder holds. */
public final class DataReader extends RecordReader {

    private final StepStarts starts;
    private @Nullable String waitingName;

    private DataReader(Path path, BooleanSupplier writerIsGone, Consumer<Place> onSent) throws IOException {
        super(path, DataLog.PREFIX, "data.sent", writerIsGone, onSent);
        this.starts = new StepStarts(path.resolve("data.steps"));
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
    @Nullable
    DataBatch batch(boolean gone) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Map<String, DataKind> names = new LinkedHashMap<>();
        Map<String, Long> lastSteps = new HashMap<>();
        waitingName = null;
        int lines = 0;
        long firstSequence = 0;
        for (DataRecord record = nextRecord(gone); record != null; record = nextRecord(gone)) {
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
            pass(record);
        }
        return lines == 0 ? null : new DataBatch(body.toByteArray(), lines, names, lastSteps, firstSequence, place());
    }

    @Override
    public void rewind() throws IOException {
        super.rewind();
        waitingName = null;
    }

    @Override
    public @Nullable String waitingName() {
        return waitingName;
    }

    @Override
    public void stepsBegin(String name, long first) throws IOException {
        starts.set(name, first);
    }
}

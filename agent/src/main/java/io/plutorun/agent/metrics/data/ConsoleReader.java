package io.plutorun.agent.metrics.data;

import io.plutorun.agent.metrics.disk.Mark.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches of the lines that a folder holds. While the program prints, no more than 1,000 a second come; what is left when it has ended
 * comes at once. Where lines are missing, a line says so.
 */
public final class ConsoleReader extends RecordReader {

    private static final long NANOS_A_LINE = 1_000_000;

    /** How many lines come at once after a pause, or at the beginning. */
    private static final long MAX_ALLOWED = 10_000;

    private final long before;
    private long allowed = MAX_ALLOWED;
    private long allowedAt = System.nanoTime();

    private ConsoleReader(Path path, long before, BooleanSupplier writerIsGone, Consumer<Place> onSent)
            throws IOException {
        super(path, ConsoleLog.PREFIX, "console.sent", writerIsGone, onSent);
        this.before = before;
    }

    /**
     * A reader of what this process prints.
     *
     * @param before the number behind which its lines are numbered
     * @throws IOException when the folder's mark can't be read
     */
    public static ConsoleReader of(Path folder, long before, BooleanSupplier writerIsGone, ConsoleLog log)
            throws IOException {
        return new ConsoleReader(folder, before, writerIsGone, log::sent);
    }

    /**
     * A reader of what a process has left behind.
     *
     * @param before the number behind which its lines are numbered
     * @throws IOException when the folder's mark can't be read
     */
    public static ConsoleReader ofLeftBehind(Path folder, long before) throws IOException {
        return new ConsoleReader(folder, before, () -> true, place -> {});
    }

    @Override
    long lastReadable() {
        return ConsoleLog.FIRST_FILES;
    }

    @Override
    @Nullable
    DataBatch batch(boolean gone) throws IOException {
        long most = gone ? Long.MAX_VALUE : allowed();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int lines = 0;
        long firstSequence = 0;
        while (lines < most) {
            DataRecord record = nextRecord(gone);
            if (record == null) {
                break;
            }
            long expected = place().sequence() + 1;
            byte[] line = record.consoleLine(before + record.sequence(), record.data());
            if (lines > 0 && body.size() + line.length > MAX_BATCH_BYTES) {
                break;
            }
            if (record.sequence() > expected) {
                String gap = "pluto: lines are left out here: " + (record.sequence() - expected);
                byte[] gapLine = record.consoleLine(before + expected, gap);
                body.write(gapLine, 0, gapLine.length);
            }
            body.write(line, 0, line.length);
            firstSequence = lines == 0 ? record.sequence() : firstSequence;
            lines++;
            pass(record);
        }
        allowed -= lines;
        return lines == 0 ? null : new DataBatch(body.toByteArray(), lines, Map.of(), Map.of(), firstSequence, place());
    }

    private long allowed() {
        long more = (System.nanoTime() - allowedAt) / NANOS_A_LINE;
        allowedAt += more * NANOS_A_LINE;
        allowed = Math.min(MAX_ALLOWED, allowed + more);
        return allowed;
    }
}

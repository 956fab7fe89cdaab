package io.plutorun.agent.metrics.data;

import io.plutorun.agent.metrics.report.Losses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Takes the lines that the program prints, and has the metrics thread append them to files. Beyond a limit the first three quarters are
 * kept, and the last quarter, in files that take the place of older ones.
 *
 * <p>The number of a record is that of its line: where numbers are missing, lines are.
 */
public final class ConsoleLog extends RecordLog {

    static final String PREFIX = "console-";

    /** So many files hold the first lines. They are sent while more are written. */
    static final long FIRST_FILES = 24;

    /** So many files hold the last lines. They are sent when it is known that these are the last. */
    static final long LAST_FILES = 8;

    /** How much of a run's lines is kept. */
    private static final long MAX_BYTES = 64 << 20;

    private static final long LEAST_WAITING_CHARS = 4 << 20;

    /** What may wait of the heap: a program may print faster than the redactor reads. */
    private static final long PART_OF_HEAP = 32;

    private static final long SMALLEST_FILE = 2 << 10;

    /** Values of other runs are written by the same thread. */
    private static final long BYTES_AT_ONCE = 256 << 10;

    private final UnaryOperator<String> texts;
    private final Runnable whenCut;

    /** How many lines were not taken since the last one that was. */
    private final AtomicLong skipped = new AtomicLong();

    /**
     * A log in this folder, which need not exist.
     *
     * @param maxBytes what its files may take together, where that is less than 64 MiB
     * @param texts makes each line one that may be stored; called on the metrics thread
     * @param whenCut told each time that lines are left out since there are too many
     */
    public ConsoleLog(Path folder, long maxBytes, UnaryOperator<String> texts, Losses losses, Runnable whenCut) {
        super(
                folder,
                PREFIX,
                Math.max(SMALLEST_FILE, Math.min(MAX_BYTES, maxBytes) / (FIRST_FILES + LAST_FILES)),
                Math.max(
                        LEAST_WAITING_CHARS,
                        Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP)),
                losses);
        this.texts = texts;
        this.whenCut = whenCut;
    }

    /** Takes a line; counts it as lost when too much waits. Never waits itself. */
    public void add(String line, boolean isError) {
        DataKind kind = isError ? DataKind.CONSOLE_ERROR : DataKind.CONSOLE_OUTPUT;
        long before = skipped.get() == 0 ? 0 : skipped.getAndSet(0);
        if (!add(new DataRecord(0, System.currentTimeMillis(), before, false, kind, "", line))) {
            skipped.addAndGet(before + 1);
        }
    }

    @Override
    DataRecord storable(DataRecord record) {
        return new DataRecord(0, record.time(), 0, false, record.kind(), "", texts.apply(record.data()));
    }

    /** As long as a line waits, its step says that. */
    @Override
    long skippedBefore(DataRecord record) {
        return record.step();
    }

    @Override
    long bytesAtOnce() {
        return BYTES_AT_ONCE;
    }

    @Override
    boolean mayFollow(long files) throws IOException {
        long outdated = files + 1 - LAST_FILES;
        if (outdated > FIRST_FILES) {
            whenCut.run();
            Files.deleteIfExists(folder().file(PREFIX, outdated, SUFFIX));
        }
        return true;
    }
}

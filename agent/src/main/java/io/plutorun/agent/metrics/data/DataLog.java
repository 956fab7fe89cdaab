package io.plutorun.agent.metrics.data;

import io.plutorun.agent.metrics.report.Losses;
import java.nio.file.Path;

/** Takes texts, tables and histograms from the program's threads, and has the metrics thread append them to a file. */
public final class DataLog extends RecordLog {

    static final String PREFIX = "data-";

    private static final long MAX_WAITING_CHARS = 8 << 20;

    private static final long LARGEST_FILE = 8 << 20;

    private static final long SMALLEST_FILE = 16 << 10;

    private final long maxBytes;
    private final long fileBytes;

    /**
     * A log in this folder, which need not exist.
     *
     * @param maxBytes what its files may take together while they are not sent
     */
    public DataLog(Path folder, long maxBytes, Losses losses) {
        super(folder, PREFIX, fileBytes(maxBytes), MAX_WAITING_CHARS, losses);
        this.maxBytes = maxBytes;
        this.fileBytes = fileBytes(maxBytes);
    }

    private static long fileBytes(long maxBytes) {
        return Math.max(SMALLEST_FILE, Math.min(LARGEST_FILE, maxBytes / 8));
    }

    /** Takes a record; counts it as lost when too much waits. A large one is taken when it is alone. Never waits itself. */
    public void add(DataKind kind, String name, long step, boolean isRelative, String data) {
        var unused = add(new DataRecord(0, System.currentTimeMillis(), step, isRelative, kind, name, data));
    }

    @Override
    boolean mayFollow(long files) {
        return (files - Math.max(0, sent().file() - 1)) * fileBytes <= maxBytes;
    }
}

package io.plutorun.agent.ingest;

import io.plutorun.agent.metrics.MetricReader;
import io.plutorun.agent.metrics.RunMetrics;
import io.plutorun.agent.metrics.data.ConsoleReader;
import io.plutorun.agent.metrics.data.DataReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The files of what one process logged for one run.
 *
 * @param folder where they lie
 * @param values reads the values
 * @param data reads string series, tables and histograms
 * @param console reads what it prints
 */
public record UploadSource(Path folder, MetricReader values, DataReader data, ConsoleReader console) {

    /** What this process logs, and goes on logging. */
    public static UploadSource of(RunMetrics metrics, UploadedRun run) throws IOException {
        return new UploadSource(
                metrics.folder(), metrics.reader(), metrics.dataReader(), metrics.consoleReader(run.linesBefore()));
    }

    /** What a process has left behind. */
    public static UploadSource ofLeftBehind(Path folder, UploadedRun run) throws IOException {
        return new UploadSource(
                folder,
                MetricReader.ofLeftBehind(folder),
                DataReader.ofLeftBehind(folder),
                ConsoleReader.ofLeftBehind(folder, run.linesBefore()));
    }
}

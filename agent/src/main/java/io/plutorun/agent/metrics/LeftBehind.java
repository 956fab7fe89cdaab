package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.SegmentReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What other processes have left unsent in their folders. */
public final class LeftBehind {

    private LeftBehind() {}

    /**
     * The largest step of each name that lies unsent in a folder, if its values are of this run. Values whose own steps have no beginning
     * yet are left out, and all behind them: their beginning will be behind all that is known then.
     *
     * @param runKey how the run is known on disk
     * @throws IOException when the folder can't be read, or is removed meanwhile
     */
    public static Map<String, Long> lastSteps(Path folder, String runKey) throws IOException {
        Map<String, Long> largest = new HashMap<>();
        if (isOf(runKey, folder)) {
            try (MetricReader values = MetricReader.ofLeftBehind(folder)) {
                for (MetricBatch batch = values.next(); batch != null; batch = values.next()) {
                    batch.lastSteps().forEach((name, step) -> largest.merge(name, step, Math::max));
                }
            }
        }
        return largest;
    }

    private static boolean isOf(String runKey, Path folder) throws IOException {
        for (Path segment : new Folder(folder).segmentsFrom(0).values()) {
            try (SegmentReader reader = SegmentReader.open(segment)) {
                return reader.header().isOf(runKey);
            }
        }
        return false;
    }
}

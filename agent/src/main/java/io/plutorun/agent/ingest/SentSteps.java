package io.plutorun.agent.ingest;

import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.StepFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The largest steps of a run that were sent from a folder, by name, for the processes that resume the run: the server itself knows a value
 * only some seconds after it has taken it, and a preempted job may be back earlier.
 *
 * <p>One small file a run, beside the journals; several processes may write it at the same time.
 */
final class SentSteps {

    private static final String FOLDER = "steps";

    private final Path folder;
    private final Path path;
    private final Map<String, Long> written = new HashMap<>();

    /**
     * The steps of a run.
     *
     * @param values a folder of values of the run
     * @param runKey how the run is known on disk
     */
    SentSteps(Path values, String runKey) {
        this.folder = values.resolveSibling(FOLDER);
        this.path = folder.resolve(UUID.nameUUIDFromBytes(runKey.getBytes(StandardCharsets.UTF_8)) + ".steps");
    }

    /** Notes the largest steps of values that have arrived. */
    void note(Map<String, Long> lastSteps) throws IOException {
        for (Map.Entry<String, Long> last : lastSteps.entrySet()) {
            Long before = written.get(last.getKey());
            if (before == null || before < last.getValue()) {
                if (written.isEmpty()) {
                    new Folder(folder).create();
                }
                new StepFile(path).append(last.getKey(), last.getValue());
                written.put(last.getKey(), last.getValue());
            }
        }
    }

    /** Whether values were sent, by any process. */
    boolean areThere() {
        return Files.exists(path);
    }

    /** The largest step that was sent of a name, by any process; -1 when none was. */
    long largest(String name) throws IOException {
        long[] largest = {-1};
        if (Files.exists(path)) {
            new StepFile(path).read((of, step) -> {
                if (of.equals(name)) {
                    largest[0] = Math.max(largest[0], step);
                }
            });
        }
        return largest[0];
    }
}

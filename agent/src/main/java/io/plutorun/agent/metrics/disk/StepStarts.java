package io.plutorun.agent.metrics.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the own steps of names begin, in a process that resumed a run. What is said once is on disk before it is used, and never changes:
 * values that are sent a second time bear the same steps.
 */
public final class StepStarts {

    private final StepFile file;
    private final Map<String, Long> starts = new HashMap<>();
    private long end;

    /**
     * Reads what was said before.
     *
     * @throws IOException when the file is there and can't be read
     */
    public StepStarts(Path path) throws IOException {
        file = new StepFile(path);
        end = file.read((name, first) -> starts.putIfAbsent(name, first));
    }

    /** The first step of this name; null while it is not known. */
    public @Nullable Long of(String name) {
        Long start = starts.get(name);
        return start != null ? start : starts.get("");
    }

    /**
     * Says where a name's own steps begin; nothing when that was said before.
     *
     * @param name the name; empty for all that nothing else is said about
     * @throws IOException when the disk refuses it; then it does not hold
     */
    public void set(String name, long first) throws IOException {
        if (!starts.containsKey(name)) {
            end = file.writeDurably(end, name, first);
            starts.put(name, first);
        }
    }
}

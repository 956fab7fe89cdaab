package io.plutorun.agent.ingest;

import io.plutorun.agent.journal.JournalDirectory;
import io.plutorun.agent.metrics.LeftBehind;
import io.plutorun.agent.metrics.disk.StepStarts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The steps of a run that are used by values which lie unsent in the folders of its other processes, beside one folder of values. */
final class UnsentSteps {

    private final Path values;

    /** By the names of their folders, which sort by time. */
    private final SortedMap<String, LeftBehind> folders = new TreeMap<>();

    /**
     * Reads them all.
     *
     * @param values the folder of values of this process, which is left out
     * @param runKey how the run is known on disk
     */
    UnsentSteps(Path values, String runKey) throws IOException {
        this.values = values;
        try (DirectoryStream<Path> beside =
                Files.newDirectoryStream(values.resolveSibling(""), "*" + JournalDirectory.VALUES_SUFFIX)) {
            for (Path other : beside) {
                if (!other.getFileName().equals(values.getFileName())
                        && Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)) {
                    LeftBehind left = LeftBehind.read(other, runKey);
                    if (!left.isEmpty()) {
                        folders.put(other.getFileName().toString(), left);
                    }
                }
            }
        }
    }

    /** Whether an earlier process has left values. */
    boolean areOfEarlierProcesses() {
        return !earlier().isEmpty();
    }

    private SortedMap<String, LeftBehind> earlier() {
        return folders.headMap(values.getFileName().toString());
    }

    /** The largest step of a name, as far as it is known; -1 when none is. */
    long largest(String name) {
        long largest = -1;
        for (LeftBehind left : folders.values()) {
            largest = Math.max(largest, left.largestSteps().getOrDefault(name, -1L));
        }
        return largest;
    }

    /**
     * Reserves steps for the values of earlier processes that nobody has given any, one process behind the other.
     *
     * @param from where free steps begin
     * @return where free steps begin behind them
     */
    long reserve(String name, long from) throws IOException {
        long free = from;
        for (Map.Entry<String, LeftBehind> other : earlier().entrySet()) {
            Long used = other.getValue().ownSteps().get(name);
            Long first = used == null ? null : first(values.resolveSibling(other.getKey()), name, free);
            free = used == null || first == null ? free : Math.max(free, first + used);
        }
        return free;
    }

    /** Where the steps of a name begin in a folder, by now or from now on; null when it is gone, since all in it was sent. */
    private static @Nullable Long first(Path folder, String name, long free) throws IOException {
        try {
            Long begun = new StepStarts(folder.resolve("values.steps")).of(name);
            return begun != null ? begun : Long.valueOf(new ReservedSteps(folder).reserve(name, free));
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}

package io.plutorun.agent.journal;

import io.plutorun.agent.api.StartedRun;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The journals that this process has open, under their absolute paths.
 *
 * <p>On POSIX a process loses its lock on a file when it closes <em>any</em> descriptor of that file. So a journal that this process has
 * open is never opened a second time, not even to be read. That is true of the process as a whole, so this is static.
 */
final class OpenJournals {

    /** Guarded by the class's lock. */
    private static final Set<Path> OPEN = new HashSet<>();

    /** How many threads read a journal at this moment, which nobody has open. Guarded by the class's lock. */
    private static final Map<Path, Integer> READERS = new HashMap<>();

    private static final Map<Path, StartedRun> RUNS = new ConcurrentHashMap<>();
    private static final Map<Path, RunRecord.Start> STARTS = new ConcurrentHashMap<>();

    private OpenJournals() {}

    static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /**
     * Takes the right to open a journal, when no thread of this process reads it any more; false when this process has it open. A journal that
     * is merely being read is not in use.
     */
    static synchronized boolean enter(Path key) {
        boolean interrupted = false;
        while (READERS.containsKey(key)) {
            try {
                OpenJournals.class.wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return OPEN.add(key);
    }

    static synchronized void leave(Path key) {
        RUNS.remove(key);
        STARTS.remove(key);
        OPEN.remove(key);
    }

    /** Takes the right to read a journal, which others may read too; false when this process has it open. */
    static synchronized boolean beginReading(Path key) {
        if (OPEN.contains(key)) {
            return false;
        }
        READERS.merge(key, 1, Integer::sum);
        return true;
    }

    static synchronized void endReading(Path key) {
        READERS.computeIfPresent(key, (any, readers) -> readers == 1 ? null : readers - 1);
        OpenJournals.class.notifyAll();
    }

    /** Notes which run a journal that is being written is of. */
    static void wrote(Path key, JournalFormat.Line line) {
        if (line instanceof JournalFormat.StartDelivered started) {
            RUNS.put(key, started.run());
        } else if (line instanceof JournalFormat.Happened happened
                && happened.record() instanceof RunRecord.Start start) {
            STARTS.put(key, start);
        }
    }

    /** Whether this process writes another journal, in the same folder, of the run of this number. */
    static boolean isWrittenBeside(Path key, long runId) {
        return RUNS.entrySet().stream()
                .anyMatch(open -> open.getValue().runId() == runId
                        && !open.getKey().equals(key)
                        && open.getKey().resolveSibling("").equals(key.resolveSibling("")));
    }

    /** Whether this process writes another journal, anywhere, that begins the run which this start means. */
    static boolean isBegunElsewhere(Path key, RunRecord.Start start) {
        return STARTS.entrySet().stream()
                .anyMatch(open -> !open.getKey().equals(key) && start.meansRunOf(open.getValue(), run(open.getKey())));
    }

    /** That run, as the server named it; null when no journal begins it, or the server has not answered. */
    static @Nullable StartedRun begunElsewhere(Path key, RunRecord.Start start) {
        return STARTS.entrySet().stream()
                .filter(open -> !open.getKey().equals(key) && start.meansRunOf(open.getValue(), run(open.getKey())))
                .map(open -> run(open.getKey()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable StartedRun run(Path key) {
        return RUNS.get(key);
    }
}

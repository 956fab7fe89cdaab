package io.plutorun.agent.journal;

import io.plutorun.agent.api.StartedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
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

    /** Those of runs to which this process only adds values: it goes on with none of them. */
    private static final Set<Path> WORKERS = ConcurrentHashMap.newKeySet();

    /** What this process has begun, and closed the journal of, while somebody looks at earlier journals. Guarded by the class's lock. */
    private static final List<Begun> CLOSED = new ArrayList<>();

    /** How many look at earlier journals. Guarded by the class's lock. */
    private static int lookers;

    private record Begun(RunRecord.Start start, @Nullable StartedRun run) {}

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
        StartedRun run = RUNS.remove(key);
        RunRecord.Start start = STARTS.remove(key);
        WORKERS.remove(key);
        if (lookers > 0 && start != null && !start.isOfItsOwn()) { // nobody else can have a random id
            CLOSED.add(new Begun(identityOf(start), run));
        }
        OPEN.remove(key);
    }

    /** All that {@link RunRecord.Start#meansRunOf} looks at: a start with its config may be large. */
    private static RunRecord.Start identityOf(RunRecord.Start start) {
        return new RunRecord.Start(
                start.at(),
                start.target(),
                start.project(),
                start.name(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                start.part());
    }

    /** See {@link JournalStore#beginLookingBack}. */
    static synchronized void beginLookingBack() {
        lookers++;
    }

    static synchronized void endLookingBack() {
        lookers--;
        if (lookers == 0) {
            CLOSED.clear();
        }
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
        if (line instanceof JournalFormat.StartDelivered started && !WORKERS.contains(key)) {
            RUNS.put(key, started.run());
        } else if (line instanceof JournalFormat.Happened happened
                && happened.record() instanceof RunRecord.Start start) {
            if (start.part().isWorker()) {
                WORKERS.add(key);
            } else {
                STARTS.put(key, start);
            }
        }
    }

    /** Whether this process writes another journal, in the same folder, of the run of this number. */
    static boolean isWrittenBeside(Path key, long runId) {
        return RUNS.entrySet().stream()
                .anyMatch(open -> open.getValue().runId() == runId
                        && !open.getKey().equals(key)
                        && open.getKey().resolveSibling("").equals(key.resolveSibling("")));
    }

    /** Whether this process writes another journal, anywhere, that begins the run which this start means; or has written it since. */
    static synchronized boolean isBegunElsewhere(Path key, RunRecord.Start start) {
        return begunElsewhere(key).anyMatch(begun -> start.meansRunOf(begun.start(), begun.run()));
    }

    /** That run, as the server named it; null when no journal begins it, or the server has not answered. */
    static synchronized @Nullable StartedRun namedElsewhere(Path key, RunRecord.Start start) {
        return begunElsewhere(key)
                .filter(begun -> begun.run() != null && start.meansRunOf(begun.start(), begun.run()))
                .map(Begun::run)
                .findFirst()
                .orElse(null);
    }

    private static Stream<Begun> begunElsewhere(Path key) {
        Stream<Begun> open = STARTS.entrySet().stream()
                .filter(begun -> !begun.getKey().equals(key))
                .map(begun -> new Begun(begun.getValue(), RUNS.get(begun.getKey())));
        return Stream.concat(open, CLOSED.stream());
    }
}

package io.plutorun.agent.journal;

import io.plutorun.agent.api.StartedRun;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the journals beside one tell of its run. Who resumes a run that is RUNNING leaves no event on the server, but a younger journal in
 * the same folder. Names sort by time.
 */
public final class SiblingJournals {

    private final JournalFile file;

    public SiblingJournals(JournalFile file) {
        this.file = file;
    }

    /** Whether another process, or this one, has gone on with the run of this number since. */
    public boolean goOnWith(long runId) throws IOException {
        return OpenJournals.isWrittenBeside(file.path(), runId)
                || isAmongYounger(contents ->
                        contents.started() != null && contents.started().runId() == runId);
    }

    /** Whether another process, or this one, has begun the run that this start means since. It is asked while the run's number is not known. */
    public boolean beginAgain(RunRecord.Start start) throws IOException {
        return OpenJournals.isBegunElsewhere(file.path(), start)
                || isAmongYounger(
                        contents -> contents.start() != null && start.meansRunOf(contents.start(), contents.started()));
    }

    /** The run that this start means, as the server named it to others, who began it earlier or later; null when it has not yet. */
    public @Nullable StartedRun named(RunRecord.Start start) throws IOException {
        @Nullable StartedRun[] found = {OpenJournals.namedElsewhere(file.path(), start)};
        if (found[0] == null) {
            var unused = isAmong(any -> true, contents -> {
                boolean same = contents.start() != null && start.meansRunOf(contents.start(), contents.started());
                found[0] = same ? contents.started() : null;
                return found[0] != null;
            });
        }
        return found[0];
    }

    private boolean isAmongYounger(Predicate<JournalContents> what) throws IOException {
        String name = String.valueOf(file.path().getFileName());
        return isAmong(other -> other.compareTo(name) > 0, what);
    }

    private boolean isAmong(Predicate<String> names, Predicate<JournalContents> what) throws IOException {
        try (DirectoryStream<Path> beside =
                Files.newDirectoryStream(file.path().resolveSibling(""), "*" + JournalDirectory.SUFFIX)) {
            for (Path other : beside) {
                if (names.test(String.valueOf(other.getFileName())) && says(other, what)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean says(Path path, Predicate<JournalContents> what) {
        JournalContents contents = peek(path);
        return contents != null && !isWorkers(contents) && what.test(contents);
    }

    /** Who only adds values to a run does not go on with it. */
    private static boolean isWorkers(JournalContents contents) {
        RunRecord.Start start = contents.start();
        return start != null && start.part().isWorker();
    }

    /**
     * What a journal says, read without a lock, since a process may be writing; null when it says nothing, or this process has it open.
     * Who wants to open it meanwhile waits.
     */
    public static @Nullable JournalContents peek(Path path) {
        Path key = OpenJournals.key(path);
        if (!OpenJournals.beginReading(key)) {
            return null;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(key, LinkOption.NOFOLLOW_LINKS))) {
            return JournalContents.read(in);
        } catch (IOException | MalformedException e) {
            return null; // it was removed at this moment, or tells nothing
        } finally {
            OpenJournals.endReading(key);
        }
    }
}

package io.plutorun.agent.replay;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.JournalContents;
import io.plutorun.agent.journal.JournalDirectory;
import io.plutorun.agent.journal.JournalFile;
import io.plutorun.agent.journal.JournalFormat;
import io.plutorun.agent.journal.JournalLock;
import io.plutorun.agent.journal.MalformedException;
import io.plutorun.agent.journal.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what a process that is gone has left: with its original times, so that the server's pages show when it happened, and so that
 * the server does not declare the run dead while it is delivered (docs/pluto-api.md, "Runs that the server declares dead"). Safe to repeat,
 * and to be cut short at any point: what was delivered is marked.
 */
public final class Replay {

    private static final String DELIVERED_ALREADY = "it is delivered already";

    private final PlutoApi api;
    private final Duration timeout;
    private final boolean keep;
    private final @Nullable String onlyFor;
    private final Consumer<String> progress;
    private final LookUps lookUps;

    /**
     * Makes a replay.
     *
     * @param api the server
     * @param onlyFor the API whose journals alone are delivered; null for all
     * @param timeout how long one request may take
     * @param keep whether delivered journals stay, in a folder of their own
     */
    public Replay(PlutoApi api, @Nullable String onlyFor, Duration timeout, boolean keep) {
        this(api, onlyFor, timeout, keep, line -> {});
    }

    /**
     * Makes a replay, as {@link #Replay(PlutoApi, String, Duration, boolean)} does.
     *
     * @param progress hears how far the upload of a large file has come; called on any thread
     */
    public Replay(PlutoApi api, @Nullable String onlyFor, Duration timeout, boolean keep, Consumer<String> progress) {
        this(api, onlyFor, timeout, keep, progress, new LookUps());
    }

    Replay(
            PlutoApi api,
            @Nullable String onlyFor,
            Duration timeout,
            boolean keep,
            Consumer<String> progress,
            LookUps lookUps) {
        this.api = api;
        this.onlyFor = onlyFor;
        this.timeout = timeout;
        this.keep = keep;
        this.progress = progress;
        this.lookUps = lookUps;
    }

    /** Delivers one journal. Whatever is wrong with it is the result, so that others have their turn. */
    public ReplayResult deliver(Path path) {
        try {
            JournalFile file = JournalFile.open(path);
            if (file == null) {
                return new ReplayResult.InUse();
            }
            try (file) {
                return deliver(file);
            } catch (MalformedException e) {
                return setAside(file, "it can't be read: " + e.getMessage());
            }
        } catch (NoSuchFileException e) {
            return new ReplayResult.InUse(); // whoever was at work on it has just been done
        } catch (IOException e) {
            return new ReplayResult.Left("it can't be read: " + e, false);
        } catch (RuntimeException e) {
            return new ReplayResult.Left("it can't be delivered: " + e, false);
        } catch (OutOfMemoryError e) {
            return new ReplayResult.Left("it needs more memory than this JVM may use; raise -Xmx", false);
        }
    }

    private ReplayResult deliver(JournalFile file) throws IOException, MalformedException {
        Instant lastWritten = Files.getLastModifiedTime(file.path()).toInstant();
        JournalContents contents = file.read();
        JournalFormat.Header header = contents.header();
        if (header == null) {
            return notBegun(file, contents);
        }
        JournalLock.Writer writer =
                contents.isOpen() ? JournalLock.writer(file.path(), header) : JournalLock.Writer.GONE;
        if (writer == JournalLock.Writer.ALIVE) {
            return new ReplayResult.InUse();
        }
        String meantFor = header.api();
        if (onlyFor != null && !onlyFor.equals(meantFor)) {
            return new ReplayResult.ForAnother(String.valueOf(meantFor));
        }
        boolean isItsServer = meantFor == null || meantFor.equals(api.url().toString());
        RunRecord.Start start = contents.start();
        if (start == null) {
            return notBegun(file, contents);
        }
        boolean mayGoOn = writer == JournalLock.Writer.UNSEEN;
        JournalReplay journal =
                new JournalReplay(api, timeout, file, contents, start, lastWritten, isItsServer, mayGoOn, lookUps);
        ValuesReplay values = new ValuesReplay(api, timeout, file.values(), start);
        FilesReplay files = new FilesReplay(
                api,
                start,
                isItsServer ? contents.files() : contents.filesForAnother(),
                isItsServer ? state -> file.append(state, false) : state -> {},
                progress);
        LeftOut leftOut = new LeftOut(contents.torn());
        try {
            boolean isWorkers = start.part().isWorker(); // the run's end is another process's
            boolean isDone = contents.isDone() || isWorkers;
            boolean mayBeUndone = isDone && contents.unanswered() != null && !(contents.dropped() || isWorkers);
            if (isDone
                    && !isItsServer
                    && (contents.started() != null || isWorkers)
                    && (mayBeUndone || values.areThere() || files.areThere())) {
                return new ReplayResult.ForAnother(String.valueOf(meantFor));
            }
            if (isDone && !mayBeUndone) {
                return restAlone(file, contents, journal, values, files, leftOut);
            }
            ReplayResult result = mayBeUndone ? readBack(journal) : journal.deliver();
            if (result instanceof ReplayResult.Delivered || result instanceof ReplayResult.Nothing) {
                values.deliver(journal, leftOut); // behind the verdict, which waits for none of them
                files.deliver(journal, leftOut);
                if (!journal.mayBeUndone()) {
                    done(file);
                }
            }
            return result instanceof ReplayResult.Delivered delivered ? delivered.leavingOut(leftOut.words()) : result;
        } catch (StoppedException e) {
            return e.isFinal() ? setAside(file, e.why()) : new ReplayResult.Left(e.why(), e.concernsAll());
        }
    }

    /**
     * A journal that tells of no run. It goes only if it never did: a start that was cut off, or values beside it, are of a run that had begun.
     */
    private static ReplayResult notBegun(JournalFile file, JournalContents contents) throws IOException {
        boolean hasValues = Files.isDirectory(file.values(), LinkOption.NOFOLLOW_LINKS);
        if (hasValues || contents.torn()) {
            String what = contents.torn() ? "the start of its run is cut off" : "the start of its run is missing";
            return setAside(file, "it can't be read: " + what + (hasValues ? "; its values lie beside it" : ""));
        }
        file.remove();
        return new ReplayResult.Nothing("its process died before the run had begun");
    }

    /** The verdict was delivered, and a request that was left without an answer may have undone it since. */
    private static ReplayResult readBack(JournalReplay journal) throws StoppedException, IOException {
        try {
            ReplayResult result = journal.deliver();
            if (journal.isVerdictGiven() || !(result instanceof ReplayResult.Delivered)) {
                return result;
            }
            return new ReplayResult.Nothing(
                    journal.mayBeUndone()
                            ? "its verdict stands; it is kept for some minutes, since a request that was never answered"
                                    + " may undo that"
                            : DELIVERED_ALREADY);
        } catch (StoppedException e) {
            if (e.isFinal()) {
                return new ReplayResult.Nothing("its run is not on the server any more");
            }
            throw e;
        }
    }

    /** The records are delivered already, or nobody wants them: values and files may be left. */
    private ReplayResult restAlone(
            JournalFile file,
            JournalContents contents,
            JournalReplay journal,
            ValuesReplay values,
            FilesReplay files,
            LeftOut leftOut)
            throws StoppedException, IOException {
        boolean delivered = !contents.dropped() && values.deliver(journal, leftOut);
        delivered |= !contents.dropped() && files.deliver(journal, leftOut);
        done(file);
        StartedRun run = contents.started();
        RunRecord.End end = contents.end();
        return delivered && run != null && end != null
                ? new ReplayResult.Delivered(run, end.status(), leftOut.words())
                : new ReplayResult.Nothing(
                        delivered ? "its values or files were left, and are delivered" : DELIVERED_ALREADY);
    }

    private void done(JournalFile file) throws IOException {
        if (keep) {
            var unused = file.moveTo(JournalDirectory.DELIVERED);
        } else {
            file.remove();
        }
    }

    private static ReplayResult setAside(JournalFile file, String why) throws IOException {
        if (JournalDirectory.isSetAside(file.path())) {
            return new ReplayResult.Left(why, false);
        }
        var unused = file.moveTo(JournalDirectory.SET_ASIDE);
        return new ReplayResult.SetAside(why);
    }
}

package io.plutorun.agent.files;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.ingest.UploadedRun;
import io.plutorun.agent.journal.JournalContents.FileOfRun;
import io.plutorun.agent.journal.JournalFormat.FileState;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.send.AnswerRule;
import io.plutorun.agent.send.Backoff;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run. Each is a record of its journal first, and is sent from when the server has the run; the journal stays until all have
 * arrived, or are told to be gone.
 *
 * <p>The object's lock is held for the change of a field, and while a record is handed to the journal, which waits for nothing; never while a
 * disk is looked at or a request is made. The locks of the journal and of the session come after it.
 */
public final class RunFiles {

    /** How long a call waits until its file was looked at; a disk that does not answer costs this much once. */
    private static final Duration MAX_WAIT = Duration.ofMillis(50);

    /** How long the run's end waits until its files were looked at. */
    private static final Duration MAX_WAIT_AT_END = Duration.ofSeconds(1);

    private static final int MAX_FILES = 10_000;

    private final FilesSession session;
    private final RunJournal journal;
    private final RunRecord.Start start;
    private final FileMessages messages;
    private final Map<String, String> names = new HashMap<>(); // of the thread that sends
    private final List<Sending> unsent = new ArrayList<>();
    private long count;
    private int open;
    private boolean isEnded;
    private boolean isLeft;
    private @Nullable StartedRun run;

    /**
     * Makes the files of a run, none so far.
     *
     * @param journal the run's journal, to which its start has been written
     */
    public RunFiles(FilesSession session, RunJournal journal, RunRecord.Start start) {
        this.session = session;
        this.journal = journal;
        this.start = start;
        this.messages = new FileMessages(session.console(), this::label);
    }

    /**
     * The program has named a file. Waits for nothing but a moment until another thread has looked at it.
     *
     * @param name the name under which the pages show it; null for the file's own
     */
    public void add(@Nullable String name, Path path) {
        boolean isOfThisMachine =
                path.getClass().getClassLoader() == null && path.getFileSystem() == FileSystems.getDefault();
        if (!isOfThisMachine) {
            messages.notTaken(path.getClass().getName(), "it is of another file system than the machine's own");
            return;
        }
        if (FileNames.isLost(path)) {
            messages.notTaken(path.toString(), "its name holds characters that " + FileNames.LOST);
            return;
        }
        File file = path.toFile().getAbsoluteFile();
        if (!session.look(() -> look(name, file), MAX_WAIT)) {
            messages.notTaken(file.getPath(), "too many are waiting for a disk that does not answer");
        }
    }

    /** The agent itself has something to say that is too long for the run's page. It is kept with the records. */
    public void addText(String logName, String fileName, String text) {
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        var unused = recorded(new RunRecord.File(ofRank(logName), fileName, null, bytes, Instant.now(), text));
    }

    /** On the thread that may wait for a disk. */
    private void look(@Nullable String name, File file) {
        String problem = FileContent.refusal(file);
        if (problem != null) {
            messages.notTaken(file.getPath(), problem);
            return;
        }
        String ownName = file.getName();
        String refusal = recorded(new RunRecord.File(
                ofRank(FileNames.logName(name == null ? ownName : name)),
                FileNames.fileName(ownName),
                file.getPath(),
                file.length(),
                FileContent.modified(file),
                null));
        if (refusal != null) {
            messages.notTaken(file.getPath(), refusal);
        }
    }

    /** Each process has names of its own: of the same names the server keeps one file. */
    private String ofRank(String logName) {
        RunRecord.Part part = start.part();
        String process = part.isWorker() ? part.worker() + "/" : "rank" + part.rank() + "/";
        return part.follows() ? process + logName : logName;
    }

    private @Nullable String recorded(RunRecord.File file) {
        return recordedAsItIs(journal.redacted(file));
    }

    private synchronized @Nullable String recordedAsItIs(RunRecord.File file) {
        if (count == MAX_FILES) {
            return "a run has 10,000 files at most";
        }
        boolean isSent = session.api() != null;
        if (count == 0 && isSent) {
            journal.beginFiles();
        }
        if (!journal.appendSoon(file)) {
            return "the run has ended";
        }
        count++;
        if (isSent) {
            open++;
            unsent.add(new Sending(new FileOfRun(file, FileState.of(count))));
            sendIfStarted();
        }
        return null;
    }

    /** The server has the run. */
    public synchronized void started(StartedRun started) {
        run = started;
        sendIfStarted();
    }

    private void sendIfStarted() {
        if (run != null) {
            unsent.forEach(session::send);
            unsent.clear();
        }
    }

    /** The work of the run is over: takes what the settings name, and sees to it that what was named before is in the journal. */
    public void ending() {
        boolean takes = !session.patterns().isEmpty() && !start.part().follows();
        boolean isLookedFor;
        synchronized (this) {
            isLookedFor = takes || count > 0;
        }
        if (!isLookedFor) {
            return;
        }
        AtomicBoolean isDone = new AtomicBoolean(!takes);
        Runnable search = () -> {
            takePatterns();
            isDone.set(true);
        };
        session.look(takes ? search : () -> {}, MAX_WAIT_AT_END);
        if (!isDone.get()) {
            messages.searchUnfinished();
        }
    }

    private void takePatterns() {
        for (String pattern : session.patterns()) {
            String problem = new FilePattern(pattern, this::look).search();
            if (!problem.isEmpty()) {
                messages.patternFails(pattern, problem);
            }
        }
    }

    /** The run has its verdict, or the server will not have it: no more files are named. */
    public void ended() {
        synchronized (this) {
            isEnded = true;
        }
        settleIfDone();
    }

    /**
     * The server will not have the run.
     *
     * @param forGood whether it never will
     */
    public void refused(boolean forGood) {
        synchronized (this) {
            isLeft |= !forGood && open > 0;
            open = 0;
            unsent.clear();
        }
        if (forGood) {
            ended();
        }
    }

    private void settleIfDone() {
        boolean allDelivered;
        synchronized (this) {
            if (!isEnded || open > 0 || count == 0) {
                return;
            }
            allDelivered = !isLeft;
        }
        journal.filesSettled(allDelivered);
    }

    private void done(boolean isDelivered) {
        synchronized (this) {
            open--;
            isLeft |= !isDelivered;
        }
        settleIfDone();
    }

    private synchronized @Nullable StartedRun startedRun() {
        return run;
    }

    private synchronized String label() {
        return run == null ? start.name() : run.label();
    }

    /** A file on its way. */
    private final class Sending implements FilesSession.Task {

        private final FileOfRun file;
        private @Nullable FileUpload upload;
        private @Nullable Backoff backoff;

        Sending(FileOfRun file) {
            this.file = file;
        }

        @Override
        public boolean isNamed() {
            return FileMessages.isNamed(file.record());
        }

        @Override
        public @Nullable Duration attempt() {
            PlutoApi api = session.api();
            IngestApi ingest = session.ingest();
            StartedRun started = startedRun();
            if (api == null || ingest == null || started == null) {
                messages.left(file.record(), "the URL of the ingest service is not known, set PLUTO_URL_INGEST");
                done(false);
                return null;
            }
            FileUpload sending = upload;
            if (sending == null) {
                sending = new FileUpload(
                        api,
                        ingest,
                        UploadedRun.of(start, started),
                        file,
                        names,
                        journal::fileState,
                        messages.progress(file.record()));
                upload = sending;
            }
            Outcome<FileUpload.Settled> outcome = sending.attempt();
            if (outcome instanceof Outcome.Answer<FileUpload.Settled> answer) {
                messages.settled(file.record(), answer.value());
                done(true);
                return null;
            }
            if (!outcome.isTransient()) {
                messages.left(file.record(), outcome);
                done(AnswerRule.isNoSuchRun(outcome)); // then it is of no use to anybody
                return null;
            }
            Backoff after = backoff;
            if (after == null) {
                after = new Backoff();
                backoff = after;
                messages.failing(file.record(), outcome);
            }
            return after.next(outcome);
        }
    }
}

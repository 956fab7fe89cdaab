package io.plutorun.agent.values;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.current.RunStates;
import io.plutorun.agent.current.Search;
import io.plutorun.agent.failure.Failures;
import io.plutorun.agent.failure.RunFailure;
import io.plutorun.agent.files.FilesSession;
import io.plutorun.agent.files.RunFiles;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.metrics.RunValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An open run, as those see it who record by themselves what it does. */
public final class OpenRun implements CurrentRun {

    private final LoggedValues logged;
    private final RunFiles files;
    private final RunFailure failure;
    private final RunJournal journal;
    private final RunRecord.Start start;
    private final Supplier<@Nullable CancellationException> cancellation;
    private final Consumer<Search> searches;
    private final RunTags tags;
    private final RunStates states = new RunStates();
    private volatile @Nullable RunAddress address;

    /**
     * Makes it of a run whose start is in its journal.
     *
     * @param session what the values of all runs share
     * @param files what the files of all runs share
     * @param failures what all runs share that fail
     * @param journal where its records go
     * @param start its start
     * @param executing the threads that execute it, as far as they are known
     * @param cancellation see {@link CurrentRun#cancellation}
     * @param searches takes searches that the run has made
     */
    public OpenRun(
            ValuesSession session,
            FilesSession files,
            Failures failures,
            RunJournal journal,
            RunRecord.Start start,
            Supplier<List<Thread>> executing,
            Supplier<@Nullable CancellationException> cancellation,
            Consumer<Search> searches) {
        this.logged = new LoggedValues(session, journal, start, executing);
        this.files = new RunFiles(files, journal, start);
        this.failure = new RunFailure(failures, this.files, executing);
        this.journal = journal;
        this.start = start;
        this.tags = new RunTags(start.tags(), this.logged::tooManyTags);
        this.cancellation = cancellation;
        this.searches = searches;
    }

    private boolean speaksForRun() {
        return !start.part().follows();
    }

    /** What is logged of it. */
    public LoggedValues logged() {
        return logged;
    }

    /** What is recorded beside its verdict where it fails. */
    public RunFailure failure() {
        return failure;
    }

    /**
     * The verdict of the run is decided, and recorded next.
     *
     * @param isAboutThreads whether it matters what the threads do at this moment
     * @return the verdict, with what else speaks for it
     */
    public RunRecord.End ending(RunRecord.End end, boolean isAboutThreads) {
        if (start.part().isWorker()) {
            return end;
        }
        try {
            if (isAboutThreads) {
                failure.dump();
            }
            files.ending();
            return failure.with(end);
        } catch (RuntimeException | Error e) { // for want of memory perhaps; the verdict itself is what counts
            return end;
        }
    }

    /** The server has the run. */
    public void started(StartedRun run) {
        address = new RunAddress(
                run.runId(), run.project() == null ? start.project() : run.project(), start.externalId());
        logged.started(run);
        files.started(run);
        failure.began();
    }

    /** The server will not have the run; see {@link LoggedValues#refused}. */
    public void refused(boolean forGood) {
        logged.refused(forGood);
        files.refused(forGood);
    }

    /** The run has its verdict. */
    public void ended() {
        logged.ended();
        files.ended();
    }

    @Override
    public RunValues values() {
        return logged.entry();
    }

    @Override
    public void addConfig(Map<String, @Nullable Object> config) {
        if (speaksForRun() && !config.isEmpty()) {
            journal.appendSoon(new RunRecord.Config(config));
        }
    }

    @Override
    public void addTags(List<String> given) {
        if (!speaksForRun()) {
            return;
        }
        List<String> added = tags.add(given);
        if (!added.isEmpty()) {
            journal.appendSoon(new RunRecord.Tags(added));
        }
    }

    @Override
    public void setNotes(String notes) {
        if (speaksForRun()) {
            journal.appendSoon(new RunRecord.Notes(notes));
        }
    }

    @Override
    public boolean beginConsole() {
        if (speaksForRun()) {
            logged.begin();
        }
        return speaksForRun();
    }

    @Override
    public void addSearch(Search search) {
        if (speaksForRun()) {
            searches.accept(search);
        }
    }

    @Override
    public void addFile(@Nullable String name, Path path) {
        files.add(name, path);
    }

    @Override
    public @Nullable CancellationException cancellation() {
        return cancellation.get();
    }

    @Override
    public @Nullable RunAddress address() {
        return address;
    }

    @Override
    public <T> T state(Class<T> type, Supplier<T> fresh) {
        return states.get(type, fresh);
    }
}

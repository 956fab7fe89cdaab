package io.plutorun.agent.journal;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.edge.Redactor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The records of one run: on disk first, then, where there is a server to send them to, with whoever delivers them. What has been
 * delivered is marked on disk; when all is delivered the journal is removed, and until then it tells what is missing.
 *
 * <p>Lock order: this object, then the receiver's locks. No lock is held while the disk is waited for, and every wait is bounded.
 */
public final class RunJournal {

    /**
     * Takes a run's records from its journal, in their order. Called with the journal's lock held, so it must not block. A record may not
     * be on disk yet: who sends it waits for that by {@link #sync}.
     */
    public interface Receiver {

        /** A record was added to the journal, already redacted. */
        void take(RunRecord record);

        /** See {@link RunJournal#abandon}. */
        void abandon();
    }

    private final Redactor redactor;
    private final JournalWriter writer;
    private volatile @Nullable Receiver receiver;
    private boolean endWritten;
    private boolean closed;

    /**
     * Makes the journal of a run.
     *
     * @param redactor what every record passes
     * @param writer brings the records to the disk
     */
    RunJournal(Redactor redactor, JournalWriter writer) {
        this.redactor = redactor;
        this.writer = writer;
    }

    /** Hands the records on to a receiver, from now on. */
    public void sendWith(Receiver receiver) {
        this.receiver = receiver;
    }

    /**
     * Adds what happened. It is on disk when this returns, unless the disk does not answer, and is delivered after all that was added
     * before. An end is the last; where memory does not suffice for it, it may be added again.
     */
    public void append(RunRecord record) {
        RunRecord redacted = record.redactedBy(redactor);
        DiskThread.Task written = add(redacted);
        if (written != null) {
            written.await();
        }
    }

    /**
     * The same, and nobody waits for the disk: for what the run can do without if the machine stops at this moment.
     *
     * @return whether it was added: nothing is behind the end
     */
    public boolean appendSoon(RunRecord record) {
        return add(record.redactedBy(redactor)) != null;
    }

    private synchronized DiskThread.@Nullable Task add(RunRecord redacted) {
        if (closed) {
            return null;
        }
        Receiver taker = receiver;
        boolean isLast = redacted.isLast();
        DiskThread.Task written = null;
        if (!endWritten) {
            written = writer.write(new JournalFormat.Happened(redacted), isLast && taker == null);
            endWritten = isLast;
        }
        if (taker != null) {
            taker.take(redacted);
        }
        closed = isLast;
        if (isLast && taker == null) {
            return redacted instanceof RunRecord.Left ? writer.delivered() : writer.close();
        }
        return written;
    }

    /**
     * The run's values are written to the folder beside the file from now on: the file is neither removed nor given up before
     * {@link #valuesSettled}.
     *
     * @return the folder, which does not exist yet; null where there is no file, or nothing more is written to it
     */
    public @Nullable Path beginValues() {
        return writer.beginValues();
    }

    /**
     * This process does nothing more about the run's values.
     *
     * @param allDelivered whether they have all arrived; if not, file and values stay for later
     */
    public void valuesSettled(boolean allDelivered) {
        writer.settled(JournalWriter.Beside.VALUES, allDelivered).await();
    }

    /** A file's record as it is written, and as it may be sent. */
    public RunRecord.File redacted(RunRecord.File file) {
        return file.redactedBy(redactor);
    }

    /** Files of the run are uploaded from now on: the journal is neither removed nor given up before {@link #filesSettled}. */
    public void beginFiles() {
        var unused = writer.begin(JournalWriter.Beside.FILES);
    }

    /** Notes how far the upload of a file has come. */
    public void fileState(JournalFormat.FileState state) {
        writer.write(state, false).await();
    }

    /** This process does nothing more about the run's files; see {@link #valuesSettled}. */
    public void filesSettled(boolean allDelivered) {
        writer.settled(JournalWriter.Beside.FILES, allDelivered).await();
    }

    /** Does all that {@link #append} does with a record before it is written, so that its classes are loaded; it is not added. */
    public void warmUp(RunRecord record) {
        redactor.warmUp(); // what it will find in a program's texts is not known
        var unused = JournalFile.encode(new JournalFormat.Happened(record.redactedBy(redactor)));
    }

    /** Has the server told that the run is going on, unless it has ended; resumes it where the server has taken it for dead. */
    public synchronized void stillAlive() {
        Receiver taker = receiver;
        if (!closed && taker != null) {
            taker.take(new RunRecord.Alive());
        }
    }

    /**
     * Gives the run up before it has started: no run shall come of it. A request that is on its way may have made one all the same;
     * that one gets the verdict.
     */
    public void abandon(RunRecord.End verdict) {
        Receiver taker = receiver;
        if (taker != null) {
            taker.abandon();
        }
        append(verdict);
    }

    /** Where the records are on disk; null when they are not. */
    public @Nullable String path() {
        Path path = writer.path();
        return path == null ? null : path.toString();
    }

    /**
     * Has what is written reach the disk itself, so that it survives the machine: before a request that tells of it. Not in {@link #append},
     * since the program's thread would wait for the disk.
     */
    public void sync() {
        writer.sync().await();
    }

    /**
     * The server has taken the start.
     *
     * @param marked whether the run bears the start's mark
     */
    public void startDelivered(StartedRun run, boolean marked) {
        writer.write(new JournalFormat.StartDelivered(run, Instant.now(), marked), false)
                .await();
    }

    /** The server has taken the run up once more, which this process had asked for. */
    public void startDelivered(StartedRun run) {
        startDelivered(run, false);
    }

    /** The server has answered for so many records after the start. */
    public void delivered(long records) {
        writer.write(new JournalFormat.Delivered(records), false).await();
    }

    /** Writes the file again where somebody has removed it, so that what is not delivered is there for later. Does not wait for the disk. */
    public CompletableFuture<JournalFile.OnDisk> restore() {
        return writer.restore();
    }

    /**
     * The server has answered for all records, and for the verdict. It may be undone by a request that was left without an answer, so the
     * journal stays, for who looks at the run later.
     *
     * @param unanswered when the last one was
     */
    public void deliveredForNow(long records, Instant unanswered) {
        writer.write(new JournalFormat.Delivered(records, unanswered), false);
        release();
    }

    /** The run will never be on the server: nothing must be delivered later. */
    public void drop(String why) {
        writer.write(new JournalFormat.Dropped(why), false);
        remove();
    }

    /** All is delivered: the journal has done its work. */
    public void remove() {
        writer.delivered().await();
    }

    /** Nothing more is written; what is not delivered stays for later. */
    public void release() {
        writer.close().await();
    }

    /** The same, without waiting for the disk, so that it may be called with a lock held. */
    public void releaseSoon() {
        writer.close();
    }
}

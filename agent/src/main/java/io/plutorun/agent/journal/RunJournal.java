package io.plutorun.agent.journal;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.journal.JournalFormat.Line;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The records of one run: on disk first, then, where there is a server to send them to, with whoever delivers them. What has been
 * delivered is marked on disk; when all is delivered the journal is removed, and until then it tells what is missing.
 */
public final class RunJournal {

    private final JournalStore store;
    private final Redactor redactor;
    private final @Nullable JournalFile file;
    private @Nullable RecordReceiver receiver;
    private boolean endWritten;
    private boolean closed;

    /**
     * Makes the journal of a run.
     *
     * @param store what made the file, and hears of it when it can't be written
     * @param redactor what every record passes
     * @param file where the records go; null where nothing can be written, and memory must do
     */
    RunJournal(JournalStore store, Redactor redactor, @Nullable JournalFile file) {
        this.store = store;
        this.redactor = redactor;
        this.file = file;
    }

    /** Hands the records on to a receiver, from now on. */
    public void sendWith(RecordReceiver receiver) {
        this.receiver = receiver;
    }

    /**
     * Adds what happened. It is on disk when this returns, and is delivered after all that was added before. An end is the last; where
     * memory does not suffice for it, it may be added again.
     */
    public synchronized void append(RunRecord record) {
        if (closed) {
            return;
        }
        RunRecord redacted = record.redactedBy(redactor);
        boolean isLast = redacted.isLast();
        if (!endWritten) {
            write(new JournalFormat.Happened(redacted), isLast && receiver == null);
            endWritten = isLast;
        }
        if (receiver != null) {
            receiver.take(redacted);
        }
        closed = isLast;
        if (receiver == null && redacted instanceof RunRecord.Left) {
            remove();
        } else if (isLast && receiver == null) {
            release();
        }
    }

    /** Does all that {@link #append} does with a record before it is written, so that its classes are loaded; it is not added. */
    public void warmUp(RunRecord record) {
        var unused = JournalFormat.write(new JournalFormat.Happened(record.redactedBy(redactor)));
    }

    /** Has the server told that the run is going on, unless it has ended; resumes it where the server has taken it for dead. */
    public synchronized void stillAlive() {
        if (!closed && receiver != null) {
            receiver.take(new RunRecord.Alive());
        }
    }

    /**
     * Gives the run up before it has started: no run shall come of it. A request that is on its way may have made one all the same;
     * that one gets the verdict.
     */
    public synchronized void abandon(RunRecord.End verdict) {
        if (receiver != null) {
            receiver.abandon();
        }
        append(verdict);
    }

    /** Where the records are on disk; null when they are not. */
    public @Nullable String path() {
        return file == null ? null : file.path().toString();
    }

    /**
     * Has what is written reach the disk itself, so that it survives the machine: before a request that tells of it. Not in {@link #append},
     * since the program's thread would wait for the disk.
     */
    public void sync() {
        onDisk(JournalFile::sync);
    }

    public void startDelivered(StartedRun run) {
        write(new JournalFormat.StartDelivered(run, Instant.now()), false);
    }

    public void delivered(long records) {
        write(new JournalFormat.Delivered(records), false);
    }

    /** The run will never be on the server: nothing must be delivered later. */
    public void drop(String why) {
        write(new JournalFormat.Dropped(why), false);
        remove();
    }

    /** All is delivered: the journal has done its work. */
    public void remove() {
        onDisk(store::remove);
    }

    /** Nothing more is written; what is not delivered stays for later. */
    public void release() {
        onDisk(JournalFile::close);
    }

    private void write(Line line, boolean durable) {
        onDisk(journal -> journal.append(line, durable));
    }

    /** Does something with the file, if there is one; where that fails a person is told, and the run goes on from memory. */
    private void onDisk(FileAction action) {
        if (file != null) {
            try {
                action.on(file);
            } catch (IOException e) {
                store.complain(file.path(), e);
            }
        }
    }

    private interface FileAction {
        void on(JournalFile file) throws IOException;
    }
}

package io.plutorun.agent.journal;

import io.plutorun.agent.journal.JournalFormat.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes one run's journal on the disk's thread. What can't be written is told to the owner of the file, and the run goes on from memory.
 * No method waits for the disk but {@link DiskThread.Task#await} on what it returns.
 */
final class JournalWriter {

    private final DiskThread disk;
    private final Owner owner;
    private final DiskThread.Task opened;
    private volatile @Nullable JournalFile file;

    /** What is brought to the server beside the records, and keeps the journal until it has arrived. */
    enum Beside {
        VALUES,
        FILES
    }

    // Guarded by this object's lock, which is never held while the disk is waited for.
    private final Set<Beside> underWay = EnumSet.noneOf(Beside.class);
    private final Set<Beside> left = EnumSet.noneOf(Beside.class);
    private @Nullable Action end;

    /** Makes journals, and hears what becomes of them. Called on the disk's thread. */
    interface Owner {

        /** Makes a journal that has its first line; null where none can be written, which has been told. */
        @Nullable
        JournalFile create();

        /** All of a journal is delivered. */
        void delivered(JournalFile file) throws IOException;

        /** Writes a journal again if somebody has removed it; returns whether that was so. */
        boolean restore(JournalFile file) throws IOException;

        /** Something could not be done with a journal. */
        void failed(Path path, IOException failure);
    }

    JournalWriter(DiskThread disk, Owner owner) {
        this.disk = disk;
        this.owner = owner;
        this.opened = disk.submit(() -> file = owner.create());
    }

    /** Where the journal lies; null where it could not be made, or the disk does not answer. */
    @Nullable
    Path path() {
        opened.await();
        JournalFile made = file;
        return made == null ? null : made.path();
    }

    /**
     * Adds a line.
     *
     * @param durable whether it must be on the disk itself, so that it survives the machine
     */
    DiskThread.Task write(Line line, boolean durable) {
        byte[] bytes = JournalFile.encode(line);
        return submit(journal -> journal.append(line, bytes, durable));
    }

    /** Has all that was written reach the disk itself. */
    DiskThread.Task sync() {
        return submit(JournalFile::sync);
    }

    /** Ends a journal that is delivered, but for the values and files of its run, which are waited for. */
    DiskThread.Task delivered() {
        return end(owner::delivered);
    }

    /** Ends a journal of which something is left for later. The values and files of its run are waited for. */
    DiskThread.Task close() {
        return end(JournalFile::close);
    }

    private synchronized DiskThread.Task end(Action how) {
        end = how;
        return end();
    }

    private DiskThread.Task end() {
        if (end == null || !underWay.isEmpty()) {
            return submit(file -> {});
        }
        return submit(left.isEmpty() ? end : JournalFile::close);
    }

    /** See {@link RunJournal#restore}. */
    CompletableFuture<JournalFile.OnDisk> restore() {
        CompletableFuture<JournalFile.OnDisk> state = new CompletableFuture<>();
        disk.submit(() -> {
            JournalFile made = file;
            if (made == null) {
                state.complete(JournalFile.OnDisk.THERE); // that it could not be made has been told
                return;
            }
            try {
                state.complete(owner.restore(made) ? JournalFile.OnDisk.RESTORED : JournalFile.OnDisk.THERE);
            } catch (IOException e) {
                owner.failed(made.path(), e);
            } finally {
                state.complete(JournalFile.OnDisk.LOST); // unless it is completed
            }
        });
        return state;
    }

    /** See {@link RunJournal#beginValues}. */
    @Nullable
    Path beginValues() {
        Path path = path();
        return path == null || !begin(Beside.VALUES) ? null : JournalDirectory.valuesOf(path);
    }

    /**
     * From now on the journal is neither removed nor given up before {@link #settled}.
     *
     * @return false when nothing more is written to it
     */
    synchronized boolean begin(Beside what) {
        return end == null && underWay.add(what);
    }

    /** See {@link RunJournal#valuesSettled}. */
    synchronized DiskThread.Task settled(Beside what, boolean allDelivered) {
        underWay.remove(what);
        if (allDelivered) {
            left.remove(what);
        } else {
            left.add(what);
        }
        return end();
    }

    private interface Action {
        void on(JournalFile file) throws IOException;
    }

    private DiskThread.Task submit(Action action) {
        return disk.submit(() -> {
            JournalFile made = file;
            if (made != null) {
                try {
                    action.on(made);
                } catch (IOException e) {
                    owner.failed(made.path(), e);
                } catch (SecurityException e) { // a security manager of the program's
                    owner.failed(made.path(), new IOException(e));
                }
            }
        });
    }
}

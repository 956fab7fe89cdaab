package io.plutorun.agent.journal;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.ProcessLife;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the journals of this process, in a folder that is chosen when the first run begins.
 *
 * <p>The folder, and all files in it, are touched on the disk's thread alone, so that a disk that hangs holds up nobody. The object's own
 * lock guards two fields, and is never held while the disk is touched.
 */
public final class JournalStore {

    /** How often a new journal is made under another name, because somebody was quicker to open it. */
    private static final int MAX_NAMES = 20;

    private final Path place;
    private final JvmEnvironment jvm;
    private final Redactor redactor;
    private final JournalFormat.Header header;
    private final boolean keep;
    private final Consumer<String> complaints;
    private final DiskThread disk = new DiskThread(this::diskHangs);
    private final DiskSide files = new DiskSide();

    private @Nullable String firstName;
    private boolean complained;

    // Of the disk's thread.
    private boolean chosen;
    private long lastNamed;
    private volatile @Nullable JournalDirectory directory;

    /**
     * Makes a store; nothing is written yet.
     *
     * @param place the folder that holds {@code .pluto}
     * @param jvm tells the other folders that can be had, should that one not be
     * @param redactor what every record passes
     * @param api the API that the records are meant for; null when none is known
     * @param agentVersion the agent's version
     * @param host this machine's name
     * @param keep whether delivered journals stay
     * @param complaints who tells a person what could not be written
     */
    public JournalStore(
            Path place,
            JvmEnvironment jvm,
            Redactor redactor,
            @Nullable String api,
            String agentVersion,
            String host,
            boolean keep,
            Consumer<String> complaints) {
        this.place = place;
        this.jvm = jvm;
        this.redactor = redactor;
        this.header = new JournalFormat.Header(api, agentVersion, ProcessLife.ownPid(), host);
        this.keep = keep;
        this.complaints = complaints;
    }

    /** The first line of a journal of this process. */
    private JournalFormat.Header header(JournalFile file) {
        return new JournalFormat.Header(
                header.api(), header.agentVersion(), header.pid(), header.host(), JournalLock.origin(file.path()));
    }

    /** Opens a journal for a run; without a file where none can be written. Does not wait for the disk. */
    public RunJournal open() {
        return new RunJournal(redactor, new JournalWriter(disk, files));
    }

    /** The folder that journals go to; null where none can be written, or the disk does not answer. */
    public @Nullable Path folder() {
        if (directory == null) {
            disk.submit(files::directory).await();
        }
        JournalDirectory folder = directory;
        return folder == null ? null : folder.path();
    }

    /** The journals below any folder that holds {@code .pluto}, oldest first. */
    public static List<Path> journalsBelow(Path place) throws IOException {
        return JournalDirectory.below(place).journals();
    }

    /** The journals below any folder that holds {@code .pluto} that were set aside, oldest first. */
    public static List<Path> setAsideBelow(Path place) throws IOException {
        return JournalDirectory.below(place).journalsIn(JournalDirectory.SET_ASIDE);
    }

    /** The journals that lie in the folder, oldest first. */
    public List<Path> journals() throws IOException {
        JournalDirectory folder = directory;
        return folder == null ? List.of() : folder.journals();
    }

    /**
     * Whether a journal of this process lies in the folder, where nobody has removed it. Does not wait for the disk.
     *
     * @param withValues whether one counts only with the values of its run beside it
     */
    public CompletableFuture<Boolean> holdsJournal(boolean withValues) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        disk.submit(() -> answer.complete(files.holdsJournal(withValues)));
        return answer;
    }

    /** Removes what processes have left that were killed while they looked whether they can write here. */
    public void removeOldProbes() throws IOException {
        JournalDirectory folder = directory;
        if (folder != null) {
            folder.removeOldProbes();
        }
    }

    /** Those that were begun before this process's first, oldest first. */
    public List<Path> earlierJournals() throws IOException {
        String first;
        synchronized (this) {
            first = firstName;
        }
        return journals().stream()
                .filter(journal ->
                        first != null && String.valueOf(journal.getFileName()).compareTo(first) < 0)
                .toList();
    }

    /**
     * Somebody looks at the journals of earlier processes, until {@link #endLookingBack}: what this process has begun is known to {@link
     * SiblingJournals} also when its own journal is delivered and gone.
     */
    public static void beginLookingBack() {
        OpenJournals.beginLookingBack();
    }

    /** See {@link #beginLookingBack}. */
    public static void endLookingBack() {
        OpenJournals.endLookingBack();
    }

    /**
     * Names sort in the order of time, those of this process strictly, also when several journals begin within a millisecond or the clock is
     * put back. None is given twice, even by two machines that share the folder. For the disk's thread.
     */
    private String name() {
        lastNamed = Math.max(System.currentTimeMillis(), lastNamed + 1);
        String name = lastNamed + "-" + header.pid() + "-"
                + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX)
                        .toLowerCase(Locale.ROOT)
                + JournalDirectory.SUFFIX;
        synchronized (this) {
            firstName = firstName == null ? name : firstName;
        }
        return name;
    }

    private List<Supplier<@Nullable Path>> candidates() {
        return FolderChoice.candidates(place, jvm::cacheFolder, jvm.property("java.io.tmpdir"));
    }

    private void diskHangs() {
        complain("the disk does not answer, so runs are recorded in memory until it does; what the server does not get"
                + " before the JVM ends is lost");
    }

    /** Told once for all journals, since the reason will be the same. */
    private void complain(String line) {
        synchronized (this) {
            if (complained) {
                return;
            }
            complained = true;
        }
        complaints.accept(line);
    }

    /** What is done on the disk's thread. */
    private final class DiskSide implements JournalWriter.Owner {

        private boolean holdsJournal(boolean withValues) {
            try {
                return journals().stream()
                        .filter(journal -> String.valueOf(journal.getFileName()).contains("-" + header.pid() + "-"))
                        .anyMatch(journal -> !withValues || Files.isDirectory(JournalDirectory.valuesOf(journal)));
            } catch (IOException | RuntimeException e) {
                return true;
            }
        }

        private @Nullable JournalDirectory directory() {
            if (!chosen) {
                chosen = true;
                directory = FolderChoice.choose(candidates(), complaints);
            }
            return directory;
        }

        @Override
        public @Nullable JournalFile create() {
            JournalDirectory folder = directory();
            if (folder == null) {
                return null;
            }
            for (int tries = 0; tries < MAX_NAMES; tries++) {
                Path path = folder.path().resolve(name());
                try {
                    JournalFile file = createEmpty(folder, path);
                    if (file != null) {
                        return begin(file);
                    }
                } catch (IOException e) {
                    failed(path, e);
                    return null;
                }
            }
            failed(folder.path(), new IOException("somebody else opens every new file in it"));
            return null;
        }

        /** The folder may have been removed since it was chosen. */
        private @Nullable JournalFile createEmpty(JournalDirectory folder, Path path) throws IOException {
            try {
                return JournalFile.create(path);
            } catch (NoSuchFileException e) {
                folder.prepare();
                return JournalFile.create(path);
            }
        }

        /** Writes the header; where that can't be, as on a full disk, no empty file is left. */
        private JournalFile begin(JournalFile file) throws IOException {
            try {
                file.append(header(file), false);
                return file;
            } catch (IOException e) {
                file.remove();
                throw e;
            }
        }

        @Override
        public void delivered(JournalFile file) throws IOException {
            if (keep) {
                var unused = file.moveTo(JournalDirectory.DELIVERED);
            } else {
                file.remove();
            }
        }

        @Override
        public boolean restore(JournalFile file) throws IOException {
            JournalDirectory folder = directory();
            if (folder == null || Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            folder.prepare();
            file.writeAgain();
            return true;
        }

        @Override
        public void failed(Path path, IOException e) {
            complain("the record of a run on disk, " + path + ", can't be written (" + e.getMessage()
                    + "); the run goes on, but what the server does not get before the JVM ends is lost");
        }
    }
}

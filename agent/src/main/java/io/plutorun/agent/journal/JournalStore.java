package io.plutorun.agent.journal;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.CurrentUser;
import io.plutorun.agent.host.JvmEnvironment;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the journals of this process lie. The folder is chosen when the first run begins: the place that the user named, or the working
 * directory; where that can't be written, the user's cache directory, then the temporary one, and one line says which.
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

    private boolean chosen;
    private @Nullable JournalDirectory directory;
    private @Nullable String firstName;
    private boolean complained;

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
        this.header = new JournalFormat.Header(
                api, agentVersion, ProcessHandle.current().pid(), host);
        this.keep = keep;
        this.complaints = complaints;
    }

    /** Opens a journal for a run; without a file where none can be written. */
    public RunJournal open() {
        return new RunJournal(this, redactor, create());
    }

    /** The folder that journals go to; null where none can be written. */
    public synchronized @Nullable Path folder() {
        if (!chosen) {
            chosen = true;
            directory = choose();
        }
        return directory == null ? null : directory.path();
    }

    /** The journals below any folder that holds {@code .pluto}, oldest first. */
    public static List<Path> journalsBelow(Path place) throws IOException {
        return JournalDirectory.below(place).journals();
    }

    /** The journals that lie in the folder, oldest first. */
    public synchronized List<Path> journals() throws IOException {
        return directory == null ? List.of() : directory.journals();
    }

    /** Those that were begun before this process's first, oldest first. */
    public synchronized List<Path> earlierJournals() throws IOException {
        String first = firstName;
        return journals().stream()
                .filter(journal ->
                        first != null && String.valueOf(journal.getFileName()).compareTo(first) < 0)
                .toList();
    }

    private @Nullable JournalFile create() {
        Path folder = folder();
        if (folder == null) {
            return null;
        }
        for (int tries = 0; tries < MAX_NAMES; tries++) {
            String name = name();
            synchronized (this) {
                firstName = firstName == null ? name : firstName;
            }
            Path path = folder.resolve(name);
            try {
                JournalFile file = createEmpty(path);
                if (file != null) {
                    return begin(file);
                }
            } catch (IOException e) {
                complain(path, e);
                return null;
            }
        }
        complain(folder, new IOException("somebody else opens every new file in it"));
        return null;
    }

    /** Writes the header; where that can't be, as on a full disk, no empty file is left. */
    private JournalFile begin(JournalFile file) throws IOException {
        try {
            file.append(header, false);
            return file;
        } catch (IOException e) {
            file.remove();
            throw e;
        }
    }

    /** The folder may have been removed since it was chosen. */
    private @Nullable JournalFile createEmpty(Path path) throws IOException {
        try {
            return JournalFile.create(path);
        } catch (NoSuchFileException e) {
            synchronized (this) {
                if (directory != null) {
                    directory.prepare();
                }
            }
            return JournalFile.create(path);
        }
    }

    /** In the order of time, and not twice, even by two machines that share the folder. */
    private String name() {
        return System.currentTimeMillis() + "-" + header.pid() + "-"
                + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX)
                        .toLowerCase(Locale.ROOT)
                + JournalDirectory.SUFFIX;
    }

    private @Nullable JournalDirectory choose() {
        List<String> reasons = new ArrayList<>();
        for (Path candidate : candidates()) {
            JournalDirectory folder = JournalDirectory.below(candidate);
            try {
                folder.prepare();
                if (!reasons.isEmpty()) {
                    complaints.accept("runs are recorded in " + folder.path() + ", since they can't be in "
                            + String.join(", nor in ", reasons));
                }
                return folder;
            } catch (IOException | UnsupportedOperationException e) {
                reasons.add(folder.path() + " (" + e.getMessage() + ")");
            }
        }
        complaints.accept(
                "runs can't be recorded on disk, so what the server does not get before the JVM ends is lost: not in "
                        + String.join(", nor in ", reasons) + "; set PLUTO_DIR to a folder that can be written");
        return null;
    }

    private List<Path> candidates() {
        return candidates(place, jvm.variables(), jvm.property("user.home"), jvm.property("java.io.tmpdir"));
    }

    static List<Path> candidates(
            Path place, Map<String, String> environment, @Nullable String home, @Nullable String temporary) {
        List<Path> candidates = new ArrayList<>();
        candidates.add(place);
        String cache = environment.get("XDG_CACHE_HOME");
        if (cache != null && !cache.isBlank()) {
            candidates.add(Path.of(cache));
        } else if (home != null && Path.of(home).isAbsolute()) { // a user without a home has "?" for one
            candidates.add(Path.of(home, ".cache"));
        }
        if (temporary != null) {
            candidates.add(Path.of(temporary, "pluto-" + CurrentUser.name())); // the temporary folder is everybody's
        }
        return candidates;
    }

    /** Ends a journal that is delivered. */
    void remove(JournalFile file) throws IOException {
        if (keep) {
            file.close();
        } else {
            file.remove();
        }
    }

    /** A journal can't be written: told once for all of them, since the reason will be the same. */
    void complain(Path path, IOException e) {
        synchronized (this) {
            if (complained) {
                return;
            }
            complained = true;
        }
        complaints.accept("the record of a run on disk, " + path + ", can't be written (" + e.getMessage()
                + "); the run goes on, but what the server does not get before the JVM ends is lost");
    }
}

package io.plutorun.agent.journal;

import io.plutorun.agent.host.OwnFiles;
import io.plutorun.agent.host.RandomId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that journals lie in: {@code .pluto/jvm} in one of several places. It is for its owner alone, and must be what it seems:
 * a link, or a folder of somebody else's, could lead what is written, or delivered, elsewhere.
 */
public final class JournalDirectory {

    /** How journals are named. */
    public static final String SUFFIX = ".jsonl";

    /** How the folder beside a journal is named that holds the values of its run: as the journal, but for this. */
    public static final String VALUES_SUFFIX = ".values";

    /** The folder, inside of this one, for journals that are delivered and kept. */
    public static final String DELIVERED = "delivered";

    /** The folder, inside of this one, for journals that can't be delivered, whoever tries. */
    public static final String SET_ASIDE = "set-aside";

    private static final Path INNER = Path.of(".pluto", "jvm");

    /** How the files are called by which a process looks whether it can write. */
    private static final String PROBE = ".probe-";

    private static final Duration PROBE_IS_OLD = Duration.ofMinutes(1);

    private final Path place;
    private final Path path;

    private JournalDirectory(Path place) {
        this.place = place;
        this.path = place.resolve(INNER);
    }

    /** The folder below a place, whether it exists or not. */
    public static JournalDirectory below(Path place) {
        return new JournalDirectory(place);
    }

    public Path path() {
        return path;
    }

    /** How {@link #valuesOf} is named while it is removed. */
    static Path deliveredValuesOf(Path journal) {
        Path values = valuesOf(journal);
        return values.resolveSibling(values.getFileName() + ".delivered");
    }

    /** The folder for the values of a journal's run, whether it exists or not. It lies beside the journal, and goes wherever that goes. */
    public static Path valuesOf(Path journal) {
        String name = String.valueOf(journal.getFileName());
        String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        return journal.resolveSibling(stem + VALUES_SUFFIX);
    }

    /** Whether a journal lies in the folder for those that can't be delivered. */
    public static boolean isSetAside(Path journal) {
        Path folder = journal.toAbsolutePath().getParent();
        return folder != null && folder.endsWith(SET_ASIDE);
    }

    /** Makes the folder where it is not there. Throws when journals can't be written to it, or it is not the user's own. */
    void prepare() throws IOException {
        Files.createDirectories(place);
        for (Path folder : List.of(place.resolve(INNER.getName(0)), path)) {
            try {
                Files.createDirectory(folder, OwnFiles.ownerOnly("rwx------"));
            } catch (FileAlreadyExistsException e) {
                OwnFiles.check(folder);
            }
        }
        probe();
    }

    /** Does what a journal needs, once. On some network file systems a new file belongs to somebody else, or nothing can be written. */
    private void probe() throws IOException {
        Path probe = path.resolve(PROBE + RandomId.uuid());
        Files.createFile(probe, OwnFiles.ownerOnly("rw-------"));
        try {
            OwnFiles.check(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Removes what processes have left that were killed while they looked whether they can write. */
    void removeOldProbes() throws IOException {
        Instant old = Instant.now().minus(PROBE_IS_OLD);
        try (DirectoryStream<Path> probes = Files.newDirectoryStream(path, PROBE + "*")) {
            for (Path probe : probes) {
                if (Files.getLastModifiedTime(probe).toInstant().isBefore(old)) {
                    Files.deleteIfExists(probe);
                }
            }
        } catch (DirectoryIteratorException | NoSuchFileException e) {
            // another process is at it
        }
    }

    /** The journals in a folder inside of this one, oldest first. */
    List<Path> journalsIn(String inner) throws IOException {
        return journals(path.resolve(inner));
    }

    /** The journals in the folder, oldest first; links and folders are none. Empty when there is no folder. */
    List<Path> journals() throws IOException {
        return journals(path);
    }

    private static List<Path> journals(Path folder) throws IOException {
        List<Path> journals = new ArrayList<>();
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return journals;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : found) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    journals.add(file);
                }
            }
        }
        journals.sort(null);
        return journals;
    }
}

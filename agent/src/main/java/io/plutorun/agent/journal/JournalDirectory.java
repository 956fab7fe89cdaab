package io.plutorun.agent.journal;

import io.plutorun.agent.host.OwnFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that journals lie in: {@code .pluto/jvm} in one of several places. It is for its owner alone, and must be what it seems:
 * a link, or a folder of somebody else's, could lead what is written, or delivered, elsewhere.
 */
public final class JournalDirectory {

    /** How journals are named. */
    public static final String SUFFIX = ".jsonl";

    private static final Path INNER = Path.of(".pluto", "jvm");

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
        if (!Files.isWritable(path)) {
            throw new IOException("it can't be written");
        }
    }

    /** The journals in the folder, oldest first; links and folders are none. Empty when there is no folder. */
    List<Path> journals() throws IOException {
        List<Path> journals = new ArrayList<>();
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return journals;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path, "*" + SUFFIX)) {
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

package io.plutorun.agent.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The folder that journals lie in: {@code .pluto/jvm} in one of several places. It is for its owner alone, and must be what it seems:
 * a link, or a folder of somebody else's, could lead what is written, or delivered, elsewhere.
 */
final class JournalDirectory {

    /** How journals are named. */
    static final String SUFFIX = ".jsonl";

    private static final Path INNER = Path.of(".pluto", "jvm");

    private final Path place;
    private final Path path;

    private JournalDirectory(Path place) {
        this.place = place;
        this.path = place.resolve(INNER);
    }

    /** The folder below a place, whether it exists or not. */
    static JournalDirectory below(Path place) {
        return new JournalDirectory(place);
    }

    Path path() {
        return path;
    }

    /** Makes the folder where it is not there. Throws when journals can't be written to it, or it is not the user's own. */
    void prepare() throws IOException {
        Files.createDirectories(place);
        for (Path folder : List.of(place.resolve(INNER.getName(0)), path)) {
            try {
                Files.createDirectory(folder, ownerOnly("rwx------"));
            } catch (FileAlreadyExistsException e) {
                checkOwn(folder);
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

    /** Throws unless a folder, or a file, is no link and belongs to the user that this process runs as. */
    static void checkOwn(Path existing) throws IOException {
        if (Files.isSymbolicLink(existing)) {
            throw new IOException(existing + " is a link, which is not followed");
        }
        String owner = Files.getOwner(existing, LinkOption.NOFOLLOW_LINKS).getName();
        if (!owner.equals(CurrentUser.name())) {
            throw new IOException(existing + " belongs to " + owner);
        }
        if (!Files.isDirectory(existing, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(existing, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.notExists(existing, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(existing.toString()); // it was there a moment ago
            }
            throw new NotDirectoryException(existing.toString());
        }
    }

    /** The attributes that keep a new file or folder to its owner, where the file system knows such. */
    static FileAttribute<?>[] ownerOnly(String permissions) {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}

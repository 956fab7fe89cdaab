package io.plutorun.agent.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that are for this user alone, and must be what they seem: a link, or somebody else's file, could lead elsewhere. */
public final class OwnFiles {

    private OwnFiles() {}

    /** Throws unless a folder, or a file, is no link and belongs to the user that this process runs as. */
    public static void check(Path existing) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(existing, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            throw new IOException(existing + " is a link, which is not followed");
        }
        if (!CurrentUser.owns(existing)) {
            throw new IOException(existing + " belongs to "
                    + Files.getOwner(existing, LinkOption.NOFOLLOW_LINKS).getName());
        }
        if (!attributes.isDirectory() && !attributes.isRegularFile()) {
            throw new NotDirectoryException(existing.toString());
        }
    }

    /** Removes a folder of files; nothing when it is not there. A link is not followed. */
    public static void deleteFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    /** The attributes that keep a new file or folder to its owner, where the file system knows such. */
    public static FileAttribute<?>[] ownerOnly(String permissions) {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}

package io.plutorun.agent.describe.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether files differ from what is checked out, by git's index (gitformat-index(5), versions 2 and 3): size and time of each file as git
 * last saw it. Where the time alone differs, the content decides. Files that git does not know do not count.
 */
final class GitIndex {

    private static final int SIGNATURE = 0x44495243; // DIRC
    private static final int MAX_BYTES = 64 << 20;
    private static final int MAX_CONTENT = 4 << 20;
    private static final int ID_BYTES = 20;
    private static final int TYPE = 0xF000;
    private static final int REGULAR = 0x8000;
    private static final int ASSUME_UNCHANGED = 0x8000;
    private static final int STAGE = 0x3000;
    private static final int EXTENDED = 0x4000;

    private GitIndex() {}

    /**
     * Whether a file of the work tree was changed or removed.
     *
     * @return empty where it is not known: there is no index, it is of another version, or too large
     */
    static Optional<Boolean> isDirty(GitFolder folder) {
        try {
            String commit = folder.commit();
            boolean hasLongIds =
                    commit != null && commit.length() != 2 * ID_BYTES; // SHA-256: entries of another length
            if (hasLongIds || !Files.isRegularFile(folder.index()) || Files.size(folder.index()) > MAX_BYTES) {
                return Optional.empty();
            }
            return isDirty(folder.root(), ByteBuffer.wrap(GitFolder.bytes(folder.index())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> isDirty(Path root, ByteBuffer index) throws IOException {
        int version = index.getInt() == SIGNATURE ? index.getInt() : 0;
        if (version != 2 && version != 3) {
            return Optional.empty();
        }
        int entries = index.getInt();
        for (int i = 0; i < entries; i++) {
            if (isChanged(root, index)) {
                return Optional.of(true);
            }
        }
        return Optional.of(false);
    }

    private static boolean isChanged(Path root, ByteBuffer index) throws IOException {
        int begin = index.position();
        index.position(begin + 8); // when the inode was changed
        long seconds = index.getInt() & 0xFFFFFFFFL;
        int nanos = index.getInt();
        index.position(begin + 24);
        int mode = index.getInt();
        index.position(begin + 36);
        int size = index.getInt();
        byte[] id = new byte[ID_BYTES];
        index.get(id);
        int flags = index.getShort() & 0xFFFF;
        if ((flags & EXTENDED) != 0) {
            index.getShort();
        }
        int nameBegin = index.position();
        int nameEnd = nameBegin;
        while (index.get(nameEnd) != 0) {
            nameEnd++;
        }
        byte[] name = new byte[nameEnd - nameBegin];
        index.get(name);
        index.position(begin + (nameEnd - begin + 8) / 8 * 8); // 1 to 8 NULs behind the name
        if ((flags & STAGE) != 0) {
            return true; // a conflict
        }
        if ((flags & (ASSUME_UNCHANGED | EXTENDED)) != 0 || (mode & TYPE) != REGULAR) {
            return false;
        }
        return isChanged(root.resolve(new String(name, StandardCharsets.UTF_8)), seconds, nanos, size, id);
    }

    private static boolean isChanged(Path file, long seconds, int nanos, int size, byte[] id) throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return true; // removed
        }
        Instant changed = now.lastModifiedTime().toInstant();
        if ((int) now.size() != size || !now.isRegularFile()) {
            return true;
        }
        boolean sameTime = changed.getEpochSecond() == seconds && (nanos == 0 || changed.getNano() == nanos);
        return !sameTime && (size > MAX_CONTENT || !Arrays.equals(id, id(GitFolder.bytes(file))));
    }

    /** As git names a file's content. */
    private static byte[] id(byte[] content) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return sha.digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}

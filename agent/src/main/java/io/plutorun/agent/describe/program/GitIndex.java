package io.plutorun.agent.describe.program;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether files differ from what is checked out, by git's index (gitformat-index(5), versions 2 and 3): size and time of each file as git
 * last saw it. Where the time alone differs, the content decides. Files that git does not know do not count.
 *
 * <p>Times are compared to the millisecond, and a link in the place of a file by what it leads to: {@link File} tells no more, and there are
 * many files, on the way to the first line.
 */
final class GitIndex {

    private static final int SIGNATURE = 0x44495243; // DIRC
    private static final int MAX_BYTES = 64 << 20;

    /** The index of some 300 files. To look at so many takes 2 ms of a JVM that has just begun. */
    private static final int FEW_FILES_BYTES = 32 << 10;

    private static final int MAX_CONTENT = 4 << 20;
    private static final int ID_BYTES = 20;
    private static final int HEADER = 12;

    /** Where the fields of an entry stand. */
    private static final int CHANGED = 8;

    private static final int MODE = 24;
    private static final int SIZE = 36;
    private static final int ID = 40;
    private static final int FLAGS = ID + ID_BYTES;

    private static final int TYPE = 0xF000;
    private static final int REGULAR = 0x8000;
    private static final int ASSUME_UNCHANGED = 0x8000;
    private static final int STAGE = 0x3000;
    private static final int EXTENDED = 0x4000;
    private static final int LENGTH = 0xFFF;

    private GitIndex() {}

    /**
     * {@link #isDirty}, where there are few files and none has to be read: then it takes some 2 ms at most.
     *
     * @return empty also where there are many, or one has to be read
     */
    static Optional<Boolean> isDirtyAtALook(GitFolder folder, @Nullable String commit) {
        return isDirty(folder, commit, FEW_FILES_BYTES, (file, id) -> {
            throw new IOException("it would have to be read");
        });
    }

    /**
     * Whether a file of the work tree was changed or removed.
     *
     * @param commit that of the folder, null for none: it tells how long the index's ids are
     * @return empty where it is not known: there is no index, it is of another version, or too large
     */
    static Optional<Boolean> isDirty(GitFolder folder, @Nullable String commit) {
        return isDirty(folder, commit, MAX_BYTES, GitIndex::isOtherContent);
    }

    private interface Comparison {
        boolean isOther(Path file, byte[] id) throws IOException;
    }

    private static Optional<Boolean> isDirty(
            GitFolder folder, @Nullable String commit, int maxBytes, Comparison content) {
        try {
            boolean hasLongIds =
                    commit != null && commit.length() != 2 * ID_BYTES; // SHA-256: entries of another length
            if (hasLongIds || !Files.isRegularFile(folder.index()) || Files.size(folder.index()) > maxBytes) {
                return Optional.empty();
            }
            return isDirty(folder.root().toFile(), GitFolder.bytes(folder.index()), content);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> isDirty(File root, byte[] index, Comparison content) throws IOException {
        int version = number(index, 0) == SIGNATURE ? number(index, 4) : 0;
        if (version != 2 && version != 3) {
            return Optional.empty();
        }
        int entries = number(index, 8);
        int begin = HEADER;
        for (int i = 0; i < entries; i++) {
            int nameEnd = nameEnd(index, begin);
            if (isChanged(root, index, begin, nameEnd, content)) {
                return Optional.of(true);
            }
            begin += (nameEnd - begin + 8) / 8 * 8; // 1 to 8 NULs behind the name
        }
        return Optional.of(false);
    }

    private static int number(byte[] index, int at) {
        return index[at] << 24 | (index[at + 1] & 0xFF) << 16 | (index[at + 2] & 0xFF) << 8 | (index[at + 3] & 0xFF);
    }

    private static int flags(byte[] index, int begin) {
        return number(index, begin + FLAGS - 2) & 0xFFFF;
    }

    private static int nameBegin(byte[] index, int begin) {
        return begin + FLAGS + ((flags(index, begin) & EXTENDED) != 0 ? 4 : 2);
    }

    /** The flags hold its length, if it is not very long. */
    private static int nameEnd(byte[] index, int begin) {
        int end = nameBegin(index, begin) + (flags(index, begin) & LENGTH);
        while (index[end] != 0) {
            end++;
        }
        return end;
    }

    private static boolean isChanged(File root, byte[] index, int begin, int nameEnd, Comparison content)
            throws IOException {
        int flags = flags(index, begin);
        if ((flags & STAGE) != 0) {
            return true; // a conflict
        }
        if ((flags & (ASSUME_UNCHANGED | EXTENDED)) != 0 || (number(index, begin + MODE) & TYPE) != REGULAR) {
            return false;
        }
        int nameBegin = nameBegin(index, begin);
        File file = new File(root, new String(index, nameBegin, nameEnd - nameBegin, StandardCharsets.UTF_8));
        if ((int) file.length() != number(index, begin + SIZE)) {
            return true; // or removed
        }
        long seconds = number(index, begin + CHANGED) & 0xFFFFFFFFL;
        int nanos = number(index, begin + CHANGED + 4);
        long now = file.lastModified();
        boolean sameTime = now / 1000 == seconds && (nanos == 0 || now % 1000 == nanos / 1_000_000);
        return !sameTime && content.isOther(file.toPath(), Arrays.copyOfRange(index, begin + ID, begin + FLAGS));
    }

    private static boolean isOtherContent(Path file, byte[] id) throws IOException {
        return !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.size(file) > MAX_CONTENT
                || !Arrays.equals(id, id(GitFolder.bytes(file)));
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

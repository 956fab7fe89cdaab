package io.plutorun.agent.journal;

import io.plutorun.agent.host.OwnFiles;
import io.plutorun.agent.journal.JournalFormat.Line;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run's journal on disk, open for writing, and locked: the lock dies with the process, so whoever can take it knows that nobody
 * else is at work on this run. Where the file system knows no locks, {@link JournalLock} says who is.
 *
 * <p>A {@link RandomAccessFile}, not a channel: a channel is closed for good when its thread is interrupted.
 *
 * <p>The object's own lock is held while the file is written. Only the journals' disk thread and a replay take it, never a thread that
 * somebody waits for.
 */
public final class JournalFile implements AutoCloseable {

    /** Whether a journal lies where it was made. */
    public enum OnDisk {
        THERE,
        /** It had been removed, and is written again. */
        RESTORED,
        /** It has been removed. */
        LOST
    }

    private final Path path;
    private final RandomAccessFile file;
    private boolean broken;
    private long torn = -1; // where a last line that was cut off begins

    private JournalFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Makes a new journal, readable by its owner alone; null when somebody was quicker to open it: a {@code sync} that looks through the
     * folder at this moment takes an empty journal for one that a dead process left, and removes it.
     */
    static @Nullable JournalFile create(Path path) throws IOException {
        Files.createFile(path, OwnFiles.ownerOnly("rw-------"));
        JournalFile opened = null;
        try {
            opened = open(path, JournalLock::takeNew);
            return opened;
        } catch (IOException e) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(path);
                throw e;
            }
            return null; // what is found out about a file that is removed meanwhile makes no sense
        }
    }

    /** Opens a journal for whoever goes on with it; null when somebody is at work on it, or has just removed it. */
    public static @Nullable JournalFile open(Path path) throws IOException {
        return open(path, JournalLock::take);
    }

    private interface Locking {
        boolean take(Path path, RandomAccessFile file) throws IOException;
    }

    private static @Nullable JournalFile open(Path path, Locking locking) throws IOException {
        OwnFiles.check(path);
        Path key = OpenJournals.key(path);
        if (!OpenJournals.enter(key)) {
            return null;
        }
        JournalFile opened = null;
        try {
            opened = openAlone(key, locking);
            return opened;
        } finally {
            if (opened == null) {
                OpenJournals.leave(key);
            }
        }
    }

    private static @Nullable JournalFile openAlone(Path path, Locking locking) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        boolean taken = false;
        try {
            taken = locking.take(path, file)
                    && Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(path) == file.length();
            if (taken) {
                file.seek(file.length());
            }
        } finally {
            if (!taken) {
                file.close();
            }
        }
        return taken ? new JournalFile(path, file) : null;
    }

    public Path path() {
        return path;
    }

    /**
     * Adds a line. What can't be written whole is taken back, so that the journal stays readable, and nothing is written after it: a
     * journal with a gap would tell another story.
     *
     * @param durable whether to wait until the line is on the disk itself, so that it survives the machine
     */
    public void append(Line line, boolean durable) throws IOException {
        append(line, encode(line), durable);
    }

    /** A line as it is written. Apart from {@link #append}, so that who has to see to its memory does it on a thread of his own. */
    static byte[] encode(Line line) {
        return (JournalFormat.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    synchronized void append(Line line, byte[] bytes, boolean durable) throws IOException {
        if (broken) {
            return;
        }
        if (bytes.length > JournalFormat.MAX_LINE_BYTES) {
            broken = true;
            throw new IOException("a record of " + (bytes.length >> 20) + " MiB is too large, "
                    + (JournalFormat.MAX_LINE_BYTES >> 20) + " MiB is the most");
        }
        dropTorn();
        long length = file.length();
        try {
            file.write(bytes);
            if (durable) {
                file.getFD().sync();
            }
            OpenJournals.wrote(path, line);
        } catch (IOException e) {
            broken = true;
            file.setLength(length);
            throw e;
        }
    }

    /** Writes all of it to a new file, where somebody has removed the one that this process has open. */
    synchronized void writeAgain() throws IOException {
        long end = file.length();
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                OwnFiles.ownerOnly("rw-------")))) {
            file.seek(0);
            byte[] bytes = new byte[1 << 13];
            for (int count = file.read(bytes); count > 0; count = file.read(bytes)) {
                out.write(bytes, 0, count);
            }
        } finally {
            file.seek(end);
        }
    }

    /** Waits until all that was written is on the disk itself. */
    synchronized void sync() throws IOException {
        if (!broken) {
            file.getFD().sync();
        }
    }

    /** The folder for the values of the run, which is removed and moved with the journal. It need not exist. */
    public Path values() {
        return JournalDirectory.valuesOf(path);
    }

    /**
     * Removes the journal and the values of its run: all that is in them has been delivered. Whatever fails, the file is closed. The values
     * go first, since nobody finds them without their journal; under another name, so that nobody takes some of their files for all of them.
     */
    public synchronized void remove() throws IOException {
        try {
            Path delivered = JournalDirectory.deliveredValuesOf(path);
            OwnFiles.deleteFolder(delivered);
            if (Files.isDirectory(values(), LinkOption.NOFOLLOW_LINKS)) {
                OwnFiles.deleteFolder(Files.move(values(), delivered));
            }
            Files.deleteIfExists(path);
        } finally {
            close();
        }
    }

    /**
     * Moves the journal to a folder beside it, and closes it.
     *
     * @param folder {@link JournalDirectory#DELIVERED} or {@link JournalDirectory#SET_ASIDE}
     * @return where it lies now
     */
    public synchronized Path moveTo(String folder) throws IOException {
        Path place = path.resolveSibling(JournalDirectory.isSetAside(path) ? "../" + folder : folder)
                .normalize();
        try {
            try {
                Files.createDirectory(place, OwnFiles.ownerOnly("rwx------"));
            } catch (FileAlreadyExistsException e) {
                OwnFiles.check(place);
            }
            Path moved = place.resolve(path.getFileName());
            if (Files.isDirectory(values(), LinkOption.NOFOLLOW_LINKS)) {
                var unused = Files.move(values(), JournalDirectory.valuesOf(moved));
            }
            return Files.move(path, moved);
        } finally {
            close();
        }
    }

    /** A line behind one that was cut off would be one with it, and the journal could not be read again. */
    private void dropTorn() throws IOException {
        if (torn >= 0) {
            file.setLength(torn);
            file.seek(torn);
            torn = -1;
        }
    }

    /** All that is in it. */
    public synchronized JournalContents read() throws IOException, MalformedException {
        long end = file.length();
        file.seek(0);
        try {
            JournalContents contents = JournalContents.read(new BufferedInputStream(new InputStream() {
                @Override
                public int read() throws IOException {
                    return file.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return file.read(bytes, offset, length);
                }
            }));
            torn = contents.torn() ? contents.wholeBytes() : -1;
            return contents;
        } finally {
            file.seek(end);
        }
    }

    /** Closes the file and gives up its lock. Whatever fails, this process does not count it as open any more. */
    @Override
    public synchronized void close() throws IOException {
        broken = true;
        try {
            file.close();
        } finally {
            OpenJournals.leave(path);
        }
    }
}

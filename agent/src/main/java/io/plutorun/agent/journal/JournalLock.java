package io.plutorun.agent.journal;

import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.ProcessLife;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Says whether another process is at work on a journal: by a lock on the file. Some file systems know no locks (ENOLCK, ENOSYS on Lustre
 * and some NFS). There the journal's own first line says: the process that it names is at work on it as long as it is alive. Whether a
 * process of another machine is alive can't be seen, so its journal is left alone.
 *
 * <p>A copy of a journal has no lock, whoever is at work on the original. Its first line says of which file, and of which process, it is.
 */
public final class JournalLock {

    /** What is known of the process of a journal whose lock is free. */
    public enum Writer {
        /** It has ended, or has given the journal up. */
        GONE,
        /** It goes on, though this journal is not locked: it is a copy, or the lock was lost. */
        ALIVE,
        /** It can't be seen from here whether it goes on, and this journal is a copy. */
        UNSEEN
    }

    /** A process that has made a file writes its first line within this time, or is dead. */
    private static final Duration FIRST_LINE = Duration.ofMinutes(1);

    private JournalLock() {}

    /** Takes a file that this process has just made; false when another process was quicker. */
    static boolean takeNew(Path path, RandomAccessFile file) throws IOException {
        try {
            return lock(file) != null;
        } catch (IOException e) {
            return true; // no locks: nobody else takes a file as young as this one
        }
    }

    /** Takes a file that exists; false when another process is at work on it. */
    static boolean take(Path path, RandomAccessFile file) throws IOException {
        try {
            return lock(file) != null;
        } catch (IOException e) {
            return !isAtWork(path, file);
        }
    }

    private static @Nullable FileLock lock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another copy of the agent in this JVM is at work on it
        }
    }

    /**
     * What is known of the process of a journal, of which this process has the lock. Where the system tells no origin, as on Windows, a
     * locked file can't be copied.
     */
    public static Writer writer(Path path, JournalFormat.Header header) {
        JournalFormat.Origin origin = header.origin();
        if (origin == null) {
            return Writer.GONE;
        }
        boolean isCopy = inode(path) != origin.inode();
        if (isInSight(header, origin)) {
            return isAlive(header, origin) && (isCopy || !isOwn(header)) ? Writer.ALIVE : Writer.GONE;
        }
        return isCopy ? Writer.UNSEEN : Writer.GONE;
    }

    /** Found out once, and not for each run. */
    private static final class This {
        private static final OptionalLong BORN = ProcessLife.birth(ProcessLife.ownPid());
    }

    /** What the first line says of this process and this file; null where the system does not tell. */
    static JournalFormat.@Nullable Origin origin(Path path) {
        OptionalLong born = This.BORN;
        long inode = inode(path);
        return born.isPresent() && inode != 0
                ? new JournalFormat.Origin(ProcessLife.space(), born.getAsLong(), inode)
                : null;
    }

    /** The number of a file; 0 where there is none. */
    private static long inode(Path path) {
        try {
            return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS) instanceof Long inode ? inode : 0;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    private static boolean isInSight(JournalFormat.Header header, JournalFormat.Origin origin) {
        String here = ProcessLife.space();
        return here == null
                ? origin.space() == null && header.host().equals(HostName.known())
                : here.equals(origin.space());
    }

    private static boolean isAlive(JournalFormat.Header header, JournalFormat.Origin origin) {
        OptionalLong born = ProcessLife.birth(header.pid());
        return born.isPresent() && born.getAsLong() == origin.born();
    }

    private static boolean isOwn(JournalFormat.Header header) {
        return header.pid() == ProcessLife.ownPid();
    }

    /** Judges by the first line. Closing what this reads costs no lock, since there are none. */
    static boolean isAtWork(Path path, RandomAccessFile file) throws IOException {
        JournalFormat.Header header = header(path);
        if (header == null) {
            Instant changed =
                    Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
            return file.length() == 0 && changed.isAfter(Instant.now().minus(FIRST_LINE));
        }
        JournalFormat.Origin origin = header.origin();
        if (origin != null && isInSight(header, origin)) {
            return isAlive(header, origin) && !isOwn(header);
        }
        if (!header.host().equals(HostName.known())) {
            return true;
        }
        return !isOwn(header)
                && ProcessHandle.of(header.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    private static JournalFormat.@Nullable Header header(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS))) {
            return JournalContents.read(in).header();
        } catch (MalformedException e) {
            return null; // no process of the agent's is at work on it
        }
    }
}

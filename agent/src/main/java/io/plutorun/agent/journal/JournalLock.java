package io.plutorun.agent.journal;

import io.plutorun.agent.host.HostName;
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
import org.jspecify.annotations.Nullable;

/**
 * Says whether another process is at work on a journal: by a lock on the file. Some file systems know no locks (ENOLCK, ENOSYS on Lustre
 * and some NFS). There the journal's own first line says: the process that it names is at work on it as long as it is alive. Whether a
 * process of another machine is alive can't be seen, so its journal is left alone.
 */
final class JournalLock {

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

    /** Judges by the first line. Closing what this reads costs no lock, since there are none. */
    static boolean isAtWork(Path path, RandomAccessFile file) throws IOException {
        JournalFormat.Header header = header(path);
        if (header == null) {
            Instant changed =
                    Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
            return file.length() == 0 && changed.isAfter(Instant.now().minus(FIRST_LINE));
        }
        if (!header.host().equals(HostName.known())) {
            return true;
        }
        return header.pid() != ProcessHandle.current().pid()
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

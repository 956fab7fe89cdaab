package io.plutorun.agent.identity;

import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.ProcessLife;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a state file for one process: by a lock, which dies with the process. Some file systems know no locks (ENOLCK, ENOSYS on Lustre
 * and some NFS). There a file beside it names the process that has it; when that process is dead the next one takes its place. Whether a
 * process of another machine is alive can't be seen, so what it has stays its own until a person removes the file.
 */
final class StateFileLock {

    private static final String SUFFIX = ".holder";
    private static final String KIND = "holder";

    /** A process that has made the file beside writes into it within this time, or is dead. */
    private static final Duration TIME_TO_WRITE = Duration.ofMinutes(1);

    /** Takes the operating system's lock on an open file. */
    interface Locking {

        /** Null when another process has it. Throws where the file system knows no locks. */
        @Nullable
        FileLock tryLock(RandomAccessFile file) throws IOException;
    }

    private final @Nullable FileLock lock;
    private final @Nullable Path holder;
    private boolean released;

    private StateFileLock(@Nullable FileLock lock, @Nullable Path holder) {
        this.lock = lock;
        this.holder = holder;
    }

    /** Takes a state file; null when another process has it. Throws, with a reason for a person, where that can't be told. */
    static @Nullable StateFileLock take(Path path, RandomAccessFile file, Locking locking) throws IOException {
        try {
            FileLock lock = locking.tryLock(file);
            return lock == null ? null : new StateFileLock(lock, null);
        } catch (OverlappingFileLockException e) {
            return null; // another copy of the agent in this JVM
        } catch (IOException e) {
            Path holder = path.resolveSibling(path.getFileName() + SUFFIX);
            ProcessLife self = ProcessLife.own().orElseThrow(() -> e);
            return become(holder, new ProcessMark(self, HostName.known())) ? new StateFileLock(null, holder) : null;
        }
    }

    private static boolean become(Path holder, ProcessMark self) throws IOException {
        try {
            self.create(holder, KIND);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (isHeld(holder, self)) {
                return false;
            }
        }
        Files.deleteIfExists(holder);
        try {
            self.create(holder, KIND);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false; // another process was quicker
        }
    }

    private static boolean isHeld(Path holder, ProcessMark self) throws IOException {
        Optional<ProcessMark> mark = ProcessMark.read(holder, KIND);
        if (mark.isPresent()) {
            String host = mark.get().host();
            if (!host.equals(self.host())) {
                throw new IOException("this file system knows no locks, and " + holder + " names a process of " + host
                        + "; remove that file if the process has ended");
            }
            return mark.get().life().isAlive();
        }
        try {
            Instant made =
                    Files.getLastModifiedTime(holder, LinkOption.NOFOLLOW_LINKS).toInstant();
            return made.isAfter(Instant.now().minus(TIME_TO_WRITE));
        } catch (NoSuchFileException e) {
            return false; // it has just been removed
        }
    }

    /** Whether it has not been released. */
    boolean isHeld() {
        return !released && (lock == null || lock.isValid());
    }

    /** Gives it up. A lock goes when the file is closed, which is the caller's to do. */
    void release() throws IOException {
        released = true;
        if (holder != null) {
            Files.deleteIfExists(holder);
        }
    }
}

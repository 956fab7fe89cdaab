package io.plutorun.agent.host;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A thread as the operating system sees it. Only Linux tells. */
public final class OsThread {

    /** Enough for the beginning of a status: a number, a name of 15 bytes, a letter. */
    private static final int BEGINNING = 64;

    private final @Nullable File status;

    private OsThread(@Nullable File status) {
        this.status = status;
    }

    /** The thread that calls this. */
    public static OsThread current() {
        try {
            Path own = Files.readSymbolicLink(Path.of("/proc/thread-self")); // PROCESS/task/THREAD
            return new OsThread(Path.of("/proc").resolve(own).resolve("stat").toFile());
        } catch (IOException | RuntimeException e) {
            return new OsThread(null);
        }
    }

    /**
     * Whether it waits for a disk, as far as the operating system tells. Linux tells it of local and network file systems ("uninterruptible
     * sleep"), not of FUSE. Any thread may ask, also one that is interrupted.
     *
     * @return false when it is known to do anything else, such as to wait for a core or for a lock; true when nothing is known
     */
    public boolean mayWaitForDisk() {
        return status == null || isIn('D', status);
    }

    /**
     * Whether it has something to compute, and so has a core or waits for one: no disk keeps it. Any thread may ask.
     *
     * @return false when nothing is known
     */
    public boolean wantsCore() {
        return status != null && isIn('R', status);
    }

    /** Whether the thread is in a state of proc(5); true when it has ended. */
    private static boolean isIn(char state, File status) {
        try (InputStream in = new FileInputStream(status)) {
            byte[] beginning = new byte[BEGINNING]; // NUMBER (NAME) STATE …
            int length = Math.max(0, in.read(beginning));
            String line = new String(beginning, 0, length, StandardCharsets.ISO_8859_1);
            return line.startsWith(" " + state, line.lastIndexOf(')') + 1);
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }
}

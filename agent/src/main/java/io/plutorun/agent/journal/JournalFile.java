package io.plutorun.agent.journal;

import io.plutorun.agent.host.OwnFiles;
import io.plutorun.agent.journal.JournalFormat.Line;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One run's journal on disk, open for writing, and locked: the lock dies with the process, so whoever can take it knows that nobody
 * else is at work on this run.
 *
 * <p>POSIX has it that a process loses its lock on a file when it closes <em>any</em> descriptor of that file. So a journal that this
 * process has open is never opened a second time, not even to be read.
 *
 * <p>A {@link RandomAccessFile}, not a channel: records are written on the program's threads too, and a channel is closed for good when
 * its thread is interrupted.
 */
public final class JournalFile implements AutoCloseable {

    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();
    private static final Map<Path, Long> RUNS_HERE = new ConcurrentHashMap<>();
    private static final Map<Path, RunRecord.Start> STARTS_HERE = new ConcurrentHashMap<>();

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
        try {
            return open(path);
        } catch (IOException e) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return null; // what is found out about a file that is removed meanwhile makes no sense
        }
    }

    /** Opens a journal for whoever goes on with it; null when somebody is at work on it, or has just removed it. */
    public static @Nullable JournalFile open(Path path) throws IOException {
        OwnFiles.check(path);
        Path absolute = path.toAbsolutePath().normalize();
        if (!OPEN_HERE.add(absolute)) {
            return null;
        }
        JournalFile opened = null;
        try {
            opened = openAlone(absolute);
            return opened;
        } finally {
            if (opened == null) {
                OPEN_HERE.remove(absolute);
            }
        }
    }

    private static @Nullable JournalFile openAlone(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            FileLock lock = file.getChannel().tryLock();
            if (lock != null && Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) == file.length()) {
                file.seek(file.length());
                return new JournalFile(path, file);
            }
        } catch (OverlappingFileLockException e) {
            // another copy of the agent in this JVM is at work on it
        } catch (IOException e) {
            file.close();
            throw e;
        }
        file.close();
        return null;
    }

    public Path path() {
        return path;
    }

    /**
     * Whether a journal of another process, which may be at work on it, is of a run. Looks without a lock; what this process has open
     * is not looked at, and can't be opened by it while this looks.
     */
    public static boolean isOf(Path path, long runId) {
        return says(
                path,
                contents -> contents.started() != null && contents.started().runId() == runId);
    }

    /** Whether a journal of another process begins a run by the same id as a start does. */
    public static boolean beginsAs(Path path, RunRecord.Start start) {
        return says(
                path,
                contents -> !contents.records().isEmpty()
                        && contents.records().get(0) instanceof RunRecord.Start other
                        && isAlike(other, start));
    }

    private static boolean isAlike(RunRecord.Start one, RunRecord.Start other) {
        return one.target().equals(other.target()) && one.project().equals(other.project());
    }

    private static boolean says(Path path, Predicate<JournalContents> what) {
        Path absolute = path.toAbsolutePath().normalize();
        if (!OPEN_HERE.add(absolute)) {
            return false;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(absolute, LinkOption.NOFOLLOW_LINKS))) {
            return what.test(JournalContents.read(in));
        } catch (IOException | JournalFormat.MalformedException e) {
            return false; // it was removed at this moment, or tells nothing
        } finally {
            OPEN_HERE.remove(absolute);
        }
    }

    /** Whether this process writes another journal of a run beside: then the run goes on here, whatever became of the process before. */
    public boolean isContinuedHere(long runId) {
        return RUNS_HERE.entrySet().stream()
                .anyMatch(open -> open.getValue() == runId
                        && !open.getKey().equals(path)
                        && open.getKey().resolveSibling("").equals(path.resolveSibling("")));
    }

    /** Whether this process writes another journal that begins a run by the same id. */
    public boolean isBegunHere(RunRecord.Start start) {
        return STARTS_HERE.entrySet().stream()
                .anyMatch(open ->
                        isAlike(open.getValue(), start) && !open.getKey().equals(path));
    }

    /**
     * Adds a line. What can't be written whole is taken back, so that the journal stays readable, and nothing is written after it: a
     * journal with a gap would tell another story.
     *
     * @param durable whether to wait until the line is on the disk itself, so that it survives the machine
     */
    public synchronized void append(Line line, boolean durable) throws IOException {
        if (broken) {
            return;
        }
        byte[] bytes = (JournalFormat.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
        dropTorn();
        long length = file.length();
        try {
            file.write(bytes);
            if (durable) {
                file.getFD().sync();
            }
            if (line instanceof JournalFormat.StartDelivered started) {
                RUNS_HERE.put(path, started.run().runId());
            } else if (line instanceof JournalFormat.Happened happened
                    && happened.record() instanceof RunRecord.Start start) {
                STARTS_HERE.put(path, start);
            }
        } catch (IOException e) {
            broken = true;
            file.setLength(length);
            throw e;
        }
    }

    /** Waits until all that was written is on the disk itself. */
    synchronized void sync() throws IOException {
        if (!broken) {
            file.getFD().sync();
        }
    }

    /** Removes the journal: all that is in it has been delivered. */
    public synchronized void remove() throws IOException {
        Files.deleteIfExists(path);
        close();
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
    public synchronized JournalContents read() throws IOException, JournalFormat.MalformedException {
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

    @Override
    public synchronized void close() throws IOException {
        broken = true;
        file.close();
        RUNS_HERE.remove(path);
        STARTS_HERE.remove(path);
        OPEN_HERE.remove(path);
    }
}

package io.plutorun.agent.identity;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.host.OwnFiles;
import io.plutorun.agent.journal.JournalFile;
import io.plutorun.agent.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the external id of a run waits for the next process, which goes on with the run: a file beside the journals, one for each
 * project and method. It is emptied when the run is completed, and never removed, so that nobody can hold a lock on a file that is no
 * longer the one in the folder.
 *
 * <p>Whoever goes on with the run holds the file's {@link StateFileLock}, so a run that is in use is not taken by a second process. As with a {@link JournalFile}, this process must not open the file twice: to close one descriptor gives up the lock of both.
 */
public final class StateFile {

    private static final String SUFFIX = ".state";
    private static final long VERSION = 1;
    private static final int MAX_LENGTH = 64 * 1024;
    private static final int MAX_ID_LENGTH = 255;
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final RandomAccessFile file;
    private final StateFileLock lock;

    private StateFile(Path path, RandomAccessFile file, StateFileLock lock) {
        this.path = path;
        this.file = file;
        this.lock = lock;
    }

    /** Which run it is that is gone on with. */
    public record Key(String project, String method, int rank) {

        String fingerprint() {
            return IdHash.of(project + '\n' + method + '\n' + rank);
        }
    }

    /** What became of the attempt to take the run. */
    public sealed interface Claim {

        /**
         * The run is this process's until the file is closed.
         *
         * @param file the file
         * @param externalId its id
         * @param found whether an earlier process has left the id
         * @param fresh whether there was no such file before: then nobody knows whether it outlives this machine
         * @param wasUnreadable whether there was something that names no run
         */
        record Held(StateFile file, String externalId, boolean found, boolean fresh, boolean wasUnreadable)
                implements Claim {}

        /**
         * A process that is alive has the run.
         *
         * @param path the file
         */
        record InUse(Path path) implements Claim {}

        /**
         * Nothing can be kept here.
         *
         * @param why for a person
         */
        record Unusable(String why) implements Claim {}
    }

    /**
     * Takes the run that an earlier process has left, or a new one.
     *
     * @param folder where the journals lie
     * @param newId makes the id of a new one
     */
    public static Claim claim(Path folder, Key key, Supplier<String> newId) {
        return claim(folder, key, newId, file -> file.getChannel().tryLock());
    }

    static Claim claim(Path folder, Key key, Supplier<String> newId, StateFileLock.Locking locking) {
        Path path = folder.resolve(key.fingerprint() + SUFFIX).toAbsolutePath().normalize();
        if (!OPEN_HERE.add(path)) {
            return new Claim.InUse(path);
        }
        Claim claim = null;
        try {
            claim = claimAlone(path, key, newId, locking);
            return claim;
        } catch (IOException | UnsupportedOperationException e) {
            return new Claim.Unusable(path + " (" + e.getMessage() + ")");
        } finally {
            if (!(claim instanceof Claim.Held)) {
                OPEN_HERE.remove(path);
            }
        }
    }

    private static Claim claimAlone(Path path, Key key, Supplier<String> newId, StateFileLock.Locking locking)
            throws IOException {
        boolean fresh = create(path);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        Claim claim = null;
        StateFileLock lock = null;
        try {
            lock = StateFileLock.take(path, file, locking);
            if (lock == null) {
                return new Claim.InUse(path);
            }
            StateFile state = new StateFile(path, file, lock);
            String text = state.read();
            String left = idIn(text, key);
            String externalId = left == null ? newId.get() : left;
            if (left == null) {
                state.write(key, externalId);
            }
            claim = new Claim.Held(state, externalId, left != null, fresh, left == null && !text.isEmpty());
            return claim;
        } finally {
            if (claim == null) {
                release(lock, file);
            }
        }
    }

    private static void release(@Nullable StateFileLock lock, RandomAccessFile file) throws IOException {
        try (file) {
            if (lock != null) {
                lock.release();
            }
        }
    }

    private static boolean create(Path path) throws IOException {
        try {
            Files.createFile(path, OwnFiles.ownerOnly("rw-------"));
            return true;
        } catch (FileAlreadyExistsException e) {
            OwnFiles.check(path);
            return false;
        }
    }

    private String read() throws IOException {
        byte[] bytes = new byte[(int) Math.min(MAX_LENGTH, file.length())];
        file.seek(0);
        file.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Null where the text names no run: it is empty, was cut off by its writer's death, or was damaged. */
    private static @Nullable String idIn(String text, Key key) {
        try {
            Map<String, @Nullable Object> fields = Json.parseObject(text);
            boolean ours = Long.valueOf(VERSION).equals(fields.get("state"))
                    && key.project().equals(fields.get("project"))
                    && key.method().equals(fields.get("method"))
                    && Long.valueOf(key.rank()).equals(fields.get("rank"));
            return ours
                            && fields.get("externalId") instanceof String id
                            && !id.isBlank()
                            && id.length() <= MAX_ID_LENGTH
                    ? id
                    : null;
        } catch (Json.SyntaxException e) {
            return null;
        }
    }

    private void write(Key key, String externalId) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("state", VERSION);
        fields.put("project", key.project());
        fields.put("method", key.method());
        fields.put("rank", (long) key.rank());
        fields.put("externalId", externalId);
        byte[] bytes = (Json.write(fields) + "\n").getBytes(StandardCharsets.UTF_8);
        file.setLength(0);
        file.seek(0);
        file.write(bytes);
        file.getFD().sync(); // it is there before the server hears of the run
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /**
     * This process is done with the run. Completed, or cancelled by somebody, it is over, and the next process begins another one; in
     * every other case the next one goes on with it.
     */
    public synchronized void ended(RunStatus verdict) {
        if (!lock.isHeld()) {
            return;
        }
        try (file) {
            try {
                if (verdict == RunStatus.COMPLETED || verdict == RunStatus.CANCELLED) {
                    file.setLength(0);
                }
            } finally {
                lock.release();
            }
        } catch (IOException e) {
            // the disk is full or gone: the next process may go on with a run that is completed
        } finally {
            OPEN_HERE.remove(path);
        }
    }
}

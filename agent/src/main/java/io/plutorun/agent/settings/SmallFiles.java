package io.plutorun.agent.settings;

import io.plutorun.agent.host.AgentThreads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Small files that settings name: the API key's, and that of certificate authorities. Each is read once: a pipe, as in {@code
 * PLUTO_API_KEY_FILE=<(vault read …)}, gives its content to its first reader only. What could not be read is read again the next time.
 *
 * <p>They are read on a thread of the agent's: a pipe that nobody writes to, and a file on a mount that is gone, never answer.
 */
final class SmallFiles {

    /** No key and no bundle of certificates is larger; {@code /dev/zero} is. */
    private static final int MAX_BYTES = 1 << 20;

    /** How long a regular file may take at least, however soon a start has to be over: it is there, but the machine may be busy. */
    private static final Duration REGULAR = Duration.ofSeconds(1);

    private final Map<Path, Read> reads = new HashMap<>();

    /**
     * One file on its way.
     *
     * @param isRegular whether it is no pipe; known before its content
     * @param content its bytes
     */
    private record Read(FutureTask<Boolean> isRegular, FutureTask<byte[]> content) {

        static Read of(Path path) {
            return new Read(new FutureTask<>(() -> Files.isRegularFile(path)), new FutureTask<>(() -> bytes(path)));
        }

        void run() {
            isRegular.run();
            content.run();
        }
    }

    /**
     * The bytes of a file.
     *
     * @param atMost how long it may take; a regular file may take a second, if that is more
     * @throws IOException when it can't be read, when it is too large, or not in time
     */
    byte[] read(Path path, Duration atMost) throws IOException {
        Read read = begun(path);
        Duration ofRegular = atMost.compareTo(REGULAR) < 0 ? REGULAR : atMost;
        try {
            return within(read.content, within(read.isRegular, ofRegular) ? ofRegular : atMost);
        } catch (ExecutionException e) {
            forget(path, read);
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it was read", e);
        }
    }

    private static <T> T within(FutureTask<T> part, Duration atMost)
            throws IOException, ExecutionException, InterruptedException {
        try {
            return part.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("nothing came out of it within " + OptionType.text(atMost), e);
        }
    }

    private Read begun(Path path) throws IOException {
        Read fresh = Read.of(path);
        synchronized (reads) {
            Read earlier = reads.putIfAbsent(path, fresh);
            if (earlier != null) {
                return earlier;
            }
        }
        try {
            new AgentThreads("settings-file").newThread(fresh::run).start();
        } catch (OutOfMemoryError e) { // the process may have no more threads
            forget(path, fresh);
            throw new IOException("there is no thread to read it", e);
        }
        return fresh;
    }

    private static byte[] bytes(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it has more than 1 MiB");
            }
            return bytes;
        }
    }

    private void forget(Path path, Read failed) {
        synchronized (reads) {
            reads.remove(path, failed);
        }
    }
}

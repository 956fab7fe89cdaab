package io.plutorun.agent.settings;

import io.plutorun.agent.host.AgentThreads;
import java.io.IOException;
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
 * Files that hold a secret, each read once: a pipe, as in {@code PLUTO_API_KEY_FILE=<(vault read …)}, gives its content to its first reader
 * only. What could not be read is read again the next time.
 */
final class KeyFile {

    private final Map<Path, FutureTask<String>> reads = new HashMap<>();

    /**
     * The content of a file, without blanks around it.
     *
     * @param atMost how long a pipe may take; a pipe that nobody writes to never ends
     * @throws IOException when it can't be read, or not in time
     */
    String read(Path path, Duration atMost) throws IOException {
        FutureTask<String> read = begun(path);
        try {
            return read.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            forget(path, read);
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("nothing came out of it within " + OptionType.text(atMost), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it was read", e);
        }
    }

    private FutureTask<String> begun(Path path) {
        FutureTask<String> fresh = new FutureTask<>(
                () -> withoutByteOrderMark(Files.readString(path)).strip());
        synchronized (reads) {
            FutureTask<String> earlier = reads.putIfAbsent(path, fresh);
            if (earlier != null) {
                return earlier;
            }
        }
        if (Files.isRegularFile(path)) {
            fresh.run();
        } else { // a pipe may block for ever: not this thread
            new AgentThreads("key-file").newThread(fresh).start();
        }
        return fresh;
    }

    /** Editors on Windows write one ahead of a text. */
    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private void forget(Path path, FutureTask<String> failed) {
        synchronized (reads) {
            reads.remove(path, failed);
        }
    }
}

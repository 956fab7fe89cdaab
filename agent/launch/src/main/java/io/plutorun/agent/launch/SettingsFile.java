package io.plutorun.agent.launch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The settings file: a fleet's defaults, in the format of {@link Properties}, UTF-8; keys with or without {@code pluto.}.
 *
 * <p>It is read before the program begins, which nothing must hold up: a pipe or a device is not opened, no more than 1 MiB is read, and a
 * file on a mount that is gone, which never answers, is given up.
 */
final class SettingsFile {

    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int MAX_BYTES = 1 << 20;

    /** Longer than a network disk needs in a bad moment. */
    private static final long MAX_WAIT_MILLIS = 2_000;

    private SettingsFile() {}

    /** Reads the file, and adds to {@code warnings} why it could not be read. */
    static Map<String, String> read(@Nullable String path, List<String> warnings) {
        Map<String, String> values = new LinkedHashMap<>();
        if (path == null) {
            return values;
        }
        Properties properties = new Properties();
        try {
            InputStream content = new ByteArrayInputStream(within(MAX_WAIT_MILLIS, () -> bytes(path)));
            properties.load(withoutByteOrderMark(new InputStreamReader(content, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            warnings.add("the settings file " + path + " can't be read (" + e + "); its settings are left out");
            return values; // what stood above the mistake is left out too
        }
        for (String name : properties.stringPropertyNames()) {
            values.put(
                    name.startsWith("pluto.") ? name.substring("pluto.".length()) : name, properties.getProperty(name));
        }
        return values;
    }

    /**
     * What a reading thread of its own comes to.
     *
     * @throws IOException when it fails, or takes longer
     */
    static byte[] within(long millis, Callable<byte[]> reading) throws IOException {
        FutureTask<byte[]> read = new FutureTask<>(reading);
        try {
            Thread thread = new Thread(read, "pluto-settings-file");
            thread.setDaemon(true);
            thread.start();
            return read.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException ? (IOException) e.getCause() : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("it does not answer within " + millis + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it was read");
        } catch (OutOfMemoryError e) {
            throw new IOException("there is no thread to read it");
        }
    }

    private static byte[] bytes(String path) throws IOException {
        File file = new File(path);
        if (file.exists() && !file.isFile()) {
            throw new IOException("it is no regular file");
        }
        try (InputStream in = Files.newInputStream(Paths.get(path))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] some = new byte[8192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                bytes.write(some, 0, count);
                if (bytes.size() > MAX_BYTES) {
                    throw new IOException("it has more than 1 MiB");
                }
            }
            return bytes.toByteArray();
        }
    }

    /** Some editors begin a file with U+FEFF, which would be a part of the first key. */
    private static Reader withoutByteOrderMark(Reader reader) throws IOException {
        PushbackReader pushback = new PushbackReader(reader);
        int first = pushback.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            pushback.unread(first);
        }
        return pushback;
    }
}

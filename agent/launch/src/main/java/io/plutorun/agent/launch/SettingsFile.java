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
import org.jspecify.annotations.Nullable;

/**
 * The settings file: a fleet's defaults, in the format of {@link Properties}, UTF-8; keys with or without {@code pluto.}.
 *
 * <p>It is read before the program begins, which nothing must hold up: a pipe or a device is not opened, no more than 1 MiB is read, and a
 * file on a mount that is gone, which never answers, is given up.
 */
class SettingsFile implements Runnable {

    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int MAX_BYTES = 1 << 20;

    /** Longer than a network disk needs in a bad moment. */
    private static final long MAX_WAIT_MILLIS = 2_000;

    private final String path;
    private volatile byte @Nullable [] content;
    private volatile @Nullable Throwable failure;

    SettingsFile(String path) {
        this.path = path;
    }

    /** Reads the file, and adds to {@code warnings} why it could not be read. */
    static Map<String, String> read(@Nullable String path, List<String> warnings) {
        Map<String, String> values = new LinkedHashMap<>();
        if (path == null) {
            return values;
        }
        Properties properties = new Properties();
        try {
            InputStream content = new ByteArrayInputStream(new SettingsFile(path).within(MAX_WAIT_MILLIS));
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

    /** Reads the file, on a thread of its own. */
    @Override
    public void run() {
        try {
            content = bytes(path);
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    /**
     * The content.
     *
     * @throws IOException when it can't be read, or not in time
     */
    final byte[] within(long millis) throws IOException {
        Thread thread =
                new Thread(this, "pluto-settings-file"); // no future, whose class sets up what nothing else here needs
        thread.setDaemon(true);
        thread.setContextClassLoader(null); // it may never end
        try {
            thread.start();
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) {
            failure = e; // there is no thread to be had
        }
        byte[] read = content;
        if (read != null) {
            return read;
        }
        Throwable thrown = failure;
        if (thrown instanceof IOException) {
            throw (IOException) thrown;
        }
        throw thrown == null ? new IOException("it does not answer within " + millis + " ms") : new IOException(thrown);
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

package io.plutorun.agent.files;

import io.plutorun.agent.journal.RunRecord;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file that was named, read from disk a part at a time. They must be those that it had then: what was changed meanwhile is
 * not sent to its end.
 */
final class FileContent {

    private static final int BUFFER = 1 << 16;

    /** A server takes no more in one request. */
    private static final long MAX_BYTES = 5L << 30;

    private final RunRecord.File record;
    private final byte @Nullable [] text;
    private @Nullable String digest;
    private @Nullable String problem;

    FileContent(RunRecord.File record) {
        this.record = record;
        String given = record.text();
        this.text = given == null ? null : given.getBytes(StandardCharsets.UTF_8);
    }

    long size() {
        return text == null ? record.size() : text.length;
    }

    /** Why it can't be sent any more, for a person; null where it can, as far as is known. */
    @Nullable
    String problem() {
        String path = record.path();
        if (problem == null && text == null) {
            File file = new File(path == null ? "" : path);
            if (!file.isFile()) {
                problem = "it is not there any more";
            } else if (file.length() != record.size() || !isOf(record.modified(), modified(file))) {
                problem = "it was changed after it had been named";
            }
        }
        return problem;
    }

    /** Why a file can't be taken, for a person; null where it can. */
    static @Nullable String refusal(File file) {
        if (!file.isFile()) {
            return !file.exists()
                    ? "there is no such file"
                    : file.isDirectory() ? "it is a directory; name its files" : "it is no regular file";
        }
        if (!file.canRead()) {
            return "this process may not read it";
        }
        return file.length() > MAX_BYTES ? "it has more than 5 GiB" : null;
    }

    /** When a file was written last, as finely as its file system tells. */
    static Instant modified(File file) {
        try {
            return Files.getLastModifiedTime(file.toPath()).toInstant();
        } catch (IOException | InvalidPathException e) {
            return Instant.ofEpochMilli(file.lastModified());
        }
    }

    /** A time in whole milliseconds may have been noted by an agent that knew no finer ones. */
    private static boolean isOf(Instant noted, Instant now) {
        boolean isCoarse = noted.truncatedTo(ChronoUnit.MILLIS).equals(noted);
        return noted.equals(isCoarse ? now.truncatedTo(ChronoUnit.MILLIS) : now);
    }

    /** Its SHA-256; null where the file was changed, or is gone. */
    @Nullable
    String sha256() throws IOException {
        if (digest == null) {
            try {
                writeTo(OutputStream.nullOutputStream(), sent -> {});
            } catch (IOException e) {
                if (problem() == null) {
                    throw e;
                }
            }
        }
        return digest;
    }

    /**
     * Writes all bytes.
     *
     * @param progress hears how many it were until now
     * @throws IOException before the last byte where they are not the ones that were named
     */
    void writeTo(OutputStream out, LongConsumer progress) throws IOException {
        MessageDigest sum = sum();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = open()) {
            long left = size();
            if (left == 0) {
                check(in, HexFormat.of().formatHex(sum.digest()));
            }
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw changed();
                }
                sum.update(buffer, 0, read);
                left -= read;
                if (left == 0) {
                    check(in, HexFormat.of().formatHex(sum.digest()));
                }
                out.write(buffer, 0, read);
                progress.accept(size() - left);
            }
        }
    }

    private InputStream open() throws IOException {
        String path = record.path();
        return text != null ? new ByteArrayInputStream(text) : new FileInputStream(path == null ? "" : path);
    }

    private void check(InputStream in, String found) throws IOException {
        boolean differs = digest != null && !digest.equals(found);
        if (differs || in.read() >= 0 || problem() != null) {
            throw changed();
        }
        digest = found;
    }

    private IOException changed() {
        String known = problem();
        problem = known == null ? "it was changed while it was read" : known;
        return new IOException(problem);
    }

    private static MessageDigest sum() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}

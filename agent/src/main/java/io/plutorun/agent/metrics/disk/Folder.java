package io.plutorun.agent.metrics.disk;

import io.plutorun.agent.host.OwnFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The folder in which one process keeps what it logs for one run. Numbered files of a kind are named {@code values-00000001.seg}.
 *
 * @param path where it is
 */
public record Folder(Path path) {

    private static final String SEGMENT = "values-";

    private static final String SEGMENT_SUFFIX = ".seg";

    private static final int DIGITS = 8;

    private static final int CHUNK = 1 << 18;

    /** Where the segment of this number is, or would be. */
    public Path segment(long number) {
        return file(SEGMENT, number, SEGMENT_SUFFIX);
    }

    /**
     * The segments that are not before this number, in order. Empty when there is no such folder.
     *
     * @throws IOException when the folder can't be read
     */
    public SortedMap<Long, Path> segmentsFrom(long number) throws IOException {
        return files(SEGMENT, SEGMENT_SUFFIX).tailMap(number);
    }

    /**
     * The segments before this number.
     *
     * @throws IOException when the folder can't be read
     */
    public SortedMap<Long, Path> segmentsBefore(long number) throws IOException {
        return files(SEGMENT, SEGMENT_SUFFIX).headMap(number);
    }

    /** Where the file of this number is, or would be. */
    public Path file(String prefix, long number, String suffix) {
        String digits = Long.toString(number);
        String zeros = "0".repeat(Math.max(0, DIGITS - digits.length()));
        return path.resolve(prefix + zeros + digits + suffix);
    }

    /**
     * The files of a kind by their numbers, in order. Empty when there is no such folder.
     *
     * @throws IOException when the folder can't be read
     */
    public SortedMap<Long, Path> files(String prefix, String suffix) throws IOException {
        SortedMap<Long, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path file : all) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(prefix) && name.endsWith(suffix)) {
                    long number = number(name.substring(prefix.length(), name.length() - suffix.length()));
                    if (number > 0) {
                        found.put(number, file);
                    }
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return new TreeMap<>();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private static long number(String digits) {
        if (digits.length() < DIGITS || digits.length() > 18) {
            return -1;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(digits);
    }

    /**
     * Makes the folder, and those above it.
     *
     * @throws IOException when that is impossible
     */
    public void create() throws IOException {
        Files.createDirectories(path, OwnFiles.ownerOnly("rwx------"));
    }

    /**
     * Makes an empty file that only this user may read and write, in place of an older one.
     *
     * @throws IOException when that is impossible
     */
    public FileChannel newFile(Path file) throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        return FileChannel.open(file, options, OwnFiles.ownerOnly("rw-------"));
    }

    /** Opens a file that only this user may read and write, to write to it; it is made where it is not there. */
    static FileChannel openFor(Path file, StandardOpenOption how) throws IOException {
        return FileChannel.open(file, EnumSet.of(StandardOpenOption.CREATE, how), OwnFiles.ownerOnly("rw-------"));
    }

    /** The name of a file as long as it is being made. */
    public static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /** Writes zeros, so that the file has all its blocks, and a disk that is full says so here. Tells each piece that the disk has taken. */
    static void fill(FileChannel file, long size, Runnable onProgress) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(CHUNK, size));
        for (long at = 0; at < size; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), size - at));
            at += file.write(zeros, at);
            onProgress.run();
        }
    }
}

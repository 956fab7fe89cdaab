package io.plutorun.agent.metrics.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A small file that says up to where a sequence of files was sent. Two places in it are written in turns, each with a checksum, so a process
 * that dies in the middle of one leaves the other.
 */
public final class Mark {

    private static final int BYTES = 32;

    private final Path path;
    private long version;

    /** A mark in this file, which need not exist. */
    public Mark(Path path) {
        this.path = path;
    }

    /**
     * Where sending goes on.
     *
     * @param file the number of a file, from 1
     * @param place a place in it: a slot, or a byte
     * @param sequence the number of the last record that was sent, where records have one
     */
    public record Place(long file, long place, long sequence) {

        /** Nothing was sent. */
        public static final Place BEGINNING = new Place(0, 0, 0);

        /**
         * How much of a file was not sent.
         *
         * @param number the file's number
         * @param used how much is in it, counted as {@link #place} is
         */
        public long unsentOf(long number, long used) {
            if (number < file) {
                return 0;
            }
            return number == file ? Math.max(0, used - place) : used;
        }
    }

    /**
     * Reads the mark; the beginning when there is none.
     *
     * @throws IOException when the file is there and can't be read
     */
    public Place read() throws IOException {
        Place newest = Place.BEGINNING;
        ByteBuffer bytes = ByteBuffer.allocate(2 * (BYTES + Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            FileBytes.read(file, 0, bytes);
        } catch (NoSuchFileException none) {
            return newest;
        }
        for (int at = 0; at + BYTES + Long.BYTES <= bytes.position(); at += BYTES + Long.BYTES) {
            long found = bytes.getLong(at);
            if (found > version && bytes.getLong(at + BYTES) == FileBytes.checksum(bytes.array(), at, BYTES)) {
                version = found;
                newest = new Place(bytes.getLong(at + 8), bytes.getLong(at + 16), bytes.getLong(at + 24));
            }
        }
        return newest;
    }

    /**
     * Writes the mark.
     *
     * @throws IOException when the disk refuses it
     */
    public void write(Place place) throws IOException {
        version++;
        ByteBuffer bytes = ByteBuffer.allocate(BYTES + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(version).putLong(place.file()).putLong(place.place()).putLong(place.sequence());
        bytes.putLong(FileBytes.checksum(bytes.array(), 0, BYTES)).flip();
        long at = (version & 1) * (BYTES + Long.BYTES);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileBytes.write(file, at, bytes);
        }
    }
}

package io.plutorun.agent.metrics.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of one segment in order, also while it is written. It reads the file, not mapped memory, so that a file that shrinks
 * is a short read.
 */
public final class SegmentReader implements Closeable {

    /** What stands at the reader's place. */
    public enum Found {
        /** A value; {@link #name()} and its like tell which. */
        VALUE,
        /** Nothing yet, and nothing behind it either. */
        NOTHING,
        /** Nothing yet, but something behind it: its writer is slow, or died before it had written. */
        GAP,
        /** The file ends. */
        END_OF_FILE,
        /** The segment ends. */
        END
    }

    private static final int CHUNK_ENTRIES = 512;

    private final SegmentHeader header;
    private final FileChannel file;
    private final ByteBuffer chunk =
            ByteBuffer.allocate(CHUNK_ENTRIES * Entry.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final Map<Integer, String> names = new HashMap<>();
    private long slot;
    private long chunkSlot;
    private boolean fresh;
    private int at;
    private @Nullable String name;
    private int nameNumber;
    private long nameless;

    private SegmentReader(FileChannel file, SegmentHeader header) {
        this.file = file;
        this.header = header;
        chunk.limit(0);
    }

    /**
     * Opens a segment.
     *
     * @throws DamagedSegmentException when the file is no segment
     * @throws IOException when it can't be read
     */
    public static SegmentReader open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new SegmentReader(file, SegmentHeader.read(file));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** What is known of the segment. */
    public SegmentHeader header() {
        return header;
    }

    /** Which slot is looked at next, from 0. */
    public long slot() {
        return slot;
    }

    /** Goes on to the next slot although nothing stands at this one. */
    public void skip() {
        slot++;
    }

    /** Says that a new look begins: what was read before may have been written since. */
    public void lookAgain() {
        fresh = false;
    }

    /**
     * Whether the file, whose end was found, goes on by now.
     *
     * @throws IOException when it can't be asked
     */
    public boolean hasGrown() throws IOException {
        return file.size() >= SegmentHeader.BYTES + (slot + 1) * Entry.BYTES;
    }

    /**
     * Finds what comes next. After {@link Found#VALUE} the place is behind it, else it stays.
     *
     * @throws IOException when the file can't be read
     */
    public Found next() throws IOException {
        while (true) {
            if (header.capacity() > 0 && slot >= header.capacity()) {
                return Found.END;
            }
            if (!isThere(slot)) {
                return Found.END_OF_FILE;
            }
            if (!isWhole()) {
                if (!fresh || chunkSlot != slot) {
                    load(slot);
                    continue;
                }
                return isAnythingBehind() ? Found.GAP : Found.NOTHING;
            }
            int number = Entry.number(word(0));
            switch (Entry.kind(word(0))) {
                case Entry.VALUE, Entry.RELATIVE_VALUE -> {
                    slot++;
                    String known = names.get(number);
                    if (known != null) {
                        name = known;
                        nameNumber = number;
                        return Found.VALUE;
                    }
                    nameless++;
                }
                case Entry.NAME -> {
                    int slots = Entry.slotsOfName((int) Math.min(word(8), 1 << 16));
                    if (!define(number, (int) word(8), slots)) {
                        return Found.NOTHING; // the rest of it is not in the file yet
                    }
                    slot += slots;
                }
                case Entry.END -> {
                    return Found.END;
                }
                default -> slot++;
            }
        }
    }

    private boolean define(int number, int length, int slots) throws IOException {
        if (length < 0 || length > 1 << 16) {
            return true;
        }
        long first = slot;
        ByteBuffer utf8 = ByteBuffer.allocate(Entry.NAME_BYTES + (slots - 1) * Entry.NAME_REST_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        utf8.putLong(word(16)).putLong(word(24));
        for (int rest = 1; rest < slots; rest++) {
            if (!isThere(first + rest)) {
                isThere(first);
                return false;
            }
            if (!isWhole()) {
                return true; // damaged; the values of this name are counted
            }
            utf8.putLong(word(8)).putLong(word(16)).putLong(word(24));
        }
        names.put(number, new String(utf8.array(), 0, Math.min(length, utf8.capacity()), StandardCharsets.UTF_8));
        return true;
    }

    /** Whether the file reaches as far as this slot; then {@link #word} reads from it. */
    private boolean isThere(long wanted) throws IOException {
        if (wanted < chunkSlot || (wanted - chunkSlot + 1) * Entry.BYTES > chunk.limit()) {
            load(wanted);
        }
        at = (int) (wanted - chunkSlot) * Entry.BYTES;
        return at + Entry.BYTES <= chunk.limit();
    }

    private void load(long from) throws IOException {
        chunk.clear();
        FileBytes.read(file, SegmentHeader.BYTES + from * Entry.BYTES, chunk);
        chunk.flip();
        chunkSlot = from;
        fresh = true;
    }

    private boolean isWhole() {
        return Entry.isWhole(word(0), word(8), word(16), word(24));
    }

    private boolean isAnythingBehind() {
        for (int behind = at + Entry.BYTES; behind + Entry.BYTES <= chunk.limit(); behind += Entry.BYTES) {
            if (chunk.getLong(behind) != 0) {
                return true;
            }
        }
        return false;
    }

    private long word(int offset) {
        return chunk.getLong(at + offset);
    }

    /** The name of the value that was found. */
    public String name() {
        if (name == null) {
            throw new IllegalStateException("no value was found yet");
        }
        return name;
    }

    /** The number of its name, in this segment. */
    public int nameNumber() {
        return nameNumber;
    }

    /** Whether its step counts from a start that has to be known first. */
    public boolean isRelative() {
        return Entry.kind(word(0)) == Entry.RELATIVE_VALUE;
    }

    /** Its step. */
    public long step() {
        return word(8);
    }

    /** When it was logged, in ms since 1970. */
    public long time() {
        return word(16);
    }

    /** The value itself. */
    public double value() {
        return Double.longBitsToDouble(word(24));
    }

    /** How many values were passed over because their name is damaged. */
    public long nameless() {
        return nameless;
    }

    /** Goes back to the value that was found last. */
    public void unread() {
        slot--;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

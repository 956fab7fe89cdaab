package io.plutorun.agent.metrics.disk;

/**
 * The layout of an entry: four 64-bit words, little-endian. The first says what the entry is, the other three are its contents.
 *
 * <p>The first word is written last. It is never 0, so a slot whose first word is 0 has not been written; and it holds a check of the other
 * three, so an entry of which only a part has reached the disk is recognised.
 */
public final class Entry {

    /** Bytes of an entry. Entries are aligned to their size, so that none crosses a page. */
    public static final int BYTES = 32;

    /** A value: step, time (ms since 1970), the bits of a double. */
    public static final int VALUE = 1;

    /** A value whose step counts from a start that was not known when it was logged. */
    public static final int RELATIVE_VALUE = 2;

    /** A name: its length in UTF-8 bytes, then its first 16 bytes. It holds for this segment. */
    public static final int NAME = 3;

    /** 24 more bytes of the name before it. */
    public static final int NAME_REST = 4;

    /** A slot that was claimed, and is not used. */
    public static final int UNUSED = 5;

    /** The end of a segment that is shorter than it might be. */
    public static final int END = 6;

    /** Bytes of a name that a {@link #NAME} and a {@link #NAME_REST} hold. */
    static final int NAME_BYTES = 16;

    static final int NAME_REST_BYTES = 24;

    private static final long MIXER = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio, odd

    private static final long CHECK_BITS = 0xFFFFFF0000000000L;

    private Entry() {}

    /**
     * Makes the first word.
     *
     * @param kind {@link #VALUE} and its like
     * @param number the name's number; positive, but for {@link #UNUSED} and {@link #END}
     */
    public static long word(int kind, int number, long second, long third, long fourth) {
        long low = ((long) kind << 32) | number;
        long mixed = (second ^ Long.rotateLeft(third, 23) ^ Long.rotateLeft(fourth, 47) ^ low) * MIXER;
        return low | (mixed & CHECK_BITS);
    }

    /** Whether these four words were written together. */
    static boolean isWhole(long word, long second, long third, long fourth) {
        return word != 0 && word == word(kind(word), number(word), second, third, fourth);
    }

    static int kind(long word) {
        return (int) (word >>> 32) & 0xFF;
    }

    static int number(long word) {
        return (int) word;
    }

    /** How many slots the definition of a name of this length takes. */
    static int slotsOfName(int bytes) {
        return bytes <= NAME_BYTES ? 1 : 1 + (bytes - NAME_BYTES + NAME_REST_BYTES - 1) / NAME_REST_BYTES;
    }

    /** Eight bytes of a name as a word; bytes beyond its end are 0. */
    static long wordOf(byte[] utf8, int from) {
        long word = 0;
        for (int i = Math.min(from + Long.BYTES, utf8.length) - 1; i >= from; i--) {
            word = (word << 8) | (utf8[i] & 0xFF);
        }
        return word;
    }
}

package io.plutorun.agent.metrics.buffer;

import io.plutorun.agent.metrics.disk.Entry;
import io.plutorun.agent.metrics.disk.SegmentHeader;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of the disk the segments of a run take, and what follows from it: how large the next one is, and how many values are kept.
 *
 * <p>The first half of the limit holds every value, the next quarter every second value of each name, the next eighth every fourth, and so
 * on: a curve that outgrows the limit gets coarser instead of breaking off. With 1 GiB that is enough for some 250 million values. What
 * has been sent is removed, and makes room again. For the metrics thread.
 */
public final class DiskBudget {

    private static final long SMALLEST = 16 << 10;

    private static final long FIRST = 256 << 10;

    private static final long LARGEST = 4 << 20;

    private static final int MAX_STRIDE = 1 << 20;

    private final long maxBytes;
    private final SortedMap<Long, Long> bytesByNumber = new TreeMap<>();
    private long used;
    private int made;

    /** A budget of this many bytes, of which nothing is used. */
    public DiskBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Bytes of the next segment: small at first, since most runs log little. */
    long nextBytes() {
        long wanted = Math.min(LARGEST, FIRST << Math.min(2 * made, 8));
        long small = Math.min(maxBytes / 64, (maxBytes - used) / 8); // so that thinning has many stages
        return Math.max(SMALLEST, Math.min(wanted, small));
    }

    boolean hasRoom() {
        return used + nextBytes() <= maxBytes;
    }

    /** Counts a segment, with the most that it may grow to. */
    void made(long number, long bytes) {
        bytesByNumber.put(number, bytes);
        used += bytes;
        made++;
    }

    /** Counts a segment anew, which takes less than it might have. */
    void shrank(long number, long bytes) {
        Long before = bytesByNumber.get(number);
        if (before != null && bytes < before) {
            bytesByNumber.put(number, bytes);
            used -= before - bytes;
        }
    }

    /** Counts segments that are gone. */
    void removedBefore(long number) {
        while (!bytesByNumber.isEmpty() && bytesByNumber.firstKey() < number) {
            remove(bytesByNumber.firstKey());
        }
    }

    void remove(long number) {
        Long bytes = bytesByNumber.remove(number);
        used -= bytes == null ? 0 : bytes;
    }

    /**
     * Keep one of this many values: 1, 2, 4, … Each time that half of what was free is used, it doubles. At the limit it is 1: then nothing is
     * kept, which is not to be called thinning.
     *
     * @param freeInCurrent what the current segment has room for, in bytes
     */
    int stride(long freeInCurrent) {
        long free = Math.max(0, maxBytes - used) + freeInCurrent;
        if (!hasRoom() && freeInCurrent < Entry.BYTES) {
            return 1;
        }
        int stride = 1;
        while (free * stride * 2 <= maxBytes && stride < MAX_STRIDE) {
            stride *= 2;
        }
        return stride;
    }

    /** What a segment can hold of this size. */
    static int capacity(long bytes) {
        return (int) ((bytes - SegmentHeader.BYTES) / Entry.BYTES);
    }
}

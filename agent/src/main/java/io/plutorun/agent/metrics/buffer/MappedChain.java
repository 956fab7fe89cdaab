package io.plutorun.agent.metrics.buffer;

import io.plutorun.agent.metrics.disk.Entry;
import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.MappedSegment;
import io.plutorun.agent.metrics.disk.Mark.Place;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The mapped segments of a run: those that the program's threads have passed, the current one, and those that are prepared. For the metrics
 * thread.
 */
final class MappedChain {

    private static final int MAX_AHEAD = 8;

    /** With more segments than this, those with a gap are left to the collector. */
    private static final int MAX_PASSED = 32;

    private static final long CALM_NANOS = 1_000_000_000;

    /** Segments are prepared for this long, at the pace at which they fill. A busy machine leaves the metrics thread without a core for less. */
    private static final long AHEAD_NANOS = 400_000_000;

    private final SegmentFiles files;
    private final ValueStore store;
    private final Losses losses;
    private final Deque<MappedSegment> chain = new ArrayDeque<>();
    private final List<MappedSegment> removed = new ArrayList<>();
    private final SortedMap<Long, Integer> usedByNumber = new TreeMap<>();
    private int ahead = 1;
    private long lastCurrent;
    private long lastPassedAt;
    private long calmAt;

    MappedChain(SegmentFiles files, ValueStore store, Losses losses) {
        this.files = files;
        this.store = store;
        this.losses = losses;
    }

    /**
     * Sees to it that segments are ready before they are needed: one when the current one begins to fill, more while they fill fast. Makes
     * one at a time, so that other runs have their turn.
     *
     * @param isLate whether values found no room and wait in the ring
     * @return whether one was made
     * @throws IOException when the disk refuses it
     */
    boolean prepare(long now, boolean isLate) throws IOException {
        adapt(now);
        if (isLate && store.current() != null) {
            ahead = MAX_AHEAD;
            calmAt = now + CALM_NANOS;
        }
        if (missing() <= 0 || !files.budget().hasRoom()) {
            return false;
        }
        MappedSegment last = chain.peekLast();
        MappedSegment segment = files.newMapped();
        chain.add(segment);
        if (last != null) {
            last.followedBy(segment);
        }
        if (store.current() == null) {
            store.use(segment);
        }
        return true;
    }

    private void adapt(long now) {
        MappedSegment current = store.current();
        long number = current == null ? 0 : current.number();
        if (number > lastCurrent) {
            if (lastCurrent > 0) {
                long each = Math.max(1, (now - lastPassedAt) / (number - lastCurrent));
                int wanted = (int) Math.min(MAX_AHEAD, 1 + AHEAD_NANOS / each);
                ahead = Math.max(wanted, now < calmAt ? ahead - 1 : 1);
            }
            lastPassedAt = now;
            lastCurrent = number;
            calmAt = now + CALM_NANOS;
        } else if (now >= calmAt) {
            ahead = 1;
        }
    }

    /** What the segments that are there have room for, in bytes. */
    long freeBytes() {
        long slots = 0;
        for (MappedSegment segment = store.current(); segment != null; segment = segment.next()) {
            slots += segment.capacity() - segment.used();
        }
        return slots * Entry.BYTES;
    }

    /** Whether another segment is to be made now. */
    boolean needsNext() {
        return missing() > 0;
    }

    private int missing() {
        MappedSegment current = store.current();
        if (current == null) {
            return 1;
        }
        if (ahead == 1 && current.used() < current.capacity() / 8) {
            return 0;
        }
        int prepared = 0;
        for (MappedSegment segment = current.next(); segment != null; segment = segment.next()) {
            prepared++;
        }
        return ahead - prepared;
    }

    /** Gives memory back that no thread will touch any more. */
    void release() {
        MappedSegment current = store.current();
        Iterator<MappedSegment> all = chain.iterator();
        while (current != null && all.hasNext()) {
            MappedSegment passed = all.next();
            if (passed.number() >= current.number()) {
                return;
            }
            boolean complete = passed.isComplete();
            if (complete || chain.size() > MAX_PASSED) { // else a thread may still be about to write there
                all.remove();
                usedByNumber.put(passed.number(), passed.used());
                passed.close();
                if (complete) {
                    passed.unmap();
                }
            }
        }
    }

    boolean isTruncated() throws IOException {
        for (MappedSegment segment : chain) {
            if (segment.isTruncated()) {
                return true;
            }
        }
        return false;
    }

    /** Lets go of memory that may not be there any more, and counts what was in it. */
    void abandon(Place sent) throws IOException {
        store.use(null);
        Iterator<MappedSegment> all = chain.iterator();
        while (all.hasNext()) {
            MappedSegment segment = all.next();
            if (segment.isTruncated()) {
                losses.count(Loss.TRUNCATED, sent.unsentOf(segment.number(), segment.used()));
            } else if (!segment.isFull()) {
                segment.end();
            }
            if (segment.used() == 0) {
                Files.deleteIfExists(segment.path());
            }
            segment.close();
            all.remove();
        }
    }

    /** Whether somebody has removed the file to which the program's threads write. */
    boolean isRemoved() {
        MappedSegment current = store.current();
        return current != null && Files.notExists(current.path());
    }

    /**
     * Brings back the removed files that are still open, and has the program's threads write to a new one. In this order: a reader that finds
     * the new one would pass over those before it. What can't be brought back is counted as lost.
     */
    void renew(Place sent) throws IOException {
        if (!isRemoved()) {
            return;
        }
        for (MappedSegment old : chain) {
            if (!old.isFull()) {
                old.end();
            }
            if (old.used() > 0) {
                copyBack(old);
            }
        }
        MappedSegment fresh = files.newMapped();
        store.use(fresh);
        for (MappedSegment old : chain) {
            if (old.used() > 0) {
                removed.add(old);
            } else {
                old.close();
            }
        }
        chain.clear();
        chain.add(fresh);
        long lost = 0;
        for (Long number : usedByNumber.keySet()) {
            Integer used = usedByNumber.get(number);
            lost += used == null ? 0 : sent.unsentOf(number, used);
        }
        usedByNumber.clear();
        losses.count(Loss.REMOVED, lost);
    }

    private void copyBack(MappedSegment old) throws IOException {
        if (Files.notExists(old.path())) {
            Path unfinished = Folder.unfinished(old.path());
            try (FileChannel copy = files.folder().newFile(unfinished)) {
                old.copyTo(copy);
            }
            Files.move(unfinished, old.path(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * Some time after {@link #renew}, when threads that were late have written, copies once more what was brought back, over the copy. What has
     * been sent meanwhile, and is removed for that, stays removed.
     */
    void restoreLateValues() throws IOException {
        for (MappedSegment old : removed) {
            if (Files.exists(old.path())) {
                try (FileChannel copy = FileChannel.open(old.path(), StandardOpenOption.WRITE)) {
                    old.copyTo(copy);
                }
            }
            old.close();
        }
        removed.clear();
    }

    /** Ends the last segment, and removes those that were prepared and not needed. */
    void end(Place sent) throws IOException {
        restoreLateValues();
        store.use(null);
        for (MappedSegment segment : chain) {
            if (!segment.isFull()) {
                segment.end();
            }
            if (Files.notExists(segment.path())) {
                losses.count(Loss.REMOVED, sent.unsentOf(segment.number(), segment.used()));
            }
            segment.close();
            if (segment.used() == 0) {
                Files.deleteIfExists(segment.path());
            }
        }
        chain.clear();
    }
}

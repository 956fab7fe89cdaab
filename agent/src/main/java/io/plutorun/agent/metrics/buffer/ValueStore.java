package io.plutorun.agent.metrics.buffer;

import io.plutorun.agent.metrics.disk.MappedSegment;
import io.plutorun.agent.metrics.disk.MappedSegment.Result;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the program's threads put values: the current mapped segment, or the ring in the heap. What is current is decided by
 * {@link ValueKeeper}; threads only move on to a segment that it has prepared, and away from one whose memory is gone.
 */
public final class ValueStore {

    private static final int FIRST_RING = 4096;

    private static final int LARGEST_RING = 1 << 18;

    private final AtomicReference<@Nullable MappedSegment> current = new AtomicReference<>();
    private final Backpressure backpressure;
    private final Losses losses;
    private volatile HeapRing ring = new HeapRing(FIRST_RING);
    private volatile int thinningMask;
    private final List<HeapRing> oldRings = new CopyOnWriteArrayList<>();
    private volatile boolean faulted;

    /** A store that counts what it has no room for. */
    public ValueStore(Backpressure backpressure, Losses losses) {
        this.backpressure = backpressure;
        this.losses = losses;
    }

    /** Keeps a value, or counts its loss. It waits for room as long as {@link Backpressure} allows; most of the time there is room. */
    public void append(MetricName name, int kind, long step, double value) {
        long time = System.currentTimeMillis();
        name.remember(value, time);
        int mask = thinningMask;
        if (mask != 0 && (name.thinned.getAndIncrement() & mask) != 0) {
            losses.count(Loss.THINNED);
            return;
        }
        long bits = Double.doubleToRawLongBits(value);
        if (!appendAnywhere(name, kind, step, time, bits) && !waitAndAppend(name, kind, step, time, bits)) {
            losses.count(backpressure.reason());
        }
    }

    private boolean appendAnywhere(MetricName name, int kind, long step, long time, long bits) {
        return appendMapped(name, kind, step, time, bits) || ring.offer(kind, name.number, step, time, bits);
    }

    private boolean waitAndAppend(MetricName name, int kind, long step, long time, long bits) {
        Backpressure.Wait wait = backpressure.newWait();
        try {
            boolean appended = false;
            while (!appended && wait.park()) {
                appended = appendAnywhere(name, kind, step, time, bits);
            }
            return appended;
        } finally {
            wait.end();
        }
    }

    /** Puts a value into the current mapped segment; false when there is none, or it is full and the next is not ready. */
    boolean appendMapped(MetricName name, int kind, long step, long time, long bits) {
        MappedSegment segment = current.get();
        while (segment != null) {
            Result result = put(segment, name, kind, step, time, bits);
            if (result == Result.WRITTEN) {
                return true;
            }
            MappedSegment next = result == Result.FULL ? segment.next() : null;
            if (result == Result.FAULT) {
                faulted = true;
            } else if (next == null) {
                return false;
            }
            current.compareAndSet(segment, next);
            segment = next;
        }
        return false;
    }

    private static Result put(MappedSegment segment, MetricName name, int kind, long step, long time, long bits) {
        try {
            if (name.definedIn != segment.number()) {
                Result defined = define(segment, name);
                if (defined != Result.WRITTEN) {
                    return defined;
                }
            }
            return segment.put(kind, name.number, step, time, bits);
        } catch (InternalError memoryIsGone) { // see MappedSegment
            return Result.FAULT;
        }
    }

    /** A thread that is late may still write to an older segment; the newer one is the one to remember. */
    private static Result define(MappedSegment segment, MetricName name) {
        Result result = segment.define(name.number, name.utf8);
        if (result == Result.WRITTEN && name.definedIn < segment.number()) {
            name.definedIn = segment.number();
        }
        return result;
    }

    // What follows is for the metrics thread.

    @Nullable
    MappedSegment current() {
        return current.get();
    }

    /** Has the program's threads write to this segment, or to the ring. */
    void use(@Nullable MappedSegment segment) {
        current.set(segment);
    }

    /** Whether a thread has found the memory of a segment gone. */
    boolean hasFaulted() {
        return faulted;
    }

    /** The rings that values may wait in, the oldest first. */
    List<HeapRing> rings() {
        List<HeapRing> rings = new ArrayList<>(oldRings);
        rings.add(ring);
        return rings;
    }

    /**
     * Puts a larger ring in place of one that fills, and a small one in place of one that was not needed for a while. The old one is looked
     * after until the next calm, since a thread may have been about to use it.
     *
     * @return whether another ring is used now
     */
    boolean resizeRing(boolean calm) {
        HeapRing old = ring;
        if (old.size() * 4 >= old.capacity() && old.capacity() < LARGEST_RING) {
            replace(old, old.capacity() * 8);
            return true;
        }
        if (calm) {
            oldRings.removeIf(ring -> ring.size() == 0);
            if (old.size() == 0 && old.capacity() > FIRST_RING) {
                replace(old, FIRST_RING);
                return true;
            }
        }
        return false;
    }

    private void replace(HeapRing old, int capacity) {
        HeapRing fresh = new HeapRing(capacity); // before the old one is given up, since there may be no memory for it
        oldRings.add(old);
        ring = fresh;
    }

    /** How many values wait in the heap. */
    public int waiting() {
        int waiting = 0;
        for (HeapRing old : oldRings) {
            waiting += old.size();
        }
        return waiting + ring.size();
    }

    /** Keeps one of {@code stride} values of a name, a power of two. */
    void thin(int stride) {
        thinningMask = stride - 1;
    }
}

package io.plutorun.agent.metrics.buffer;

import io.plutorun.agent.metrics.disk.AppendedSegment;
import io.plutorun.agent.metrics.disk.Entry;
import io.plutorun.agent.metrics.disk.Mark.Place;
import io.plutorun.agent.metrics.disk.SegmentHeader;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values on their way from the ring in the heap to files that grow, where memory can't be mapped. For the metrics thread. */
final class AppendedValues {

    private final SegmentFiles files;
    private final Losses losses;
    private final Supplier<Place> sent;
    private volatile @Nullable AppendedSegment segment;

    /**
     * Makes no file yet.
     *
     * @param sent tells how far values were sent
     */
    AppendedValues(SegmentFiles files, Losses losses, Supplier<Place> sent) {
        this.files = files;
        this.losses = losses;
        this.sent = sent;
    }

    /**
     * Takes the ring's oldest value; false when the limit on disk is reached.
     *
     * @throws IOException when the disk refuses it; what was taken earlier is kept
     */
    boolean add(MetricName name, HeapRing ring) throws IOException {
        AppendedSegment open = segment;
        if (open != null && !open.hasRoom()) {
            open.write();
            if (open.isFull()) {
                end();
                open = null;
            }
        }
        if (open == null) {
            if (!files.budget().hasRoom()) {
                return false;
            }
            open = files.newAppended();
            segment = open;
        }
        open.add(ring.kind(), name.number, name.utf8, ring.step(), ring.time(), ring.bits());
        return true;
    }

    /** Whether the next value begins a file. */
    boolean needsNext() {
        AppendedSegment open = segment;
        return open == null || open.isFull();
    }

    void write() throws IOException {
        AppendedSegment open = segment;
        if (open != null) {
            open.write();
        }
    }

    /** How many entries the disk has not taken yet. From any thread. */
    int pending() {
        AppendedSegment open = segment;
        return open == null ? 0 : open.pending();
    }

    boolean isRemoved() {
        AppendedSegment open = segment;
        return open != null && Files.notExists(open.path());
    }

    /** Where somebody has removed the file, the next value begins another one. What was in it is counted as lost. */
    void renew() throws IOException {
        AppendedSegment old = segment;
        if (old != null && isRemoved()) {
            segment = null;
            files.budget().remove(old.number());
            losses.count(Loss.REMOVED, unsent(old));
            old.close();
        }
    }

    private long unsent(AppendedSegment removed) {
        Place upTo = sent.get();
        boolean begun = removed.number() == upTo.file(); // a place counts entries, of which some are names
        long entries = (removed.bytes() - SegmentHeader.BYTES) / Entry.BYTES + removed.pending();
        return upTo.unsentOf(removed.number(), begun ? entries : removed.values());
    }

    void end() throws IOException {
        renew();
        AppendedSegment open = segment;
        if (open != null) {
            open.end();
            segment = null;
            files.budget().shrank(open.number(), open.bytes());
            open.close();
        }
    }
}

package io.plutorun.agent.metrics.buffer;

import io.plutorun.agent.metrics.disk.AppendedSegment;
import io.plutorun.agent.metrics.disk.Entry;
import io.plutorun.agent.metrics.disk.Mark.Place;
import io.plutorun.agent.metrics.disk.SegmentHeader;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Values on their way from the ring in the heap to files that grow, where memory can't be mapped. For the metrics thread. */
final class AppendedValues {

    private final SegmentFiles files;
    private volatile @Nullable AppendedSegment segment;

    AppendedValues(SegmentFiles files) {
        this.files = files;
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

    /** Goes on in a new file; returns how many values can't be brought back. */
    long renew(Place sent) throws IOException {
        AppendedSegment old = segment;
        if (old == null || !isRemoved()) {
            return 0;
        }
        segment = null;
        old.close();
        files.budget().remove(old.number());
        long used = (old.bytes() - SegmentHeader.BYTES) / Entry.BYTES + old.pending();
        return old.number() == sent.file() ? Math.max(0, used - sent.place()) : used;
    }

    void end() throws IOException {
        AppendedSegment open = segment;
        if (open != null) {
            open.end();
            segment = null;
            files.budget().shrank(open.number(), open.bytes());
            open.close();
        }
    }
}

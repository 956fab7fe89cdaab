package io.plutorun.agent.metrics.buffer;

import io.plutorun.agent.metrics.disk.AppendedSegment;
import io.plutorun.agent.metrics.disk.Entry;
import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.Mark.Place;
import io.plutorun.agent.metrics.disk.SegmentHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Values on their way from the ring in the heap to files that grow, where memory can't be mapped. For the agent's thread. */
final class AppendedValues {

    private final Folder folder;
    private final String runKey;
    private final DiskBudget budget;
    private final SegmentNumbers numbers;
    private @Nullable AppendedSegment segment;
    private long number;
    private long maxBytes;

    AppendedValues(Folder folder, String runKey, DiskBudget budget, SegmentNumbers numbers) {
        this.folder = folder;
        this.runKey = runKey;
        this.budget = budget;
        this.numbers = numbers;
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
            if (open.bytes() >= maxBytes) {
                end();
                open = null;
            }
        }
        if (open == null) {
            if (!budget.hasRoom()) {
                return false;
            }
            open = open();
        }
        open.add(ring.kind(), name.number, name.utf8, ring.step(), ring.time(), ring.bits());
        return true;
    }

    private AppendedSegment open() throws IOException {
        maxBytes = budget.nextBytes();
        number = numbers.next();
        Path path = folder.segment(number);
        AppendedSegment opened = AppendedSegment.create(folder, path, runKey, number);
        budget.made(number, maxBytes);
        segment = opened;
        return opened;
    }

    void write() throws IOException {
        if (segment != null) {
            segment.write();
        }
    }

    /** How many entries the disk has not taken yet. */
    int pending() {
        return segment == null ? 0 : segment.pending();
    }

    boolean isRemoved() {
        return segment != null && Files.notExists(segment.path());
    }

    /** Goes on in a new file; returns how many values can't be brought back. */
    long renew(Place sent) throws IOException {
        AppendedSegment old = segment;
        if (old == null || !isRemoved()) {
            return 0;
        }
        segment = null;
        old.close();
        budget.remove(number);
        long used = (old.bytes() - SegmentHeader.BYTES) / Entry.BYTES;
        return number == sent.file() ? Math.max(0, used - sent.place()) : used;
    }

    void end() throws IOException {
        AppendedSegment open = segment;
        if (open != null) {
            open.end();
            segment = null;
            budget.shrank(number, open.bytes());
            open.close();
        }
    }
}

package io.plutorun.agent.metrics.buffer;

import io.plutorun.agent.metrics.disk.AppendedSegment;
import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.MappedSegment;
import io.plutorun.agent.metrics.disk.SegmentHeader;
import java.io.IOException;

/** Makes a run's segments, of whatever kind, and numbers them in the order in which they are made. For the metrics thread. */
public class SegmentFiles {

    private final Folder folder;
    private final String runKey;
    private final DiskBudget budget;
    private final Backpressure backpressure;
    private long last;

    /**
     * Makes no file yet.
     *
     * @param backpressure is told of each piece of a segment that the disk has taken
     */
    public SegmentFiles(Folder folder, String runKey, DiskBudget budget, Backpressure backpressure) {
        this.folder = folder;
        this.runKey = runKey;
        this.budget = budget;
        this.backpressure = backpressure;
    }

    Folder folder() {
        return folder;
    }

    DiskBudget budget() {
        return budget;
    }

    /** Makes the next segment, for mapped memory. */
    MappedSegment newMapped() throws IOException {
        long bytes = budget.nextBytes();
        SegmentHeader header = new SegmentHeader(runKey, ++last, DiskBudget.capacity(bytes));
        MappedSegment segment = MappedSegment.create(folder, folder.segment(last), header, backpressure::madeProgress);
        budget.made(last, bytes);
        backpressure.madeRoom();
        return segment;
    }

    /** Makes the next segment, which is appended to. */
    AppendedSegment newAppended() throws IOException {
        long maxBytes = budget.nextBytes();
        SegmentHeader header = new SegmentHeader(runKey, ++last, 0);
        AppendedSegment segment = AppendedSegment.create(folder, folder.segment(last), header, maxBytes);
        budget.made(last, maxBytes);
        backpressure.madeRoom();
        return segment;
    }
}

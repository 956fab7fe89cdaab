package io.plutorun.agent.metrics.buffer;

import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.MappedSegment.NotMappableException;
import io.plutorun.agent.metrics.disk.MappingRule;
import io.plutorun.agent.metrics.disk.Mark.Place;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import io.plutorun.agent.metrics.report.Notice.Kind;
import io.plutorun.agent.metrics.report.Notices;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Does for a run's values all that the program's threads must not: makes segments before they are needed, empties the ring in the heap, and
 * looks after files that others may change. The metrics thread calls it, every few milliseconds.
 */
public final class ValueKeeper {

    /** After a refusal of the disk the next try waits this long. */
    private static final long RETRY_NANOS = 250_000_000;

    /** A ring that was not needed for this long is given back. */
    private static final long CALM_NANOS = 1_000_000_000;

    private static final long WATCH_NANOS = 100_000_000;

    private final Folder folder;
    private final boolean mayMap;
    private final NameTable names;
    private final ValueStore store;
    private final Backpressure backpressure;
    private final Notices notices;
    private final DiskBudget budget;
    private final MappedChain mapped;
    private final AppendedValues appended;
    private boolean started;
    private boolean mapping;
    private long retryAt = Long.MIN_VALUE;
    private long mapAt = Long.MIN_VALUE;
    private long calmAt = Long.MIN_VALUE;
    private long watchAt = Long.MIN_VALUE;
    private volatile Place sent = Place.BEGINNING;

    /**
     * A keeper that has not touched the disk yet.
     *
     * @param mayMap whether memory may be mapped where the file system allows it
     */
    public ValueKeeper(
            SegmentFiles files,
            boolean mayMap,
            NameTable names,
            ValueStore store,
            Backpressure backpressure,
            Losses losses,
            Notices notices) {
        this.folder = files.folder();
        this.budget = files.budget();
        this.mayMap = mayMap;
        this.names = names;
        this.store = store;
        this.backpressure = backpressure;
        this.notices = notices;
        this.mapped = new MappedChain(files, store, losses);
        this.appended = new AppendedValues(files, losses, () -> sent);
    }

    /** Tells how far the values were sent; segments before are removed. From any thread. */
    public void sent(Place upTo) {
        sent = upTo;
    }

    /** Does what is to be done now; tells whether there was anything. */
    public boolean work(long now) {
        backpressure.workingSince(now == 0 ? 1 : now);
        try {
            return now >= retryAt && workNow(now);
        } catch (IOException | RuntimeException | Error e) { // for want of memory as well
            refused(e, now);
            return false;
        } finally {
            backpressure.workingSince(0);
        }
    }

    private boolean workNow(long now) throws IOException {
        if (!started) {
            start();
        }
        budget.removedBefore(sent.file());
        watch(now);
        boolean prepared = mapping && now >= mapAt && prepare(now);
        if (prepared) {
            appended.end();
        }
        boolean drained = drain(!mapping || now < mapAt, now);
        mapped.release();
        store.thin(budget.stride(mapped.freeBytes()));
        backpressure.fullBecauseOf(budget.hasRoom() ? Loss.TOO_FAST : Loss.LIMIT);
        return prepared || drained;
    }

    /** Where a large file is refused, a small one may still do: the disk may be nearly full. */
    private boolean prepare(long now) {
        try {
            return mapped.prepare(now, store.waiting() > 0);
        } catch (NotMappableException e) {
            mapping = false;
            notices.tell(Kind.NOT_MAPPED, "", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            mapAt = now + RETRY_NANOS;
        }
        return false;
    }

    private void start() throws IOException {
        folder.create();
        if (!mayMap) {
            notices.tell(Kind.NOT_MAPPED, "", "it is switched off");
        } else if (!MappingRule.allows(folder.path())) {
            notices.tell(Kind.NOT_MAPPED, "", "the file system is not one on which this is safe");
        } else {
            mapping = true;
        }
        started = true;
        backpressure.madeProgress();
    }

    private void watch(long now) throws IOException {
        boolean isTime = now >= watchAt || beginsFile();
        if (mapping && (store.hasFaulted() || (isTime && mapped.isTruncated()))) {
            mapping = false;
            mapped.abandon(sent);
            notices.tell(Kind.NOT_MAPPED, "", "somebody has truncated its file");
        }
        if (isTime) {
            watchAt = now + WATCH_NANOS;
            mapped.restoreLateValues();
            if (mapped.isRemoved() || appended.isRemoved()) {
                folder.create();
                mapped.renew(sent);
                appended.renew();
            }
        }
    }

    /**
     * Whether a file is about to be begun. What was removed is brought back before, since a reader that finds the new file passes over those
     * before it. (Texts may have made a removed folder anew.)
     */
    private boolean beginsFile() {
        return budget.hasRoom() && (mapping ? mapped.needsNext() : store.waiting() > 0 && appended.needsNext());
    }

    /** Empties the rings, into mapped memory where there is some. */
    private boolean drain(boolean mayAppend, long now) throws IOException {
        boolean calm = now >= calmAt;
        if (resizeRing(calm) || store.waiting() > 0) {
            calmAt = now + CALM_NANOS;
        }
        boolean any = false;
        for (HeapRing ring : store.rings()) {
            any |= drain(ring, mayAppend);
        }
        appended.write();
        if (any && store.waiting() == 0) {
            backpressure.madeRoom();
        }
        return any;
    }

    /** Where there is no memory for a larger ring, the small one is emptied as well as it can be. */
    private boolean resizeRing(boolean calm) {
        try {
            return store.resizeRing(calm);
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /** No more than there are now: threads may put values in as fast as they are taken out, and other runs have their turn. */
    private boolean drain(HeapRing ring, boolean mayAppend) throws IOException {
        boolean any = false;
        for (int left = ring.size(); left > 0 && ring.hasNext(); left--) {
            MetricName name = names.byNumber(ring.name());
            if (!store.appendMapped(name, ring.kind(), ring.step(), ring.time(), ring.bits())) {
                if (!mayAppend || !appended.add(name, ring)) {
                    break;
                }
            }
            ring.remove();
            backpressure.madeProgress();
            any = true;
        }
        return any;
    }

    private void refused(Throwable reason, long now) {
        retryAt = now + RETRY_NANOS;
        backpressure.fullBecauseOf(Loss.DISK_REFUSED);
        String words = reason.getMessage();
        notices.tell(
                Kind.DISK_REFUSES,
                folder.path().toString(),
                reason.getClass().getSimpleName() + (words == null ? "" : ": " + words));
    }

    /** How many values are in no file yet. From any thread. */
    public int pending() {
        return store.waiting() + appended.pending();
    }

    /**
     * Writes what waits, and ends the last segment. Values that come later are not taken any more.
     *
     * @return why {@link #pending} is lost; null when the disk has taken all
     */
    public @Nullable Loss close() {
        watchAt = Long.MIN_VALUE; // somebody may have removed the files a moment ago
        try {
            boolean busy = started || store.waiting() > 0;
            while (busy) {
                busy = workNow(System.nanoTime()) && store.waiting() > 0;
            }
            mapped.end(sent);
            drain(true, System.nanoTime());
            appended.end();
            return pending() == 0 ? null : budget.hasRoom() ? Loss.TOO_FAST : Loss.LIMIT;
        } catch (IOException | RuntimeException | Error e) {
            refused(e, System.nanoTime());
            return Loss.DISK_REFUSED;
        }
    }
}

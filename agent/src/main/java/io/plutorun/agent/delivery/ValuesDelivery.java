package io.plutorun.agent.delivery;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.host.BoundedWait;
import io.plutorun.agent.ingest.Upload;
import io.plutorun.agent.ingest.UploadSource;
import io.plutorun.agent.ingest.UploadedRun;
import io.plutorun.agent.metrics.RunMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sends what the runs of this JVM log, on threads of its own: no record of a run waits for values. Each run has one request on its way at a
 * time, and waits for itself alone.
 *
 * <p>Lock order: a run's upload, then one of the object's own lock and the threads'.
 */
public final class ValuesDelivery {

    private static final int MAX_THREADS = 4;

    private final PlutoApi api;
    private final IngestApi ingest;
    private final Duration timeout;
    private final DeliveryThreads threads = new DeliveryThreads("values", MAX_THREADS);
    private final Turns turns = new Turns();
    private final Set<RunUpload> open = new HashSet<>();
    private volatile boolean jvmEnding;

    /**
     * Makes a delivery; no thread starts before there is something to send.
     *
     * @param timeout how long one request may take
     */
    public ValuesDelivery(PlutoApi api, IngestApi ingest, Duration timeout) {
        this.api = api;
        this.ingest = ingest;
        this.timeout = timeout;
    }

    /**
     * Sends what a run has logged and will log, until its metrics are closed and all has arrived.
     *
     * @return to be called when there is something new that shall be sent at once, as when the metrics are closed
     * @throws RuntimeException or an error when no thread runs and none can be started; then nothing is sent
     */
    public Runnable deliver(RunMetrics metrics, UploadedRun run, ValuesListener listener) {
        RunUpload upload = new RunUpload(turns, () -> upload(metrics, run, listener), listener);
        synchronized (this) {
            open.add(upload);
        }
        boolean hasBegun = false;
        try {
            upload.begin();
            hasBegun = true;
        } finally {
            if (!hasBegun) {
                turns.isDone(upload);
            }
        }
        return upload::wake;
    }

    private Upload upload(RunMetrics metrics, UploadedRun run, ValuesListener listener) throws IOException {
        return new Upload(api, ingest, UploadSource.of(metrics, run), run, timeout, listener);
    }

    /**
     * The JVM ends: what has not arrived is tried at once. Returns when all has arrived or was tried in vain, at the latest after a time.
     *
     * @return how many runs have values left
     */
    public int finish(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        jvmEnding = true;
        try {
            openUploads().forEach(RunUpload::wake);
            return awaitDelivery(deadline);
        } finally {
            jvmEnding = false;
        }
    }

    private synchronized List<RunUpload> openUploads() {
        return List.copyOf(open);
    }

    private synchronized int awaitDelivery(long deadline) {
        BoundedWait.whileHolds(this, deadline, () -> open.stream().anyMatch(RunUpload::isWorthWaitingFor));
        return open.size();
    }

    /** What the uploads ask for. */
    private final class Turns implements RunUpload.Turns {

        @Override
        public void execute(Runnable turn) {
            threads.execute(turn, Urgency.REST);
        }

        @Override
        public void executeAfter(Duration wait, Runnable turn) {
            threads.executeAfter(wait, turn, Urgency.REST);
        }

        @Override
        public boolean isJvmEnding() {
            return jvmEnding;
        }

        @Override
        public void pauses() {
            synchronized (ValuesDelivery.this) {
                ValuesDelivery.this.notifyAll();
            }
        }

        @Override
        public void isDone(RunUpload upload) {
            synchronized (ValuesDelivery.this) {
                open.remove(upload);
                ValuesDelivery.this.notifyAll();
            }
        }
    }
}

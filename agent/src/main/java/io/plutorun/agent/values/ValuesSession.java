package io.plutorun.agent.values;

import io.plutorun.agent.delivery.ValuesDelivery;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.metrics.MetricsOptions;
import io.plutorun.agent.metrics.MetricsThread;
import io.plutorun.agent.metrics.RunMetrics;
import io.plutorun.agent.metrics.report.Notice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the values of all runs of this JVM share. */
public final class ValuesSession {

    /** Values of a run that may not be on disk yet. */
    interface Unwritten {

        /** The JVM ends, and the disk has not taken them all: the rest is lost. */
        void diskHangs();
    }

    private final MetricsThread thread;
    private final long maxBytes;
    private final Redactor redactor;
    private final Console console;
    private final @Nullable ValuesDelivery delivery;
    private final @Nullable String whyNotSent;
    private final Set<Unwritten> unwritten = ConcurrentHashMap.newKeySet();

    /**
     * Makes the session; no thread starts before there is a value.
     *
     * @param thread writes the values of all runs
     * @param maxBytes how much of the disk the unsent values of one run may take
     * @param delivery sends them; null where they are only kept on disk
     * @param whyNotSent for a person, where values are only kept on disk although the runs are sent; else null
     */
    public ValuesSession(
            MetricsThread thread,
            long maxBytes,
            Redactor redactor,
            Console console,
            @Nullable ValuesDelivery delivery,
            @Nullable String whyNotSent) {
        this.thread = thread;
        this.maxBytes = maxBytes;
        this.redactor = redactor;
        this.console = console;
        this.delivery = delivery;
        this.whyNotSent = whyNotSent;
    }

    /** Opens the metrics of a run. Nothing is written on the calling thread. */
    RunMetrics open(Path folder, RunRecord.Start start, Consumer<Notice> notices) {
        String prefix = start.part().follows() ? "rank" + start.part().rank() + "/" : "";
        MetricsOptions options = new MetricsOptions(
                folder,
                start.runKey(),
                maxBytes,
                !start.isOfItsOwn(),
                true,
                name -> prefix + redactor.text(name),
                redactor::text);
        return RunMetrics.open(options, thread, notices);
    }

    /** From now on a run has values that may not be on disk yet. */
    void opened(Unwritten values) {
        unwritten.add(values);
    }

    /** All that a run has logged is on disk, as far as it can be. */
    void written(Unwritten values) {
        unwritten.remove(values);
    }

    Console console() {
        return console;
    }

    @Nullable
    ValuesDelivery delivery() {
        return delivery;
    }

    @Nullable
    String whyNotSent() {
        return whyNotSent;
    }

    /**
     * The JVM ends: waits until what the ended runs logged is on disk, and has arrived where it is sent, or a time has passed. What is not on
     * disk then is lost, and told.
     *
     * @return how many runs have values that have not arrived, as far as they are sent
     */
    public int finish(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        thread.awaitIdle(atMost);
        unwritten.forEach(Unwritten::diskHangs);
        return delivery == null ? 0 : delivery.finish(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
}

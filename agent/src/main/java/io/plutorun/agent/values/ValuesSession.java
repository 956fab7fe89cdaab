package io.plutorun.agent.values;

import io.plutorun.agent.delivery.ValuesDelivery;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.LineRedactor;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.metrics.MetricsOptions;
import io.plutorun.agent.metrics.MetricsThread;
import io.plutorun.agent.metrics.RunMetrics;
import io.plutorun.agent.metrics.report.Notice;
import io.plutorun.agent.sample.SystemSampler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the values of all runs of this JVM share. */
public final class ValuesSession {

    /** The section of the system's metrics. */
    static final String SYSTEM = "sys/";

    /** Values of a run that may not be on disk yet. */
    interface Unwritten {

        /** The JVM ends, and the disk has not taken them all: the rest is lost. */
        void diskHangs();
    }

    private final MetricsThread thread;
    private final SystemSampler sampler;
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
     * @param sampler looks at the system while runs are open
     * @param maxBytes how much of the disk the unsent values of one run may take
     * @param delivery sends them; null where they are only kept on disk
     * @param whyNotSent for a person, where values are only kept on disk although the runs are sent; else null
     */
    public ValuesSession(
            MetricsThread thread,
            SystemSampler sampler,
            long maxBytes,
            Redactor redactor,
            Console console,
            @Nullable ValuesDelivery delivery,
            @Nullable String whyNotSent) {
        this.thread = thread;
        this.sampler = sampler;
        this.maxBytes = maxBytes;
        this.redactor = redactor;
        this.console = console;
        this.delivery = delivery;
        this.whyNotSent = whyNotSent;
    }

    /** Opens the metrics of a run. Nothing is written on the calling thread. */
    RunMetrics open(Path folder, RunRecord.Start start, Consumer<Notice> notices) {
        MetricsOptions options = new MetricsOptions(
                folder,
                start.runKey(),
                maxBytes,
                !start.isOfItsOwn(),
                true,
                name -> ofProcess(start.part(), redactor.text(name)),
                redactor::text,
                new LineRedactor(redactor));
        return RunMetrics.open(options, thread, notices);
    }

    /**
     * The server keeps one value for a run, a name and a step, so each rank has names of its own. What a worker computes nobody else does.
     * The page of the system shows one section.
     */
    private static String ofProcess(RunRecord.Part part, String name) {
        if (!part.follows()) {
            return name;
        }
        String process = part.isWorker() ? part.worker() : "rank" + part.rank();
        if (name.startsWith(SYSTEM)) {
            return SYSTEM + process + "." + name.substring(SYSTEM.length());
        }
        return part.isWorker() ? name : process + "/" + name;
    }

    SystemSampler sampler() {
        return sampler;
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

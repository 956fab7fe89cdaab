package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.buffer.ValueKeeper;
import io.plutorun.agent.metrics.data.ConsoleLog;
import io.plutorun.agent.metrics.data.DataLog;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import io.plutorun.agent.metrics.report.Notice;
import io.plutorun.agent.metrics.report.Notice.Kind;
import io.plutorun.agent.metrics.report.Notices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Has one run's values, texts, tables, histograms and printed lines written, on the thread of the metrics, until the run's metrics are closed. */
final class MetricsWriter implements MetricsThread.Task {

    private final MetricsThread thread;
    private final Path folder;
    private final ValueKeeper keeper;
    private final DataLog data;
    private final ConsoleLog console;
    private final Losses losses;
    private final Losses consoleLosses;
    private final Notices notices;
    private final Silence silence;
    private final Consumer<Notice> told;
    private final AtomicLong rounds = new AtomicLong();
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicBoolean unwrittenCounted = new AtomicBoolean();
    private volatile boolean closed;
    private volatile Runnable whenDone = () -> {};

    MetricsWriter(
            MetricsThread thread,
            Path folder,
            ValueKeeper keeper,
            DataLog data,
            ConsoleLog console,
            Losses losses,
            Losses consoleLosses,
            Notices notices,
            Silence silence,
            Consumer<Notice> told) {
        this.thread = thread;
        this.folder = folder;
        this.keeper = keeper;
        this.data = data;
        this.console = console;
        this.losses = losses;
        this.consoleLosses = consoleLosses;
        this.notices = notices;
        this.silence = silence;
        this.told = told;
    }

    void start() {
        thread.add(this);
    }

    /** Waits until all that was logged before is in the files; false when that took too long. */
    boolean flush(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long wanted = rounds.get() + 2; // the round that is under way may have passed what was logged last
        while (rounds.get() < wanted && !isDone()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            thread.wake();
            done.await(1, TimeUnit.MILLISECONDS);
        }
        return true;
    }

    /**
     * Has what there is written, and ends.
     *
     * @param then called on the thread of the metrics when that is done; must not block
     */
    void close(Runnable then) {
        whenDone = then;
        closed = true;
        thread.wake();
    }

    boolean isClosed() {
        return closed;
    }

    /** Waits until all is written after {@link #close}; false when that took too long. */
    @Override
    public boolean awaitDone(Duration atMost) throws InterruptedException {
        return done.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean isDone() {
        return done.getCount() == 0;
    }

    @Override
    public boolean work(long now) {
        if (closed) {
            finish();
            return false;
        }
        boolean busy = keeper.work(now);
        try {
            busy |= data.write();
            busy |= console.write();
        } catch (IOException e) {
            notices.tell(Kind.DISK_REFUSES, folder.toString(), String.valueOf(e.getMessage()));
        }
        Duration silent = silence.look(now);
        if (silent != null) {
            notices.tell(Kind.SILENT, "", silent.toMinutes() + " min");
        }
        notices.take().forEach(told);
        rounds.incrementAndGet();
        return busy;
    }

    private void finish() {
        Loss why = keeper.close();
        try {
            data.write();
            data.close();
            while (console.write()) {}
            console.close();
        } catch (IOException e) {
            why = Loss.DISK_REFUSED;
        }
        if (why != null) {
            countUnwritten(why);
        }
        notices.take().forEach(told);
        end();
    }

    @Override
    public void failed() {
        if (closed) { // there is no use in trying for ever
            countUnwritten(Loss.FAILED);
            end();
        }
    }

    /** Counts as lost what is in no file yet. Whoever comes first counts it: the metrics thread, or who has waited for it in vain. */
    void countUnwritten(Loss why) {
        if (unwrittenCounted.compareAndSet(false, true)) {
            losses.count(why, keeper.pending() + data.pending());
            consoleLosses.count(why, console.pending());
        }
    }

    private void end() {
        if (!isDone()) {
            done.countDown();
            whenDone.run();
        }
    }
}

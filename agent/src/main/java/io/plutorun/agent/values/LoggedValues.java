package io.plutorun.agent.values;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.delivery.ValuesDelivery;
import io.plutorun.agent.delivery.ValuesListener;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.ingest.UploadedRun;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.metrics.RunMetrics;
import io.plutorun.agent.metrics.RunValues;
import io.plutorun.agent.sample.SystemSampler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the program logs of one run. Its files, beside the run's journal, are opened at the first value: a run without values costs nothing.
 * They are sent from when the server has the run, and the journal stays until they have arrived.
 *
 * <p>The object's lock is held for the change of a field, and while the files' owner is made; the locks of the run and of the journal come
 * after it.
 */
public final class LoggedValues implements ValuesListener, ValuesSession.Unwritten, SystemSampler.Run {

    /** A disk that does not answer costs a run this much, once. */
    private static final Duration MAX_WAIT_FOR_FIRST_FILE = Duration.ofMillis(50);

    private final ValuesSession session;
    private final RunJournal journal;
    private final RunRecord.Start start;
    private final ValuesMessages messages;
    private final Supplier<List<Thread>> executing;

    private volatile RunValues entry = new OpenAtFirstValue(this::open);
    private volatile boolean takesNoMore;

    private @Nullable RunMetrics metrics;
    private @Nullable StartedRun run;
    private @Nullable Runnable wake;
    private boolean hasEnded;
    private boolean isRefusedForGood;
    private boolean isWritten;

    /**
     * Makes the values of a run; no file is opened.
     *
     * @param journal the run's journal, to which its start has been written
     * @param start the run's start
     * @param executing the threads that execute the run, as far as they are known
     */
    public LoggedValues(
            ValuesSession session, RunJournal journal, RunRecord.Start start, Supplier<List<Thread>> executing) {
        this.session = session;
        this.journal = journal;
        this.start = start;
        this.executing = executing;
        this.messages = new ValuesMessages(session.console(), this::label, executing);
        session.sampler().add(this);
    }

    /** Where what is logged goes. Takes no lock, and makes no object. */
    public RunValues entry() {
        return takesNoMore ? RunValues.NONE : entry;
    }

    /** Opens the files, so that the first of what is logged does not wait for that. */
    void begin() {
        var unused = open();
    }

    /** The run was given more tags than the server takes. */
    void tooManyTags(String first) {
        messages.tooManyTags(first);
    }

    /** From now on nothing is kept. Takes no lock, and makes no object. */
    public void takeNoMore() {
        takesNoMore = true;
    }

    @Override
    public void sampled(Map<String, Double> values) {
        if (start.part().isWorker() && executing.get().isEmpty()) {
            return; // what the process does is not done for the run
        }
        values.forEach((name, value) -> entry().log(ValuesSession.SYSTEM + name, value));
    }

    private synchronized RunValues open() {
        RunMetrics open = metrics;
        if (takesNoMore) {
            return RunValues.NONE;
        }
        if (open == null) {
            Path folder = journal.beginValues();
            if (folder == null) {
                takeNoMore();
                messages.nowhereToKeep();
                return RunValues.NONE;
            }
            open = session.open(folder, start, messages::notice);
            metrics = open;
            entry = open;
            session.opened(this);
            awaitFirstFile(open);
            if (session.whyNotSent() != null) {
                messages.impossible(session.whyNotSent());
            }
            sendIfStarted();
        }
        return open;
    }

    /** Until the first file is there values lie in memory, which a kill takes away. So the first value waits for it, a little and once. */
    private static void awaitFirstFile(RunMetrics opened) {
        try {
            var unused = opened.flush(MAX_WAIT_FOR_FIRST_FILE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server has the run. */
    public synchronized void started(StartedRun started) {
        run = started;
        sendIfStarted();
    }

    private void sendIfStarted() {
        RunMetrics open = metrics;
        StartedRun started = run;
        ValuesDelivery delivery = session.delivery();
        if (open != null && started != null && wake == null && delivery != null) {
            wake = delivery.deliver(open, UploadedRun.of(start, started), this);
        }
    }

    /**
     * The server will not have the run.
     *
     * @param forGood whether it never will: then what was logged is of no use to anybody
     */
    public void refused(boolean forGood) {
        if (forGood) {
            synchronized (this) {
                isRefusedForGood = true;
            }
            ended();
        }
    }

    /** The run has its verdict: nothing more is kept. */
    public void ended() {
        session.sampler().remove(this);
        RunMetrics open;
        synchronized (this) {
            open = hasEnded ? null : metrics;
            hasEnded = true;
            takesNoMore = true;
        }
        if (open != null) {
            open.close(() -> written(open));
        }
    }

    /** All that was logged is on disk, as far as it can be. Called on the thread of the metrics. */
    private void written(RunMetrics closed) {
        session.written(this);
        messages.lost(closed);
        Runnable next;
        boolean settled;
        synchronized (this) {
            next = wake;
            settled = isRefusedForGood || session.delivery() == null;
            isWritten = true;
        }
        if (settled) {
            journal.valuesSettled(isRefusedForGood);
        } else if (next != null) {
            next.run();
        }
    }

    @Override
    public void diskHangs() {
        RunMetrics open;
        synchronized (this) {
            open = metrics;
        }
        if (open != null) {
            open.giveUp();
            messages.lost(open);
        }
    }

    /** The last values of the names that were logged last, by name. */
    public List<Map.Entry<String, Double>> lastValues(int atMost) {
        RunMetrics open;
        synchronized (this) {
            open = metrics;
        }
        return open == null ? List.of() : open.lastValues(atMost);
    }

    private synchronized String label() {
        return run == null ? start.name() : run.label();
    }

    @Override
    public void lineRefused(String line, Outcome<?> answer) {
        messages.lineRefused(line, answer);
    }

    @Override
    public void failing(Outcome<?> outcome) {
        messages.failing(outcome);
    }

    @Override
    public void damaged(long values) {
        messages.damaged(values);
    }

    @Override
    public void impossible(String why) {
        messages.impossible(why);
    }

    @Override
    public void gone(Outcome<?> answer) {
        messages.gone(answer);
        boolean wasWritten;
        synchronized (this) {
            isRefusedForGood = true;
            wasWritten = isWritten;
        }
        if (wasWritten) {
            journal.valuesSettled(true);
        } else {
            ended();
        }
    }

    @Override
    public void settled(boolean allDelivered) {
        journal.valuesSettled(allDelivered);
    }
}

package io.plutorun.agent.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.send.StatusResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hears what becomes of a run's records, and keeps it in words. */
class HeardWords implements DeliveryListener {

    final List<String> words = new CopyOnWriteArrayList<>();

    private synchronized void hear(String word) {
        words.add(word);
        notifyAll();
    }

    /** Waits until so much has been heard. */
    synchronized void await(int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (words.size() < count) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(deadline - System.nanoTime()).as("heard only " + words).isPositive();
        }
    }

    @Override
    public void started(StartedRun run) {
        hear(run.resumed() ? "resumed" : "started");
    }

    @Override
    public void unanswered(Outcome<?> failure) {}

    @Override
    public void refused(Outcome<?> answer, boolean forGood) {
        hear("refused" + (forGood ? " for good" : "") + ": " + answer.words());
    }

    @Override
    public void ended(StartedRun run, RunRecord.End end) {
        hear("ended " + end.status());
    }

    @Override
    public void revived(StartedRun run) {
        hear("revived");
    }

    @Override
    public void overruled(StartedRun run, RunRecord.@Nullable End end, StatusResult.Overruled decision) {
        hear("overruled: " + decision.status());
    }

    @Override
    public void leftOut(StartedRun run, RunRecord record, Outcome<?> answer) {
        hear("left out " + record.getClass().getSimpleName() + ": " + answer.words());
    }
}

package io.plutorun.agent.delivery;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RecordReceiver;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings one run's records to the server, one after the other, the next only when the one before has been answered. What gets no answer
 * is sent again, as often as it takes; since the start carries an external id, no repetition makes a second run.
 */
final class RunSender implements Runnable, RecordReceiver {

    /** A resumed run's tags and config are worth some patience… */
    private static final int MAX_ATTEMPTS_BESIDE_VERDICT = 5;

    /** …but once the verdict is there it must not wait for them: the JVM may be about to end. */
    private static final int MAX_ATTEMPTS_BEFORE_VERDICT = 2;

    private static final Duration UNTIL_MEMORY_MAY_BE_BACK = Duration.ofSeconds(1);

    private final Delivery delivery;
    private final long sequence;
    private final RunJournal journal;
    private final DeliveryListener listener;
    private final RecordSender sender;
    private final ServerState state;
    private final Deque<RunRecord> undelivered = new ArrayDeque<>();
    private final List<RunSender> successors = new ArrayList<>();
    private RunRecord.@Nullable Start start;
    private boolean endTaken;
    private boolean delivering;
    private volatile boolean abandoned;
    private boolean finished;
    private boolean left;
    private boolean sending;

    // Of the thread that delivers, one at a time.
    private Backoff backoff = new Backoff();
    private int tries;
    private long delivered;
    private final List<RunRecord> followUps = new ArrayList<>(); // made from the start, so they are not in the journal

    /**
     * Makes a sender.
     *
     * @param sequence its place among the senders of the delivery
     * @param state what the run's beats hear; told that the run has ended
     */
    RunSender(
            Delivery delivery,
            long sequence,
            RunJournal journal,
            RecordSender sender,
            ServerState state,
            DeliveryListener listener) {
        this.delivery = delivery;
        this.sequence = sequence;
        this.journal = journal;
        this.sender = sender;
        this.state = state;
        this.listener = listener;
    }

    @Override
    public synchronized void take(RunRecord record) {
        if (record.isLast()) {
            state.end();
        }
        if (record instanceof RunRecord.Alive
                && undelivered.stream().anyMatch(waiting -> waiting instanceof RunRecord.Alive)) {
            goOn(); // what waits there says as much
            return;
        }
        if (finished) {
            if (record.isLast()) {
                journal.release();
            }
            return;
        }
        if (record instanceof RunRecord.Left) {
            leave();
            return;
        }
        undelivered.add(record);
        start = record instanceof RunRecord.Start first ? first : start;
        endTaken |= record instanceof RunRecord.End;
        goOn();
    }

    /**
     * Has what there is delivered. A program that is short of memory may keep the agent's threads from starting; the run's next beat and
     * the JVM's end try again.
     */
    synchronized void goOn() {
        if (!delivering && !undelivered.isEmpty()) {
            delivering = true;
            try {
                delivery.execute(this);
            } catch (OutOfMemoryError e) {
                delivering = false;
            }
        }
    }

    /** Delivers nothing more. A request that is on its way is waited for: where it has revived the run, it sees to that itself. */
    private synchronized void leave() {
        left = true;
        if (!sending) {
            journal.remove();
            finish();
            delivery.left(this, true);
        }
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
        sender.createNoMore();
    }

    /** Delivers what there is, as far as the server answers. */
    @Override
    public void run() {
        try {
            deliver();
        } catch (Error e) { // short of memory, in all likelihood, and that passes: nothing is lost, a request may be
            // repeated
            laterAgain();
        }
    }

    private void laterAgain() {
        try {
            delivery.executeAfter(UNTIL_MEMORY_MAY_BE_BACK, this);
        } catch (Error e) {
            stopUntilToldToGoOn();
        }
    }

    private synchronized void stopUntilToldToGoOn() {
        delivering = false;
    }

    private void deliver() {
        for (RunRecord next = next(); next != null; next = next()) {
            if ((mayMeanAnOlderRun(next) && delivery.waitsForAnEarlierEnd(this)) || !delivery.pass(this)) {
                standsAside();
                return;
            }
            Outcome<?> outcome = attempt(next);
            if (hasLeft()) {
                leave();
                return;
            }
            if (outcome.isTransient() && tries < mostTries(next)) {
                tellUnlessAbandoned(() -> listener.unanswered(outcome));
                delivery.executeAfter(backoff.next(outcome), this);
                return;
            }
            if (!outcome.isTransient()) {
                delivery.answered();
            }
            settle(next, outcome);
        }
    }

    /** Not once it has tried: then it may be the one that asks a silent server, on whom all others wait. */
    private boolean mayMeanAnOlderRun(RunRecord next) {
        return tries == 0
                && next instanceof RunRecord.Start first
                && !(first.target() instanceof RunRecord.Target.Create create && !create.chosen());
    }

    /**
     * Takes on a sender whose start means the run that this one is about to end: a resume that overtook the verdict of the call before
     * would be undone by it.
     *
     * @return whether that one has to wait; it is sent on its way when this one is done
     */
    synchronized boolean precedes(RunSender later) {
        RunRecord.Start theirs = later.start;
        if (finished || !endTaken || sequence > later.sequence || theirs == null || !isSameRun(theirs)) {
            return false;
        }
        successors.add(later);
        return true;
    }

    private boolean isSameRun(RunRecord.Start theirs) {
        StartedRun run = sender.run();
        return (start != null
                        && theirs.target().equals(start.target())
                        && theirs.project().equals(start.project()))
                || (run != null && theirs.target().means(run, start, theirs.project()));
    }

    /** Those who waited for this one's end. */
    synchronized List<RunSender> takeSuccessors() {
        List<RunSender> waiting = List.copyOf(successors);
        successors.clear();
        return waiting;
    }

    private synchronized int mostTries(RunRecord record) {
        if (record instanceof RunRecord.Alive) {
            return 1; // the next one comes by itself
        }
        if (record instanceof RunRecord.Tags || record instanceof RunRecord.Config) {
            boolean verdictIsThere = undelivered.peekLast() instanceof RunRecord.End;
            return verdictIsThere ? MAX_ATTEMPTS_BEFORE_VERDICT : MAX_ATTEMPTS_BESIDE_VERDICT;
        }
        return Integer.MAX_VALUE;
    }

    /** The next record to deliver; null when there is none, or the run was given up before anything was sent. */
    private synchronized @Nullable RunRecord next() {
        if (abandoned && sender.run() == null && !finished && (tries == 0 || !mayHaveMadeARun())) {
            journal.drop("the method did not start");
            finish();
        }
        RunRecord next = undelivered.peek();
        if (next == null) {
            delivering = false;
            delivery.left(this, finished);
        }
        sending = next != null;
        return next;
    }

    private synchronized void standsAside() {
        sending = false;
        if (left) {
            leave();
        }
    }

    private synchronized boolean hasLeft() {
        sending = false;
        return left;
    }

    /** A fault of the agent's own must not leave the run's other records lying. */
    private Outcome<?> attempt(RunRecord record) {
        tries++;
        try {
            if (tries == 1 && (record instanceof RunRecord.Start || record instanceof RunRecord.End)) {
                journal.sync();
            }
            return sender.send(record);
        } catch (RuntimeException e) {
            return new Outcome.Rejected<>(0, "the agent failed: " + e, null);
        } catch (Error e) { // short of memory, perhaps: that passes
            return new Outcome.Unreachable<>("the agent failed: " + e);
        }
    }

    /** Whether the start, the first record, creates what does not exist: then an unanswered request may have made a run. */
    private boolean mayHaveMadeARun() {
        return undelivered.peek() instanceof RunRecord.Start start && start.target() instanceof RunRecord.Target.Create;
    }

    /** Without the lock: asked by those who hold the delivery's, which this one takes within its own. */
    boolean isAbandoned() {
        return abandoned;
    }

    /** A record has been answered, well or badly. Told first, so that who waits for the run's end has heard all. */
    private void settle(RunRecord record, Outcome<?> outcome) {
        boolean good = outcome instanceof Outcome.Answer<?>;
        StartedRun run = sender.run();
        if (run == null) {
            tellUnlessAbandoned(() -> listener.refused(outcome, isFinal(record, outcome)));
        } else if (record instanceof RunRecord.Start) {
            journal.startDelivered(run);
            tellUnlessAbandoned(() -> listener.started(run));
        } else if (!good) {
            if (!(record instanceof RunRecord.Alive)) { // the next one comes by itself
                tellUnlessAbandoned(() -> listener.leftOut(run, record, outcome));
            }
        } else if (((Outcome.Answer<?>) outcome).value() instanceof StatusResult result) {
            arrived(run, record instanceof RunRecord.End end ? end : null, result);
        }
        drop(record, run, outcome);
    }

    private void arrived(StartedRun run, RunRecord.@Nullable End end, StatusResult result) {
        if (result instanceof StatusResult.Overruled decision) {
            tellUnlessAbandoned(() -> listener.overruled(run, end, decision));
            return;
        }
        if (((StatusResult.Noted) result).revived()) {
            journal.startDelivered(run); // else a later replay takes the resume for another process's
            tellUnlessAbandoned(() -> listener.revived(run));
        }
        if (end != null) {
            tellUnlessAbandoned(() -> listener.ended(run, end));
        }
    }

    /** A listener that fails must not leave the run's other records lying. */
    private void tellUnlessAbandoned(Runnable telling) {
        if (!isAbandoned()) {
            try {
                telling.run();
            } catch (RuntimeException e) {
                // it had its chance
            }
        }
    }

    private synchronized void drop(RunRecord record, @Nullable StartedRun run, Outcome<?> outcome) {
        backoff = new Backoff();
        tries = 0;
        // The very objects, since to compare records by value means to spin classes, for which there may be no memory.
        if (undelivered.peek() == record) {
            undelivered.poll();
        }
        boolean isFollowUp = followUps.removeIf(followUp -> followUp == record);
        if (run == null) {
            if (abandoned || isFinal(record, outcome)) {
                journal.drop(outcome.words());
            }
            finish();
        } else if (record instanceof RunRecord.Start start) {
            followUps.addAll(RecordSender.followUp(start, run));
            for (int i = followUps.size() - 1; i >= 0; i--) {
                undelivered.addFirst(followUps.get(i));
            }
        } else if (record instanceof RunRecord.End) {
            journal.delivered(++delivered);
            journal.remove();
            finish();
        } else if (!isFollowUp && !(record instanceof RunRecord.Alive)) {
            journal.delivered(++delivered);
        }
    }

    /**
     * Whether the server's refusal of a start will be the same tomorrow: there is no such run, or more than one. A rejected key, an
     * organization at its limit, or a URL that does not lead to the API, may be mended, and then the run can still be delivered.
     */
    private static boolean isFinal(RunRecord record, Outcome<?> refusal) {
        return record instanceof RunRecord.Start start
                && start.target() instanceof RunRecord.Target.Resume
                && refusal instanceof Outcome.Rejected<?> rejected
                && (rejected.status() == 404 || rejected.status() == 409);
    }

    private void finish() {
        undelivered.clear();
        finished = true;
    }
}

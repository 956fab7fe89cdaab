package io.plutorun.agent.delivery;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.send.AnswerRule;
import io.plutorun.agent.send.RecordSender;
import io.plutorun.agent.send.ServerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings one run's records to the server, one after the other, the next only when the one before has been answered. What gets no answer
 * is sent again; since the start carries an external id, no repetition makes a second run.
 *
 * <p>Lock order: the run's journal, this object, then the dispatcher's locks. Requests are made, the disk is waited for and the listener is
 * called without any of them.
 */
final class RunSender implements Dispatcher.Task, RunJournal.Receiver {

    private static final Duration UNTIL_MEMORY_MAY_BE_BACK = Duration.ofSeconds(1);

    private final Dispatcher dispatcher;
    private final long sequence;
    private final RunJournal journal;
    private final Settlement settlement;
    private final RecordSender sender;
    private final ServerState state;
    private final RecordQueue undelivered = new RecordQueue();
    private final List<RunSender> successors = new ArrayList<>();
    private volatile RunRecord.@Nullable Start start;
    private volatile RunStage stage = RunStage.GOING_ON;
    private volatile SenderActivity activity = SenderActivity.IDLE;

    /** The attempts to send the record that is sent at this moment. */
    private RecordAttempts attempts = new RecordAttempts();

    /**
     * Makes a sender.
     *
     * @param sequence its place among the senders of the delivery
     * @param state what the run's beats hear; told that the run has ended
     */
    RunSender(
            Dispatcher dispatcher,
            long sequence,
            RunJournal journal,
            RecordSender sender,
            ServerState state,
            DeliveryListener listener) {
        this.dispatcher = dispatcher;
        this.sequence = sequence;
        this.journal = journal;
        this.sender = sender;
        this.state = state;
        this.settlement = new Settlement(journal, listener, sender.late(), () -> stage == RunStage.GIVEN_UP);
    }

    @Override
    public synchronized void take(RunRecord record) {
        if (record.isLast()) {
            state.end();
        }
        if (stage == RunStage.DONE) {
            if (record.isLast()) {
                journal.releaseSoon();
            }
            return;
        }
        RunRecord.Start begun = start;
        if (record instanceof RunRecord.Left && (begun == null || !begun.part().isWorker())) {
            stage = RunStage.LEFT;
        } else {
            undelivered.add(record);
        }
        if (record instanceof RunRecord.Start first) {
            start = first;
        } else if (record.isLast() && stage == RunStage.GOING_ON) {
            stage = RunStage.ENDED;
        }
        goOn();
    }

    /**
     * Queues this sender for a turn if it is idle and has something to deliver. In a program that is short of memory, or that forbids it, no
     * thread may start; then the run's next heartbeat, or the JVM's end, tries again.
     */
    private synchronized void goOn() {
        boolean idle = activity == SenderActivity.IDLE || activity == SenderActivity.TRIED_IN_VAIN;
        if (idle && (stage == RunStage.LEFT || !undelivered.isEmpty())) {
            activity = SenderActivity.WAITING;
            try {
                dispatcher.execute(this);
            } catch (RuntimeException | Error e) {
                activity = SenderActivity.IDLE;
            }
        }
    }

    /** Told when the JVM ends: tries once more. A sender that waits for its time is executed by the dispatcher. */
    void tryAtOnce() {
        sender.waitForNobody();
        goOn();
    }

    @Override
    public synchronized void abandon() {
        stage = stage == RunStage.DONE ? stage : RunStage.GIVEN_UP;
        sender.createNoMore();
    }

    @Override
    public Urgency urgency() {
        return undelivered.urgency();
    }

    /** Whether somebody who waits for the JVM's end should wait for this. Takes no lock. */
    boolean isWorthWaitingFor() {
        return activity == SenderActivity.WAITING || activity == SenderActivity.SENDING;
    }

    /**
     * Delivers what there is, as far as the server answers.
     *
     * @throws OutOfMemoryError where there is not even the memory to wait; it is to be executed again then
     */
    @Override
    public void run() {
        try {
            deliver();
        } catch (Error e) { // probably a lack of memory; nothing is lost, and a request may be repeated
            activity = SenderActivity.WAITING;
            dispatcher.executeAfter(UNTIL_MEMORY_MAY_BE_BACK, this);
        }
    }

    private void deliver() {
        for (RunRecord next = next(); next != null; next = next()) {
            if (dispatcher.hasMoreUrgentThan(this)) {
                activity = SenderActivity.WAITING;
                dispatcher.execute(this);
                return;
            }
            if ((mayMeanAnOlderRun(next) && dispatcher.waitsForAnEarlierEnd(this)) || !dispatcher.mayGo(this)) {
                activity = SenderActivity.WAITING;
                return;
            }
            Outcome<?> outcome = attempt(next);
            AnswerRule answer = AnswerRule.of(next, outcome);
            dispatcher.heard(this, answer);
            if (stage == RunStage.LEFT) {
                continue; // what has revived the run has seen to that itself
            }
            if (outcome.isTransient() && attempts.count() < answer.maxAttempts(next, undelivered.endsWithVerdict())) {
                settlement.unanswered(outcome);
                tryAgain(outcome, answer);
                return;
            }
            settle(next, outcome, answer);
        }
        if (stage == RunStage.DONE) {
            dispatcher.isDone(this);
        } else {
            dispatcher.pauses(this);
        }
    }

    /**
     * Waits before the next attempt. While the JVM ends, a server that is away is tried once for each run, and one that fails is tried a few
     * times; only a run that was given up is tried until the time for the JVM's end is over.
     */
    private void tryAgain(Outcome<?> outcome, AnswerRule answer) {
        boolean inVain = answer == AnswerRule.AWAY
                ? dispatcher.isServerAway()
                : dispatcher.isJvmEnding() && attempts.failsTooOftenAtJvmEnd();
        if (dispatcher.isJvmEnding() && inVain && stage != RunStage.GIVEN_UP) {
            synchronized (this) {
                activity = SenderActivity.TRIED_IN_VAIN;
                successors.forEach(successor -> successor.activity = SenderActivity.TRIED_IN_VAIN);
            }
            dispatcher.pauses(this);
            return;
        }
        activity = SenderActivity.WAITING;
        dispatcher.executeAfter(attempts.wait(outcome), this);
    }

    /**
     * Whether a record may be for a run that an earlier call has ended. Asked for the first attempt only: after that this sender may be the
     * one that tries a silent server for all others, and must not wait for them.
     */
    private boolean mayMeanAnOlderRun(RunRecord next) {
        return attempts.count() == 0 && next instanceof RunRecord.Start first && !first.isOfItsOwn();
    }

    /** If a resume overtook the verdict of the call before, the verdict would undo it. */
    @Override
    public synchronized boolean precedes(Dispatcher.Task later) {
        RunRecord.Start ours = start;
        boolean ends = stage == RunStage.ENDED || stage == RunStage.GIVEN_UP;
        if (!ends || ours == null || !(later instanceof RunSender sender) || sequence > sender.sequence) {
            return false;
        }
        RunRecord.Start theirs = sender.start;
        if (theirs == null || !theirs.meansRunOf(ours, this.sender.run())) {
            return false;
        }
        successors.add(sender);
        return true;
    }

    /** Removes and returns the senders that wait until this one has delivered the end of its run. */
    synchronized List<RunSender> takeSuccessors() {
        List<RunSender> waiting = List.copyOf(successors);
        successors.clear();
        return waiting;
    }

    /** The next record to deliver; null when there is none, or the run was left, or was given up before anything was sent. */
    private @Nullable RunRecord next() {
        while (true) {
            if (stage == RunStage.LEFT) {
                journal.remove();
                finish();
            } else if (hasNeverBegun()) {
                journal.drop("the method did not start");
                finish();
            }
            synchronized (this) {
                RunRecord next = undelivered.first();
                if (next != null || stage != RunStage.LEFT) {
                    // A run that is done still counts as being sent until it is taken off the list: else the JVM's end
                    // would count it as undelivered.
                    boolean stillCounts = next != null || stage == RunStage.DONE;
                    activity = stillCounts ? SenderActivity.SENDING : SenderActivity.IDLE;
                    return next;
                }
            }
        }
    }

    /** Whether the run was given up before any request can have made it on the server. */
    private synchronized boolean hasNeverBegun() {
        boolean mayHaveMadeARun = undelivered.first() instanceof RunRecord.Start first
                && first.target() instanceof RunRecord.Target.Create;
        return stage == RunStage.GIVEN_UP && sender.run() == null && (attempts.count() == 0 || !mayHaveMadeARun);
    }

    /** Sends a record. A fault of the agent is an outcome too, so that the run's other records are still sent. */
    private Outcome<?> attempt(RunRecord record) {
        attempts.begin();
        try {
            if (attempts.count() == 1 && (record instanceof RunRecord.Start || record instanceof RunRecord.End)) {
                journal.sync();
            }
            return sender.send(record);
        } catch (RuntimeException e) {
            return new Outcome.Rejected<>(0, "the agent failed: " + e, null);
        } catch (Error e) { // perhaps a lack of memory, which may be over at the next attempt
            return new Outcome.Unreachable<>("the agent failed: " + e);
        }
    }

    /** A record has been answered, well or badly. Told first, so that who waits for the run's end has heard all. */
    private void settle(RunRecord record, Outcome<?> outcome, AnswerRule answer) {
        StartedRun run = sender.run();
        if (run == null) {
            settlement.refused(outcome, answer);
            if (finish() != RunStage.GOING_ON) {
                journal.release(); // else the end, which comes yet, is written too
            }
        } else if (record instanceof RunRecord.Start first) {
            settlement.started(run, sender.isMarked());
            undelivered.remove(record);
            undelivered.addFollowUps(RecordSender.followUp(first, run));
        } else if (record instanceof RunRecord.End end) {
            settlement.ended(run, end, outcome, answer);
            finish();
        } else if (record instanceof RunRecord.Left) { // a worker's: its start revives nothing, and its values need it
            journal.remove();
            finish();
        } else {
            settlement.answered(run, record, outcome, answer);
            settlement.count(undelivered.remove(record));
        }
        attempts = new RecordAttempts();
    }

    private synchronized RunStage finish() {
        RunStage before = stage;
        undelivered.clear();
        stage = RunStage.DONE;
        return before;
    }
}

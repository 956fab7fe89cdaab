package io.plutorun.agent.journal;

import io.plutorun.agent.api.Backoff;
import io.plutorun.agent.api.CreateRun;
import io.plutorun.agent.api.Outcome;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunDetails;
import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.RunRecord.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of one run, and their way to the server: one after the other, the next only when the one before has been answered. What
 * gets no answer is sent again, as often as it takes; since the start carries an external id, no repetition makes a second run.
 */
public final class RunJournal implements Runnable {

    /** A resumed run's tags and config are worth some patience… */
    private static final int MOST_TRIES_BESIDE_THE_VERDICT = 5;

    /** …but once the verdict is there it must not wait for them: the JVM may be about to end. */
    private static final int MOST_TRIES_BEFORE_THE_VERDICT = 2;

    private final Delivery delivery;
    private final DeliveryListener listener;
    private final Deque<RunRecord> undelivered = new ArrayDeque<>();
    private boolean delivering;
    private volatile boolean abandoned;
    private boolean closed;

    // Of the thread that delivers, one at a time.
    private @Nullable StartedRun run;
    private Backoff backoff = new Backoff();
    private int tries;

    RunJournal(Delivery delivery, DeliveryListener listener) {
        this.delivery = delivery;
        this.listener = listener;
    }

    /** Adds what happened; it is delivered after all that was added before. An end closes the journal. */
    public synchronized void append(RunRecord record) {
        if (closed) {
            return;
        }
        undelivered.add(record.redactedBy(delivery.redactor()));
        closed = record instanceof RunRecord.End;
        if (!delivering) {
            delivering = true;
            delivery.execute(this);
        }
    }

    /**
     * Gives the run up before it has started: no run shall come of it. A request that is on its way may have made one all the same;
     * that one gets the verdict.
     */
    public synchronized void abandon(RunRecord.End verdict) {
        abandoned = true;
        append(verdict);
    }

    /** Delivers what there is, as far as the server answers. */
    @Override
    public void run() {
        for (RunRecord next = next(); next != null; next = next()) {
            if (!delivery.pass(this)) {
                return;
            }
            Outcome<?> outcome = attempt(next);
            if (outcome.isPassing() && !(isBesideTheVerdict(next) && tries >= mostTries())) {
                delivery.executeAfter(backoff.next(outcome), this);
                return;
            }
            if (!outcome.isPassing()) {
                delivery.answered();
            }
            tell(next, outcome);
            drop(next, outcome);
        }
    }

    private synchronized int mostTries() {
        return closed ? MOST_TRIES_BEFORE_THE_VERDICT : MOST_TRIES_BESIDE_THE_VERDICT;
    }

    /** The next record to deliver; null when there is none, or the run was given up before anything was sent. */
    private synchronized @Nullable RunRecord next() {
        if (abandoned && run == null && tries == 0) {
            undelivered.clear();
        }
        RunRecord next = undelivered.peek();
        if (next == null) {
            delivering = false;
            delivery.left(this, closed);
        }
        return next;
    }

    private synchronized void drop(RunRecord delivered, Outcome<?> outcome) {
        undelivered.remove(delivered);
        if (delivered instanceof RunRecord.Start start) {
            if (!(outcome instanceof Outcome.Answer<?>)) {
                undelivered.clear();
                closed = true;
            } else if (run != null && run.resumed()) {
                followUp(start);
            }
        }
        tries = 0;
        backoff = new Backoff();
    }

    /** What a create would have carried goes to a run that existed before in requests of their own, ahead of all that came since. */
    private void followUp(RunRecord.Start start) {
        if (start.target() instanceof Target.Resume && !start.config().isEmpty()) {
            undelivered.addFirst(
                    new RunRecord.Config(start.config())); // after a create the server merges config itself
        }
        if (!start.tags().isEmpty()) {
            undelivered.addFirst(new RunRecord.Tags(start.tags()));
        }
    }

    private static boolean isBesideTheVerdict(RunRecord record) {
        return record instanceof RunRecord.Tags || record instanceof RunRecord.Config;
    }

    /** A fault of the agent's own must not leave the run's other records lying. */
    private Outcome<?> attempt(RunRecord record) {
        tries++;
        try {
            return deliver(record);
        } catch (RuntimeException e) {
            return new Outcome.Rejected<>(0, "the agent failed: " + e, null);
        }
    }

    private Outcome<?> deliver(RunRecord record) {
        PlutoApi api = delivery.api();
        Duration timeout = delivery.timeout();
        if (record instanceof RunRecord.Start start) {
            return start(start, api, timeout);
        }
        if (run == null) {
            throw new IllegalStateException("a record before the start: " + record);
        }
        if (record instanceof RunRecord.Tags tags) {
            return addTags(run.runId(), tags.added(), api, timeout);
        }
        if (record instanceof RunRecord.Config config) {
            return api.updateConfig(run.runId(), config.values(), timeout);
        }
        RunRecord.End end = (RunRecord.End) record;
        return api.updateStatus(run.runId(), end.status(), end.evidence(), end.at(), timeout);
    }

    private Outcome<StartedRun> start(RunRecord.Start start, PlutoApi api, Duration timeout) {
        Outcome<StartedRun> outcome = request(start, api, timeout);
        if (outcome instanceof Outcome.Answer<StartedRun> answer) {
            StartedRun started = answer.value();
            run = started.resumed() && start.target() instanceof Target.Create && isOurs(started, start, api, timeout)
                    ? started.asCreated()
                    : started;
        }
        return outcome;
    }

    private Outcome<StartedRun> request(RunRecord.Start start, PlutoApi api, Duration timeout) {
        if (start.target() instanceof Target.Resume resume) {
            return api.resume(resume.run(), timeout);
        }
        Target.Create create = (Target.Create) start.target();
        if (isAbandoned()
                && !create.chosen()) { // a random id: what it finds can only be what an unanswered request has made
            return api.resume(new RunReference.ByExternalId(create.externalId(), start.project()), timeout);
        }
        return api.create(
                new CreateRun(
                        start.name(),
                        start.project(),
                        create.externalId(),
                        start.tags(),
                        start.loggerSettings(),
                        start.systemMetadata(),
                        start.config(),
                        start.at()),
                timeout);
    }

    /** Whether the run was given up before it had started. */
    boolean isAbandoned() {
        return abandoned;
    }

    /** Whether a run that the server says existed was made by this very start, in a request whose answer was lost. */
    private static boolean isOurs(StartedRun run, RunRecord.Start start, PlutoApi api, Duration timeout) {
        Object mark = start.loggerSettings().get(RunRecord.Start.MARK);
        return api.details(run.runId(), timeout) instanceof Outcome.Answer<RunDetails> details
                && mark != null
                && mark.equals(details.value().loggerSettings().get(RunRecord.Start.MARK));
    }

    private static Outcome<?> addTags(long runId, List<String> added, PlutoApi api, Duration timeout) {
        Outcome<RunDetails> details = api.details(runId, timeout);
        if (!(details instanceof Outcome.Answer<RunDetails> answer)) {
            return details;
        }
        List<String> present = answer.value().tags();
        if (present == null) {
            return new Outcome.Rejected<>(200, "its tags can't be read", null);
        }
        List<String> union = TagRules.union(present, added);
        return union.equals(present) ? new Outcome.Answer<>(true) : api.updateTags(runId, union, timeout);
    }

    /** A listener that fails must not leave the run's other records lying. */
    private void tell(RunRecord record, Outcome<?> outcome) {
        try {
            if (!isAbandoned()) {
                tellListener(record, outcome);
            }
        } catch (RuntimeException e) {
            // it had its chance
        }
    }

    private void tellListener(RunRecord record, Outcome<?> outcome) {
        boolean good = outcome instanceof Outcome.Answer<?>;
        if (run == null) {
            listener.refused(outcome);
        } else if (record instanceof RunRecord.Start) {
            listener.started(run);
        } else if (!good) {
            listener.leftOut(run, record, outcome);
        } else if (record instanceof RunRecord.End end) {
            listener.ended(run, end);
        }
    }

    /** For the log: what is in the way of whom. */
    @Override
    public synchronized String toString() {
        return "RunJournal" + Map.of("undelivered", undelivered.size(), "closed", closed);
    }
}

package io.plutorun.agent.delivery;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.send.AnswerRule;
import io.plutorun.agent.send.StatusResult;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the answer to a record: the run's owner is told, and the journal is marked. Used by the thread that delivers, without
 * a lock.
 */
final class Settlement {

    private final RunJournal journal;
    private final DeliveryListener listener;
    private final BooleanSupplier isGivenUp;
    private long delivered;

    /**
     * Makes it.
     *
     * @param isGivenUp whether nobody shall hear of the run any more
     */
    Settlement(RunJournal journal, DeliveryListener listener, BooleanSupplier isGivenUp) {
        this.journal = journal;
        this.listener = listener;
        this.isGivenUp = isGivenUp;
    }

    /** A request was not answered. */
    void unanswered(Outcome<?> outcome) {
        tell(() -> listener.unanswered(outcome));
    }

    /** There is no run. What may be mended keeps its journal. */
    void refused(Outcome<?> outcome, AnswerRule answer) {
        tell(() -> listener.refused(outcome, answer == AnswerRule.FINAL));
        if (answer == AnswerRule.FINAL || (isGivenUp.getAsBoolean() && !outcome.isTransient())) {
            journal.drop(outcome.words());
        }
    }

    /** There is a run. */
    void started(StartedRun run, boolean marked) {
        journal.startDelivered(run, marked);
        tell(() -> listener.started(run));
    }

    /** A record between start and end was answered. */
    void answered(StartedRun run, RunRecord record, Outcome<?> outcome, AnswerRule answer) {
        if (answer != AnswerRule.DONE) {
            if (!(record instanceof RunRecord.Alive)) { // the next one comes by itself
                tell(() -> listener.leftOut(run, record, outcome));
            }
        } else if (((Outcome.Answer<?>) outcome).value() instanceof StatusResult result) {
            arrived(run, null, result);
        }
    }

    /** The journal counts one more record as delivered. */
    void count() {
        journal.delivered(++delivered);
    }

    /** The verdict was answered. Where a person can mend what keeps it from the server, the journal stays for later. */
    void ended(StartedRun run, RunRecord.End end, Outcome<?> outcome, AnswerRule answer) {
        if (answer != AnswerRule.DONE) {
            tell(() -> listener.leftOut(run, end, outcome));
        } else if (((Outcome.Answer<?>) outcome).value() instanceof StatusResult result) {
            arrived(run, end, result);
        }
        if (answer == AnswerRule.DONE) {
            count();
            journal.remove();
        } else if (answer == AnswerRule.FINAL) {
            journal.drop(outcome.words());
        } else {
            journal.release();
        }
    }

    private void arrived(StartedRun run, RunRecord.@Nullable End end, StatusResult result) {
        if (result instanceof StatusResult.Overruled decision) {
            tell(() -> listener.overruled(run, end, decision));
            return;
        }
        if (((StatusResult.Noted) result).revived()) {
            journal.startDelivered(run); // else a later replay takes the resume for another process's
            tell(() -> listener.revived(run));
        }
        if (end != null) {
            tell(() -> listener.ended(run, end));
        }
    }

    /** A listener that fails must not leave the run's other records lying. */
    private void tell(Runnable telling) {
        if (!isGivenUp.getAsBoolean()) {
            try {
                telling.run();
            } catch (RuntimeException e) {
                // it had its chance
            }
        }
    }
}

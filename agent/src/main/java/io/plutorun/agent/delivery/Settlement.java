package io.plutorun.agent.delivery;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.send.AnswerRule;
import io.plutorun.agent.send.LateRequests;
import io.plutorun.agent.send.StatusResult;
import io.plutorun.agent.send.TagsLeftOut;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Acts on the answer to a record: tells the run's listener, and marks the journal. Used only by the thread that delivers, without a lock.
 */
final class Settlement {

    private final RunJournal journal;
    private final DeliveryListener listener;
    private final LateRequests late;
    private final BooleanSupplier isGivenUp;
    private long delivered;

    /**
     * Makes the settlement for the records of one run.
     *
     * @param late the requests of the run whose effect may come behind its verdict
     * @param isGivenUp whether the run was given up, so that the listener is told nothing more
     */
    Settlement(RunJournal journal, DeliveryListener listener, LateRequests late, BooleanSupplier isGivenUp) {
        this.late = late;
        this.journal = journal;
        this.listener = listener;
        this.isGivenUp = isGivenUp;
    }

    /** Handles a request that was not answered. */
    void unanswered(Outcome<?> outcome) {
        tell(() -> listener.unanswered(outcome));
    }

    /** Handles the server's refusal to make or resume the run. If a person can mend the reason, the journal stays. */
    void refused(Outcome<?> outcome, AnswerRule answer) {
        tell(() -> listener.refused(outcome, answer == AnswerRule.FINAL));
        if (answer == AnswerRule.FINAL || (isGivenUp.getAsBoolean() && !outcome.isTransient())) {
            journal.drop(outcome.words());
        }
    }

    /** Handles the answer that names the run. */
    void started(StartedRun run, boolean marked) {
        journal.startDelivered(run, marked);
        tell(() -> listener.started(run));
    }

    /** Handles the answer to a record between start and end. */
    void answered(StartedRun run, RunRecord record, Outcome<?> outcome, AnswerRule answer) {
        if (answer != AnswerRule.DONE) {
            if (!(record instanceof RunRecord.Alive)) { // the next one comes by itself
                tell(() -> listener.leftOut(run, record, outcome));
            }
        } else if (((Outcome.Answer<?>) outcome).value() instanceof StatusResult result) {
            arrived(run, null, result);
        } else if (((Outcome.Answer<?>) outcome).value() instanceof TagsLeftOut leftOut) {
            tell(() -> listener.tagsLeftOut(run, leftOut.tags()));
        }
    }

    /** Marks more records of the journal as delivered. */
    void count(int records) {
        if (records > 0) {
            delivered += records;
            journal.delivered(delivered);
        }
    }

    /** Handles the answer to the verdict. If a person can mend what keeps the verdict from the server, the journal stays. */
    void ended(StartedRun run, RunRecord.End end, Outcome<?> outcome, AnswerRule answer) {
        if (answer != AnswerRule.DONE) {
            tell(() -> listener.leftOut(run, end, outcome));
        } else if (((Outcome.Answer<?>) outcome).value() instanceof StatusResult result) {
            arrived(run, end, result);
        }
        Instant unanswered = isHeld(outcome, end) ? late.last() : null;
        if (unanswered != null) {
            journal.deliveredForNow(delivered + 1, unanswered);
        } else if (answer == AnswerRule.DONE) {
            count(1);
            journal.remove();
        } else if (answer == AnswerRule.FINAL) {
            journal.drop(outcome.words());
        } else {
            journal.release();
        }
    }

    /** Whether the verdict is what the server holds: what somebody else has decided is not to be given again. */
    private static boolean isHeld(Outcome<?> outcome, RunRecord.End end) {
        return outcome instanceof Outcome.Answer<?> answer
                && answer.value() instanceof StatusResult.Noted
                && end.status() != RunStatus.CANCELLED;
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

    /** Calls the listener. A failure of the listener must not keep the run's other records from being sent. */
    private void tell(Runnable telling) {
        if (!isGivenUp.getAsBoolean()) {
            try {
                telling.run();
            } catch (RuntimeException e) {
                // the listener has been told; its own failure changes nothing here
            }
        }
    }
}

package io.plutorun.agent.replay;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.send.AnswerRule;

/** Ends the delivery of a journal before its end; the message is for a person. */
final class StoppedException extends Exception {

    private static final long serialVersionUID = 1;

    private final AnswerRule answer;
    private final boolean concernsAll;

    /** Stopped by an answer. */
    StoppedException(AnswerRule answer, Outcome<?> outcome) {
        super(outcome.words());
        this.answer = answer;
        this.concernsAll = answer == AnswerRule.AWAY
                || (outcome instanceof Outcome.Rejected<?> rejected && rejected.status() == 401);
    }

    /** Stopped by the agent itself. */
    StoppedException(String message, boolean concernsAll) {
        super(message);
        this.answer = AnswerRule.REFUSED;
        this.concernsAll = concernsAll;
    }

    /** Whether the API has said that there is no such run. */
    boolean isFinal() {
        return answer == AnswerRule.FINAL;
    }

    /** Whether no other journal will fare better: the server is away, or it rejects the key. */
    boolean concernsAll() {
        return concernsAll;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}

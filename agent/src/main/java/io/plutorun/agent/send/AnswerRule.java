package io.plutorun.agent.send;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunRecord;

/**
 * What an answer means for the record that was sent: the same for a run that is going on and for one that is delivered later.
 *
 * <p>The server is <em>away</em> when there is no answer, or 502, 503 or 504: that concerns all runs. Everything else is an answer about
 * one request, and concerns one run.
 */
public enum AnswerRule {

    /** The server did what was asked. */
    DONE,

    /** The server is away; the same request may succeed later. */
    AWAY,

    /** The server failed at this request (500, 429, 408, or an answer that is not Pluto's); the same request may succeed later. */
    FAILS,

    /**
     * The server, or somebody before it, will not have this request: a rejected key, an organization at its limit, a proxy's or a login's
     * page. A person can mend that, so the journal stays.
     */
    REFUSED,

    /** There is no such run, or more than one, as the API itself says: it will say the same tomorrow. */
    FINAL;

    /** The API's own words for a run that does not exist (docs/pluto-api.md, "Errors"). A proxy's 404 has another text. */
    private static final String NO_SUCH_RUN = "Run not found";

    /** How often tags and config are tried while the method executes… */
    private static final int MAX_ATTEMPTS_BESIDE_VERDICT = 5;

    /** …and once the verdict is there, which must not wait for them: the JVM may be about to end. */
    private static final int MAX_ATTEMPTS_BEFORE_VERDICT = 2;

    /** How often the server may fail at a record of a run that has ended. The journal is left for later then. */
    private static final int MAX_FAILURES_AFTER_END = 10;

    /** What an answer to a record means. */
    public static AnswerRule of(RunRecord record, Outcome<?> outcome) {
        if (outcome instanceof Outcome.Answer<?>) {
            return DONE;
        }
        if (isAway(outcome)) {
            return AWAY;
        }
        if (outcome.isTransient()) {
            return FAILS;
        }
        boolean creates = record instanceof RunRecord.Start start && start.target() instanceof RunRecord.Target.Create;
        return !creates && isFinal(outcome) ? FINAL : REFUSED;
    }

    /** Whether an answer means that the server is away. */
    public static boolean isAway(Outcome<?> outcome) {
        return outcome instanceof Outcome.Unreachable<?>
                || (outcome instanceof Outcome.Rejected<?> rejected
                        && rejected.status() >= 502
                        && rejected.status() <= 504);
    }

    /** Whether the API itself says that there is no such run. */
    public static boolean isNoSuchRun(Outcome<?> outcome) {
        return outcome instanceof Outcome.Rejected<?> rejected
                && rejected.status() == 404
                && rejected.reason().equals(NO_SUCH_RUN);
    }

    private static boolean isFinal(Outcome<?> outcome) {
        return isNoSuchRun(outcome)
                || (outcome instanceof Outcome.Rejected<?> rejected
                        && rejected.status() == 409
                        && rejected.reason().contains("is ambiguous"));
    }

    /**
     * How often a record of a run of this process is tried that has met this answer.
     *
     * @param verdictIsThere whether the run's end waits behind it, or is the record
     */
    public int maxAttempts(RunRecord record, boolean verdictIsThere) {
        if (record instanceof RunRecord.Alive) {
            return 1; // the next one comes by itself
        }
        if (isBesideVerdict(record)) {
            return verdictIsThere ? MAX_ATTEMPTS_BEFORE_VERDICT : MAX_ATTEMPTS_BESIDE_VERDICT;
        }
        return this == FAILS && verdictIsThere ? MAX_FAILURES_AFTER_END : Integer.MAX_VALUE;
    }

    /** Whether a record can be left out, so that it keeps no verdict from its way. */
    public static boolean isBesideVerdict(RunRecord record) {
        return !(record instanceof RunRecord.Start || record instanceof RunRecord.End);
    }
}

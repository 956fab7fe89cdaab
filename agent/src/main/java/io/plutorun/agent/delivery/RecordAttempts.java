package io.plutorun.agent.delivery;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.send.Backoff;
import java.time.Duration;

/** Counts the attempts to send one record. Used only by the thread that delivers. */
final class RecordAttempts {

    /** How often the server may fail at a record while the JVM ends. */
    private static final int MAX_FAILURES_AT_JVM_END = 3;

    private final Backoff backoff = new Backoff();
    private int count;
    private int failuresAtJvmEnd;

    /** Counts one more attempt. */
    void begin() {
        count++;
    }

    /** How many attempts have begun. */
    int count() {
        return count;
    }

    /** How long to wait before the next attempt. */
    Duration wait(Outcome<?> outcome) {
        return backoff.next(outcome);
    }

    /** Counts a failure of the server while the JVM ends; returns whether no further attempt shall be made. */
    boolean failsTooOftenAtJvmEnd() {
        return ++failuresAtJvmEnd >= MAX_FAILURES_AT_JVM_END;
    }
}

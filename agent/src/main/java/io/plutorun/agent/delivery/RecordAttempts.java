package io.plutorun.agent.delivery;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.send.Backoff;
import java.time.Duration;

/** The attempts to send one record. Used by the thread that delivers. */
final class RecordAttempts {

    /** How often the server may fail at a record while the JVM ends. */
    private static final int MAX_FAILURES_AT_JVM_END = 3;

    private final Backoff backoff = new Backoff();
    private int count;
    private int failuresAtJvmEnd;

    /** One more attempt begins. */
    void begin() {
        count++;
    }

    /** How many have begun. */
    int count() {
        return count;
    }

    /** How long to wait before the next attempt. */
    Duration wait(Outcome<?> outcome) {
        return backoff.next(outcome);
    }

    /** The server has failed once more while the JVM ends; whether that is enough. */
    boolean failsTooOftenAtJvmEnd() {
        return ++failuresAtJvmEnd >= MAX_FAILURES_AT_JVM_END;
    }
}

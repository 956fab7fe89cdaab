package io.plutorun.agent.send;

import io.plutorun.agent.http.Outcome;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before a call is tried again: doubling from 100 ms to 30 s, each wait drawn from its upper half, so that many clients
 * of one server do not come back together; and not before the server said it wants to be asked again.
 */
public final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long MAX_MILLIS = 30_000;
    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(1);

    private int failures;

    /** The wait after one more failure. */
    public Duration next(Outcome<?> failure) {
        long most = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(failures++, 20));
        Duration wait = Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        Duration asked = failure instanceof Outcome.Rejected<?> rejected && rejected.retryAfter() != null
                ? rejected.retryAfter()
                : Duration.ZERO;
        Duration bounded = asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
        return wait.compareTo(bounded) > 0 ? wait : bounded;
    }
}

package io.plutorun.agent.send;

import io.plutorun.agent.http.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Remembers when a request was last left without an answer that puts the run to RUNNING: a create, a resume, a report. A slow server may do
 * what such a request asks for when nobody waits for it any more, also behind the run's verdict, which is undone then.
 */
public final class LateRequests {

    /**
     * How late that may be. Node gives a request 5 minutes to arrive, a proxy waits for a minute or a few, and a database's lock is held for
     * seconds: twice the longest of these.
     */
    public static final Duration MAX_DELAY = Duration.ofMinutes(10);

    private @Nullable Instant last;
    private long lastNanos;

    LateRequests() {}

    /** Notes what became of such a request, and returns it. */
    public synchronized <T> Outcome<T> noted(Outcome<T> outcome) {
        if (outcome.mayTakeEffectYet()) {
            last = Instant.now();
            lastNanos = System.nanoTime();
        }
        return outcome;
    }

    /** When the last one was left without an answer; null where none was, or none can take effect any more. */
    public synchronized @Nullable Instant last() {
        return System.nanoTime() - lastNanos < MAX_DELAY.toNanos() ? last : null;
    }

    /** Whether a request that was left without an answer at a moment may take effect yet. A clock that was put back decides nothing. */
    public static boolean mayComeYet(Instant unanswered) {
        return Duration.between(unanswered, Instant.now()).abs().compareTo(MAX_DELAY) < 0;
    }
}

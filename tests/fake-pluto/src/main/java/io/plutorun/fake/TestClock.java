package io.plutorun.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The server's clock. It runs with real time until a test turns or freezes it; milliseconds, as the server shows them. */
public final class TestClock {

    private final Changes changes;
    private Duration offset = Duration.ZERO;
    private boolean frozen;
    private Instant frozenAt = Instant.EPOCH;

    TestClock(Changes changes) {
        this.changes = changes;
    }

    /** The server's present moment. */
    public synchronized Instant now() {
        return (frozen ? frozenAt : Instant.now().plus(offset)).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Turns the clock on by {@code amount} (back, when negative). Running clocks keep running. */
    public void advance(Duration amount) {
        set(now().plus(amount));
    }

    /** Turns the clock to {@code moment}. */
    public void set(Instant moment) {
        synchronized (this) {
            frozenAt = moment;
            offset = Duration.between(Instant.now(), moment);
        }
        changes.happened();
    }

    /** Stops the clock where it stands; {@link #advance} and {@link #set} still move it. */
    public synchronized void freeze() {
        frozenAt = now();
        frozen = true;
    }
}

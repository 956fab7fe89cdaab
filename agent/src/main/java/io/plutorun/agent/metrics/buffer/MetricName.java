package io.plutorun.agent.metrics.buffer;

import java.util.concurrent.atomic.AtomicLong;

/** A name under which a run logs values, with what is known of it while the run is open. */
public final class MetricName {

    /** Its number in this process's segments, from 1. */
    public final int number;

    /** The name as the server gets it. */
    public final String text;

    final byte[] utf8;

    /** The next of its own steps, for values that are logged without one. */
    public final AtomicLong nextStep = new AtomicLong();

    /** How many of its values were looked at since values are thinned. */
    final AtomicLong thinned = new AtomicLong();

    /** The last segment that holds the name. */
    volatile long definedIn;

    // Written without order: whoever reads them after the run's end sees the last ones, since a lock or a thread's end
    // is between.
    private double lastValue;
    private long lastTime;

    MetricName(int number, String text, byte[] utf8) {
        this.number = number;
        this.text = text;
        this.utf8 = utf8;
    }

    void remember(double value, long time) {
        lastValue = value;
        lastTime = time;
    }

    /** The value that was logged last. */
    public double lastValue() {
        return lastValue;
    }

    /** When it was logged last, in ms since 1970; 0 for never. */
    public long lastTime() {
        return lastTime;
    }
}

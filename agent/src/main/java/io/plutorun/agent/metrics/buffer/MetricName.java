package io.plutorun.agent.metrics.buffer;

import io.plutorun.agent.metrics.disk.ContendedWords;
import java.util.concurrent.atomic.AtomicLong;

/** A name under which a run logs values, with what is known of it while the run is open. */
public final class MetricName {

    private static final int LAST_VALUE = 1;

    private static final int LAST_TIME = 2;

    /** Its number in this process's segments, from 1. */
    public final int number;

    /** The name as the server gets it. */
    public final String text;

    final byte[] utf8;

    /**
     * What each value of the name changes: its next own step, then the bits of the last value and its time. Whoever reads them after the run's
     * end sees the last ones, since a lock or a thread's end is between.
     */
    private final ContendedWords latest = new ContendedWords(3);

    /** How many of its values were looked at since values are thinned. */
    final AtomicLong thinned = new AtomicLong();

    /** The last segment that holds the name. */
    volatile long definedIn;

    MetricName(int number, String text, byte[] utf8) {
        this.number = number;
        this.text = text;
        this.utf8 = utf8;
    }

    /** The next of its own steps, for what is logged without one. */
    public long nextStep() {
        return latest.getAndAdd(1);
    }

    void remember(double value, long time) {
        latest.lazySet(LAST_VALUE, Double.doubleToRawLongBits(value));
        latest.lazySet(LAST_TIME, time);
    }

    /** The value that was logged last. */
    public double lastValue() {
        return Double.longBitsToDouble(latest.get(LAST_VALUE));
    }

    /** Whether it is one of many that belong together: how much a feature contributes, or what stands in a section of a section. */
    public boolean isDetail() {
        return text.startsWith("importance") || text.indexOf('/') != text.lastIndexOf('/');
    }

    /** When it was logged last, in ms since 1970; 0 for never. */
    public long lastTime() {
        return latest.get(LAST_TIME);
    }
}

package io.plutorun.fake.ingest;

import java.time.Instant;

/** The curve of one metric of one run at one moment, by step; it does not change afterwards. */
public final class MetricSeries {

    private final String name;
    private final long[] steps;
    private final long[] times;
    private final double[] values;
    private final Arrivals arrivals;

    MetricSeries(String name, long[] steps, long[] times, double[] values, Arrivals arrivals) {
        this.name = name;
        this.steps = steps;
        this.times = times;
        this.values = values;
        this.arrivals = arrivals;
    }

    public String name() {
        return name;
    }

    /** How many steps have a value. */
    public int size() {
        return steps.length;
    }

    /** Ascending; a step above 2^63-1 shows as a negative number. A copy. */
    public long[] steps() {
        return steps.clone();
    }

    /** One for each step, in the order of {@link #steps}. A copy. */
    public double[] values() {
        return values.clone();
    }

    public long step(int index) {
        return steps[index];
    }

    public double value(int index) {
        return values[index];
    }

    /** In milliseconds, as it was sent. */
    public long time(int index) {
        return times[index];
    }

    /** As a moment; a time that is none fails. */
    public Instant moment(int index) {
        return Instant.ofEpochMilli(times[index]);
    }

    /** What came for this metric, duplicates counted. */
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public String toString() {
        String last = size() == 0
                ? ""
                : ", last step " + Long.toUnsignedString(steps[size() - 1]) + " = " + values[size() - 1];
        return name + ": " + size() + " values" + last + ", " + arrivals;
    }
}

package io.plutorun.fake.ingest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one metric of one run, one a step: 24 bytes each, in three arrays. Only touched while its {@link RunData} is locked.
 *
 * <p>Steps that come in order are appended and found by halving; the first one that comes late makes an index.
 */
final class SeriesBuffer {

    private final String name;
    private final byte[] utf8Name;
    private final int hash;
    private final boolean blank;

    private long[] steps = new long[8];
    private long[] times = new long[8];
    private double[] values = new double[8];
    private int size;
    private @Nullable StepIndex index;

    private long received;
    private long repeated;
    private long replaced;
    private long outdated;

    /** Which line last spoke of this name, and where in that line's list: a name that stands twice in a line counts once. */
    private long seenInLine = -1;

    private int placeInLine;

    SeriesBuffer(String name, byte[] utf8Name, int hash) {
        this.name = name;
        this.utf8Name = utf8Name;
        this.hash = hash;
        this.blank = RustText.isBlank(name);
    }

    String name() {
        return name;
    }

    byte[] utf8Name() {
        return utf8Name;
    }

    int hash() {
        return hash;
    }

    boolean blank() {
        return blank;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The place that this name has in line {@code line}: {@code next} when the line has not named it before. */
    int placeIn(long line, int next) {
        if (seenInLine != line) {
            seenInLine = line;
            placeInLine = next;
        }
        return placeInLine;
    }

    /** Keeps the value, unless its step has one whose time is newer. Of two with the same time the later arrival wins. */
    void put(long step, long time, double value) {
        received++;
        int position = find(step);
        if (position < 0) {
            append(step, time, value);
        } else if (times[position] == time && same(values[position], value)) {
            repeated++;
        } else if (Long.compareUnsigned(time, times[position]) >= 0) {
            replaced++;
            times[position] = time;
            values[position] = value;
        } else {
            outdated++;
        }
    }

    private static boolean same(double a, double b) {
        return Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
    }

    private int find(long step) {
        if (index != null) {
            return index.find(steps, step);
        }
        if (size == 0 || Long.compareUnsigned(step, steps[size - 1]) > 0) {
            return -1;
        }
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(steps[middle], step);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private void append(long step, long time, double value) {
        boolean late = size > 0 && Long.compareUnsigned(step, steps[size - 1]) < 0;
        if (size == steps.length) {
            int longer = size + (size >> 1);
            steps = Arrays.copyOf(steps, longer);
            times = Arrays.copyOf(times, longer);
            values = Arrays.copyOf(values, longer);
        }
        steps[size] = step;
        times[size] = time;
        values[size] = value;
        size++;
        if (index != null) {
            index.add(steps, size);
        } else if (late) {
            index = new StepIndex(steps, size);
        }
    }

    /** A copy, by step. */
    MetricSeries snapshot() {
        long[] ordered = Arrays.copyOf(steps, size);
        long[] orderedTimes = Arrays.copyOf(times, size);
        double[] orderedValues = Arrays.copyOf(values, size);
        if (index != null) {
            sortUnsigned(ordered);
            for (int i = 0; i < size; i++) {
                int position = index.find(steps, ordered[i]);
                orderedTimes[i] = times[position];
                orderedValues[i] = values[position];
            }
        }
        return new MetricSeries(name, ordered, orderedTimes, orderedValues, arrivals());
    }

    Arrivals arrivals() {
        return new Arrivals(received, repeated, replaced, outdated);
    }

    private static void sortUnsigned(long[] steps) {
        for (int i = 0; i < steps.length; i++) {
            steps[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(steps);
        for (int i = 0; i < steps.length; i++) {
            steps[i] ^= Long.MIN_VALUE;
        }
    }
}

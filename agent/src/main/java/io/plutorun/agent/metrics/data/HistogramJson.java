package io.plutorun.agent.metrics.data;

import org.jspecify.annotations.Nullable;

/** Counts values into 64 bins of equal width, and writes them as the pages read them. */
public final class HistogramJson {

    private static final int BINS = 64;

    private HistogramJson() {}

    /** The document; null when no value is finite. NaN and the infinities are left out: the pages can't draw them. */
    public static @Nullable String of(double[] values) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        if (min > max) {
            return null;
        }
        if (min == max) { // one value would have bins without a width; numpy does the same
            min = Math.max(-Double.MAX_VALUE, min - Math.max(0.5, Math.ulp(min)));
            max = Math.min(Double.MAX_VALUE, max + Math.max(0.5, Math.ulp(max)));
        }
        return json(frequencies(values, min, max), min, max);
    }

    private static int[] frequencies(double[] values, double min, double max) {
        double half = max / 2 - min / 2; // the width itself may be too large for a double
        int[] frequencies = new int[BINS];
        for (double value : values) {
            if (value >= min && value <= max) { // the array may be changed meanwhile by the program
                int bin = (int) ((value / 2 - min / 2) / half * BINS);
                frequencies[Math.max(0, Math.min(BINS - 1, bin))]++;
            }
        }
        return frequencies;
    }

    private static String json(int[] frequencies, double min, double max) {
        StringBuilder json = new StringBuilder("{\"v\":1,\"freq\":[");
        int most = 0;
        for (int bin = 0; bin < BINS; bin++) {
            json.append(bin == 0 ? "" : ",").append(frequencies[bin]);
            most = Math.max(most, frequencies[bin]);
        }
        json.append("],\"bins\":{\"min\":");
        JsonText.number(min, json);
        json.append(",\"max\":");
        JsonText.number(max, json);
        json.append(",\"num\":").append(BINS).append("},\"shape\":\"uniform\",\"type\":\"Histogram\",\"maxFreq\":");
        return json.append(most).append('}').toString();
    }
}

package io.plutorun.demo;

import java.util.Arrays;

/** A curve in one line of text. */
final class Sparkline {

    private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final int MAX_WIDTH = 40;

    private Sparkline() {}

    /** The values from left to right, the least at the bottom; several share a place where there are many. */
    static String of(double[] values) {
        int width = Math.min(values.length, MAX_WIDTH);
        double[] means = new double[width];
        for (int i = 0; i < width; i++) {
            means[i] = Arrays.stream(values, i * values.length / width, (i + 1) * values.length / width)
                    .average()
                    .orElse(0);
        }
        double least = Arrays.stream(means).min().orElse(0);
        double range = Arrays.stream(means).max().orElse(0) - least;
        StringBuilder line = new StringBuilder();
        for (double mean : means) {
            int height = range == 0 ? 0 : (int) Math.round((mean - least) / range * (BLOCKS.length() - 1));
            line.append(BLOCKS.charAt(height));
        }
        return line.toString();
    }
}

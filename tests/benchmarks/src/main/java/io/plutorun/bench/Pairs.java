package io.plutorun.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Base and subject, measured in turns.
 *
 * @param base the base's figures
 * @param subject the subject's, each taken beside the base's of the same place
 */
record Pairs(List<Double> base, List<Double> subject) {

    /** Measures; one pair ahead, which does not count, warms the disk's cache. The order within a pair alternates too. */
    static Pairs measure(int rounds, DoubleSupplier base, DoubleSupplier subject) {
        Pairs pairs = new Pairs(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round <= rounds; round++) {
            if (round % 2 == 0) {
                pairs.base.add(base.getAsDouble());
                pairs.subject.add(subject.getAsDouble());
            } else {
                pairs.subject.add(subject.getAsDouble());
                pairs.base.add(base.getAsDouble());
            }
        }
        pairs.base.remove(0);
        pairs.subject.remove(0);
        return pairs;
    }

    /** How much more the subject takes: the median over the pairs. */
    double difference() {
        double[] differences = new double[base.size()];
        Arrays.setAll(differences, i -> subject.get(i) - base.get(i));
        return median(differences);
    }

    /** How many times as much the subject takes: the median over the pairs. */
    double ratio() {
        double[] ratios = new double[base.size()];
        Arrays.setAll(ratios, i -> subject.get(i) / base.get(i));
        return median(ratios);
    }

    static double median(List<Double> values) {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

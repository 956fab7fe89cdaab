package io.plutorun.bench.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A class of common size: 2 kB, some sixty constants. */
final class Copied00000 {

    private final Map<String, List<Double>> losses = new TreeMap<>();

    void add(String name, double loss) {
        losses.computeIfAbsent(name, any -> new ArrayList<>()).add(loss);
    }

    double mean(String name) {
        List<Double> all = losses.getOrDefault(name, List.of());
        double sum = 0;
        for (double loss : all) {
            sum += loss;
        }
        return all.isEmpty() ? Double.NaN : sum / all.size();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("losses");
        for (Map.Entry<String, List<Double>> entry : losses.entrySet()) {
            text.append(' ').append(entry.getKey()).append('=').append(mean(entry.getKey()));
        }
        return text.toString();
    }
}

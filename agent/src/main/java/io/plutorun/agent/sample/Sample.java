package io.plutorun.agent.sample;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one look has found: values by name, without the section {@code sys/}. */
final class Sample {

    private final double seconds;
    private final Map<String, Double> values = new LinkedHashMap<>();

    /**
     * Begins a look.
     *
     * @param seconds since the look before; 0 at the first one
     */
    Sample(double seconds) {
        this.seconds = seconds;
    }

    /** How long ago the look before was, in seconds; 0 at the first one. */
    double seconds() {
        return seconds;
    }

    void put(String name, double value) {
        values.put(name, value);
    }

    Map<String, Double> values() {
        return values;
    }
}

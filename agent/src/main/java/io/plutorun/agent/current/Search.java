package io.plutorun.agent.current;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search over hyperparameters that a framework's tuner has made.
 *
 * @param metric what it has looked at
 * @param isLargerBetter whether it has looked for the largest
 * @param points what it has tried, by the parameters' names
 * @param results the metric of each point
 */
public record Search(
        String metric, boolean isLargerBetter, List<Map<String, @Nullable Object>> points, List<Double> results) {}

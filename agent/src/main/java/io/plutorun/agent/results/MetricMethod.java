package io.plutorun.agent.results;

import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.hook.HookListener;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.metrics.RunValues;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One entry of {@code PLUTO_METRIC_METHODS}: what its methods return is logged under a name, once for each call. */
final class MetricMethod implements HookListener {

    private final String name;
    private final String pattern;
    private final NumbersOf numbers;
    private final CurrentRuns runs;

    private volatile boolean gaveNumbers;
    private volatile boolean returned;

    /** A class that held no number, for a person; null for none. */
    private volatile @Nullable String withoutNumber;

    /**
     * Makes it.
     *
     * @param name the metric's
     * @param pattern the methods, as the user wrote them
     */
    MetricMethod(String name, String pattern, NumbersOf numbers, CurrentRuns runs) {
        this.name = name;
        this.pattern = pattern;
        this.numbers = numbers;
        this.runs = runs;
    }

    @Override
    public @Nullable CancellationException exited(HookedCall call) {
        Object result = call.result();
        if (call.thrown() == null) {
            RunValues values = runs.valuesOfThread();
            int given;
            try {
                given = numbers.give(name, result, values::log);
            } catch (RuntimeException e) { // a map that another thread changes meanwhile
                values.unreadable();
                given = 1;
            }
            note(result, given);
        }
        return null;
    }

    private void note(@Nullable Object result, int given) {
        if (gaveNumbers) {
            return; // a volatile field is not written for each call
        }
        returned = true;
        gaveNumbers = given > 0;
        if (result != null && !gaveNumbers) {
            withoutNumber = result.getClass().getName();
        }
    }

    /** Why there is no value of it, for a person; null where there is one. */
    @Nullable
    String whyNoValue() {
        if (gaveNumbers) {
            return null;
        }
        String entry = "\"" + name + "=" + pattern + "\" gave no value: ";
        String type = withoutNumber;
        if (type != null) {
            return entry + "what was returned, of " + type + ", holds no number";
        }
        return entry + (returned ? "null was returned" : "no such method has returned");
    }
}

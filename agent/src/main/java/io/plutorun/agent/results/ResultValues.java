package io.plutorun.agent.results;

import io.plutorun.agent.metrics.RunValues;
import io.plutorun.agent.objects.ObjectFields;
import org.jspecify.annotations.Nullable;

/** What a tracked method has returned, as values of its run: {@code result/value} for a number, else {@code result/<field>}. */
public final class ResultValues {

    private static final String SECTION = "result";

    private static final String OF_NUMBER = SECTION + "/value";

    private final NumbersOf numbers;

    /** Makes it. */
    public ResultValues(ObjectFields fields) {
        this.numbers = new NumbersOf(fields);
    }

    /**
     * Records the numbers in a result.
     *
     * @return why there is none, for a person; null where there is one
     */
    public @Nullable String record(@Nullable Object result, RunValues values) {
        try {
            int given = numbers.give(
                    SECTION, result, (name, value) -> values.log(name.equals(SECTION) ? OF_NUMBER : name, value));
            if (given > 0) {
                return null;
            }
        } catch (RuntimeException e) { // a map that another thread changes meanwhile
            values.unreadable();
            return null;
        }
        return result == null
                ? "nothing was returned"
                : "what was returned, of " + result.getClass().getName() + ", holds no number";
    }
}

package io.plutorun.agent.values;

import io.plutorun.agent.metrics.RunValues;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the program logs that is no number, by the names that the kinds have between the program's classes and the agent. */
public final class LoggedKinds {

    private LoggedKinds() {}

    /**
     * Hands it on. {@code io.plutorun.BridgedRun} may be of a later version: a kind that is not known here is nothing.
     *
     * @param kind {@code text} with a name, a text, and a step or none; {@code table} with a name, the columns' names and the rows; {@code
     *     histogram} with a name, the numbers and a step; {@code unreadable} with nothing, for what an object of the program's did not give
     */
    @SuppressWarnings("unchecked") // what stands above is the contract
    public static void record(RunValues values, String kind, @Nullable Object[] arguments) {
        String name = arguments.length == 0 ? null : (String) arguments[0];
        switch (kind) {
            case "text" -> {
                String text = Objects.requireNonNull((String) arguments[1]);
                if (arguments.length == 2) {
                    values.text(name, text);
                } else {
                    values.text(name, text, step(arguments[2]));
                }
            }
            case "table" ->
                values.table(
                        name,
                        Objects.requireNonNull((List<? extends @Nullable Object>) arguments[1]),
                        Objects.requireNonNull(
                                (List<? extends @Nullable List<? extends @Nullable Object>>) arguments[2]));
            case "histogram" ->
                values.histogram(name, Objects.requireNonNull((double[]) arguments[1]), step(arguments[2]));
            case "unreadable" -> values.unreadable();
            default -> {}
        }
    }

    private static long step(@Nullable Object step) {
        return Objects.requireNonNull((Long) step);
    }
}

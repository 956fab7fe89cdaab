package io.plutorun.agent.values;

import io.plutorun.agent.metrics.RunValues;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens the values of a run when the first one is logged. */
final class OpenAtFirstValue implements RunValues {

    private final Supplier<RunValues> opening;

    OpenAtFirstValue(Supplier<RunValues> opening) {
        this.opening = opening;
    }

    @Override
    public void log(@Nullable String name, double value) {
        opening.get().log(name, value);
    }

    @Override
    public void log(@Nullable String name, double value, long step) {
        opening.get().log(name, value, step);
    }

    @Override
    public void text(@Nullable String name, String text) {
        opening.get().text(name, text);
    }

    @Override
    public void text(@Nullable String name, String text, long step) {
        opening.get().text(name, text, step);
    }

    @Override
    public void table(
            @Nullable String name,
            List<? extends @Nullable Object> columns,
            List<? extends @Nullable List<? extends @Nullable Object>> rows) {
        opening.get().table(name, columns, rows);
    }

    @Override
    public void histogram(@Nullable String name, double[] values, long step) {
        opening.get().histogram(name, values, step);
    }

    @Override
    public void unreadable() {
        opening.get().unreadable();
    }

    @Override
    public void printed(String line, boolean isError) {
        opening.get().printed(line, isError);
    }
}

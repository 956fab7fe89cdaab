package io.plutorun.agent.run;

import io.plutorun.agent.metrics.RunValues;
import io.plutorun.agent.values.LoggedValues;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Values of a run that a test reads: each as its kind and what came with it. */
public final class KeptValues implements RunValues {

    private final List<String> all = new CopyOnWriteArrayList<>();

    private KeptValues() {}

    /** From now on what is logged in a call is kept here. */
    public static KeptValues of(Object call) {
        KeptValues values = new KeptValues();
        ActiveRun run = ((Call) call).run();
        if (run == null || run.logged() == null) {
            throw new IllegalArgumentException("the call is untracked, or has not begun");
        }
        try {
            Field entry = LoggedValues.class.getDeclaredField("entry");
            entry.setAccessible(true);
            entry.set(run.logged(), values);
            return values;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the field has another name", e);
        }
    }

    /** What was kept, in order. */
    public List<String> all() {
        return all;
    }

    @Override
    public void log(@Nullable String name, double value) {
        all.add(name + "=" + value);
    }

    @Override
    public void log(@Nullable String name, double value, long step) {
        all.add(name + "=" + value + " at " + step);
    }

    @Override
    public void text(@Nullable String name, String text) {
        all.add(name + " is " + text);
    }

    @Override
    public void text(@Nullable String name, String text, long step) {
        all.add(name + " is " + text + " at " + step);
    }

    @Override
    public void table(
            @Nullable String name,
            List<? extends @Nullable Object> columns,
            List<? extends @Nullable List<? extends @Nullable Object>> rows) {
        all.add(name + " " + columns + " " + rows);
    }

    @Override
    public void histogram(@Nullable String name, double[] values, long step) {
        all.add(name + " of " + Arrays.toString(values) + " at " + step);
    }

    @Override
    public void unreadable() {
        all.add("unreadable");
    }

    @Override
    public void printed(String line, boolean isError) {
        all.add("printed " + line);
    }
}

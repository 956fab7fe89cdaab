package io.plutorun.agent.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the program logs of one run: {@code io.plutorun.Run} says what each of these is. Called on the program's threads, by many of
 * them at once: nothing here may wait, throw, or touch a disk.
 */
public interface RunValues {

    /** For a run that keeps no values, and for one that has ended. */
    RunValues NONE = new None();

    /** A number, at the next of the name's own steps. */
    void log(@Nullable String name, double value);

    /** A number at this step. */
    void log(@Nullable String name, double value, long step);

    /** A text of a string series, at the next of the name's own steps. */
    void text(@Nullable String name, String text);

    /** A text of a string series at this step. */
    void text(@Nullable String name, String text, long step);

    /** A table, at the next of the name's own steps. Its lists are the program's own: they may throw, and change afterwards. */
    void table(
            @Nullable String name,
            List<? extends @Nullable Object> columns,
            List<? extends @Nullable List<? extends @Nullable Object>> rows);

    /** A histogram of these numbers at this step. The array is the program's own, and may change afterwards. */
    void histogram(@Nullable String name, double[] values, long step);

    /** A value that an object of the program's did not give: it is lost. */
    void unreadable();

    /** A line that the program has printed, without its end. */
    void printed(String line, boolean isError);

    /** Keeps nothing. */
    final class None implements RunValues {

        private None() {}

        @Override
        public void log(@Nullable String name, double value) {}

        @Override
        public void log(@Nullable String name, double value, long step) {}

        @Override
        public void text(@Nullable String name, String text) {}

        @Override
        public void text(@Nullable String name, String text, long step) {}

        @Override
        public void table(
                @Nullable String name,
                List<? extends @Nullable Object> columns,
                List<? extends @Nullable List<? extends @Nullable Object>> rows) {}

        @Override
        public void histogram(@Nullable String name, double[] values, long step) {}

        @Override
        public void unreadable() {}

        @Override
        public void printed(String line, boolean isError) {}
    }
}

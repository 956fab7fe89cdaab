package io.plutorun;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Gives the run that the calling code belongs to, and logs its values.
 *
 * <pre>{@code
 * Pluto.current().url().ifPresent(url -> log.info("follow this training at {}", url));
 * Pluto.log("train/loss", loss, epoch);
 * }</pre>
 *
 * <p>What is logged here belongs to the run that {@link #current()} means at this moment, on this thread; what values, names and steps are,
 * {@link Run} says. Without an agent and without a run nothing happens. Where several runs are active and the thread belongs to none of
 * them, nobody knows whose the value is: it is counted, and the agent tells how many there were when the JVM ends. Such a thread needs
 * {@link Run#wrap(Runnable)}, or a {@link Run} that it was given.
 */
public final class Pluto {

    private Pluto() {}

    /**
     * Returns the run of the innermost tracked call on this thread, or the run that {@link Run#wrap(Runnable)} carried to this thread. If
     * the thread has neither, and exactly one run is active in the JVM, it returns that run.
     *
     * @return the run, never null; an inactive one if there is no such run, or no agent
     */
    public static Run current() {
        Function<String, Object> call = AgentDoor.current();
        return call == null ? BridgedRun.INACTIVE : new BridgedRun(call);
    }

    /**
     * Logs a number; see {@link Run#log(String, double)}.
     *
     * @param name the series that it belongs to, such as {@code train/loss}
     * @param value the number; NaN and the infinities are values too
     */
    public static void log(String name, double value) {
        if (AgentDoor.isOpen()) {
            AgentDoor.log(AgentDoor.current(), name, value); // a Run would be an object for each value
        }
    }

    /**
     * Logs a number at a step; see {@link Run#log(String, double, long)}.
     *
     * @param name the series that it belongs to, such as {@code train/loss}
     * @param value the number; NaN and the infinities are values too
     * @param step the step, from 0
     */
    public static void log(String name, double value, long step) {
        if (AgentDoor.isOpen()) {
            AgentDoor.log(AgentDoor.current(), name, value, step);
        }
    }

    /**
     * Logs a number of any type; see {@link Run#log(String, Number)}.
     *
     * @param name the series that it belongs to
     * @param value the number; null is nothing
     */
    public static void log(String name, Number value) {
        current().log(name, value);
    }

    /**
     * Logs a number of any type at a step; see {@link Run#log(String, Number, long)}.
     *
     * @param name the series that it belongs to
     * @param value the number; null is nothing
     * @param step the step, from 0
     */
    public static void log(String name, Number value, long step) {
        current().log(name, value, step);
    }

    /**
     * Logs several numbers; see {@link Run#log(Map)}.
     *
     * @param values the numbers by name; null, and what has no name or no number, is nothing
     */
    public static void log(Map<String, ? extends Number> values) {
        current().log(values);
    }

    /**
     * Logs several numbers at one step; see {@link Run#log(Map, long)}.
     *
     * @param values the numbers by name; null, and what has no name or no number, is nothing
     * @param step the step, from 0
     */
    public static void log(Map<String, ? extends Number> values, long step) {
        current().log(values, step);
    }

    /**
     * Logs a text of a series of texts; see {@link Run#log(String, String)}.
     *
     * @param name the series that it belongs to
     * @param text at most 200 characters; null is nothing
     */
    public static void log(String name, String text) {
        current().log(name, text);
    }

    /**
     * Logs a text of a series of texts at a step; see {@link Run#log(String, String, long)}.
     *
     * @param name the series that it belongs to
     * @param text at most 200 characters; null is nothing
     * @param step the step, from 0
     */
    public static void log(String name, String text, long step) {
        current().log(name, text, step);
    }

    /**
     * Logs a table; see {@link Run#table(String, List, List)}.
     *
     * @param name the table's name
     * @param columns the columns' names, from the left
     * @param rows each with a cell for each column; at most 10,000
     */
    public static void table(String name, List<String> columns, List<? extends List<?>> rows) {
        current().table(name, columns, rows);
    }

    /**
     * Logs a histogram of numbers, in 64 bins; see {@link Run#histogram(String, double[], long)}.
     *
     * @param name the histogram's name
     * @param values the numbers
     * @param step the step, from 0
     */
    public static void histogram(String name, double[] values, long step) {
        current().histogram(name, values, step);
    }
}

package io.plutorun;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * A run on Pluto, as the code inside a tracked call sees it. Get it from {@link Pluto#current()}. Do not implement this interface:
 * later versions add methods.
 *
 * <p>All methods answer at once and never throw. The ids are known when the server has answered. If the server could not be reached in
 * time, they are empty, and appear when the run has been created later.
 *
 * <h2>Values</h2>
 *
 * <pre>{@code
 * Run run = Pluto.current();
 * run.log("phase", "fit");
 * for (int epoch = 0; epoch < epochs; epoch++) {
 *     run.log("train/loss", trainEpoch(), epoch);
 * }
 * }</pre>
 *
 * <p>Values may be logged from any thread. No call waits for a disk or the network: the agent keeps what is logged, and sends it on threads
 * of its own. The time of a value is that of the call. A value has no unit but what its name says, such as {@code step_seconds}. What
 * stands before the last slash of a name is the section of the run's page in which it is drawn.
 *
 * <p>A step is a whole number from 0, the last parameter always: an epoch, a batch. Without a step each name counts for itself, from 0.
 * Where a step is an {@code Integer} or a {@code Long}, write {@code (long) step}: the compiler else can't choose between a {@code double}
 * and a {@code Number}.
 *
 * <p>Nothing is logged without an agent, to an inactive run, and after the run's end. An exception that an object of the program throws
 * when it is asked for its value, such as a map, is not thrown on: the value is counted as lost.
 */
public interface Run {

    /**
     * Whether the run is open.
     *
     * @return false without agent, outside any tracked call, in a call that executes untracked, and after the run's end
     */
    boolean isActive();

    /**
     * Whether the run existed before this call.
     *
     * @return true when the server resumed an existing run
     */
    boolean isResumed();

    /**
     * Whether somebody has cancelled the run on its page. By default the thread of the tracked call is interrupted as well. A method that
     * only computes notices no interrupt: let it call this method now and then.
     *
     * @return true when the agent has heard of the cancel, which takes up to one heartbeat
     */
    boolean isCancelled();

    /**
     * The server's number of the run.
     *
     * @return the number; empty until the server has answered
     */
    OptionalLong runId();

    /**
     * The run's number within its project.
     *
     * @return the number; empty until the server has answered, or if it gave none
     */
    OptionalLong number();

    /**
     * The id that Pluto's pages show, such as {@code MMP-1}.
     *
     * @return the display id; empty until the server has answered, or if it gave none
     */
    Optional<String> displayId();

    /**
     * The external id that the agent used: the user's own, or the random one that every created run gets.
     *
     * @return the external id; empty for a run that was resumed by another id
     */
    Optional<String> externalId();

    /**
     * The organization that the run belongs to.
     *
     * @return the organization's slug; empty until the server has answered
     */
    Optional<String> organization();

    /**
     * The run's page.
     *
     * @return the URL for a browser; empty until the server has answered
     */
    Optional<String> url();

    /**
     * The project that the run belongs to.
     *
     * @return the project's name; for an inactive run the empty string
     */
    String project();

    /**
     * The run's name, as set by this call.
     *
     * @return the name; for an inactive run the empty string
     */
    String name();

    /**
     * Logs a number, such as a loss.
     *
     * @param name the series that it belongs to, such as {@code train/loss}
     * @param value the number; NaN and the infinities are values too
     */
    void log(String name, double value);

    /**
     * Logs a number at a step.
     *
     * @param name the series that it belongs to, such as {@code train/loss}
     * @param value the number; NaN and the infinities are values too
     * @param step the step, from 0; of several values of a name at one step the last one counts
     */
    void log(String name, double value, long step);

    /**
     * Logs a number of any type, as a double.
     *
     * @param name the series that it belongs to
     * @param value the number; null is nothing
     */
    void log(String name, Number value);

    /**
     * Logs a number of any type, as a double, at a step.
     *
     * @param name the series that it belongs to
     * @param value the number; null is nothing
     * @param step the step, from 0
     */
    void log(String name, Number value, long step);

    /**
     * Logs several numbers, as {@link #log(String, Number)} does each of them.
     *
     * @param values the numbers by name; null, and what has no name or no number, is nothing
     */
    void log(Map<String, ? extends Number> values);

    /**
     * Logs several numbers at one step, as {@link #log(String, Number, long)} does each of them.
     *
     * @param values the numbers by name; null, and what has no name or no number, is nothing
     * @param step the step, from 0
     */
    void log(Map<String, ? extends Number> values, long step);

    /**
     * Logs a text of a series of texts. A name {@code phase}, for example, has the texts {@code load}, {@code fit} and {@code evaluate}.
     *
     * @param name the series that it belongs to
     * @param text at most 200 characters, what is longer is cut; null is nothing
     */
    void log(String name, String text);

    /**
     * Logs a text of a series of texts at a step; see {@link #log(String, String)}.
     *
     * @param name the series that it belongs to
     * @param text at most 200 characters, what is longer is cut; null is nothing
     * @param step the step, from 0
     */
    void log(String name, String text, long step);

    /**
     * Logs a table. It is read before the call returns.
     *
     * @param name the table's name
     * @param columns the columns' names, from the left
     * @param rows each with a cell for each column; at most 10,000, what is beyond is left out. A cell that is neither a number, a
     *     boolean nor null is kept as its text
     */
    void table(String name, List<String> columns, List<? extends List<?>> rows);

    /**
     * Logs a histogram of numbers, in 64 bins of the same width between the least and the greatest of them. They are read before the call
     * returns.
     *
     * @param name the histogram's name
     * @param values the numbers; those that are not finite are left out
     * @param step the step, from 0
     */
    void histogram(String name, double[] values, long step);

    /**
     * Adds an entry to the run's config, or replaces it. Of several processes of one run, rank 0 alone does so.
     *
     * @param name its name, in which dots nest: {@code optimizer.name}; null is nothing
     * @param value what is recorded as of a captured argument: maps, collections, records and objects by what they hold, without a call
     *     of the program's code; it is read before the call returns
     */
    void config(String name, Object value);

    /**
     * Adds entries to the run's config, as {@link #config(String, Object)} does each of them.
     *
     * @param values by name; null is nothing. A map of the JDK's, Scala's or Kotlin's standard library
     */
    void config(Map<String, ?> values);

    /**
     * Adds tags to those of the run. Of several processes of one run, rank 0 alone does so.
     *
     * @param tags a run bears 50 at most, and one that begins with {@code group:}; what is beyond is left out, and so are null, blanks and
     *     what looks like a secret
     */
    void tag(String... tags);

    /**
     * Sets the notes on the run's page. Of several processes of one run, rank 0 alone does so.
     *
     * @param text at most 1,000 characters, what is longer is cut; null is nothing
     */
    void notes(String text);

    /**
     * Uploads a file to the run's page, under the file's own name; see {@link #file(String, Path)}.
     *
     * @param file a regular file; null is nothing
     */
    void file(Path file);

    /**
     * Uploads a file to the run's page, such as a model or a report.
     *
     * <pre>{@code
     * model.save(path);
     * run.file("model", path);
     * }</pre>
     *
     * <p>The call notes the file's size and when it was written, and returns. The file is read and sent beside the training, and after it.
     * It must stay as it is until then: a file that is changed or removed before is not uploaded, and a line says so. What has not
     * arrived at the JVM's end is kept in the run's record, and {@code sync} sends it.
     *
     * @param name the name under which the page shows it, such as {@code model} or {@code reports/confusion}; null is the file's own
     * @param file a regular file of at most 5 GiB; null is nothing. Of several files of one name and file name that differ, each is kept:
     *     the later ones bear the beginning of their SHA-256 before the extension
     */
    void file(String name, Path file);

    /**
     * Carries the run to another thread: while the task executes there, {@link Pluto#current()} is this run, and tracked calls are part
     * of it.
     *
     * <pre>{@code
     * pool.execute(Pluto.current().wrap(() -> trainFold(3)));
     * }</pre>
     *
     * <p>A lambda that returns a value fits both other overloads. Choose one by a cast: {@code wrap((Callable<Double>) () -> loss())}.
     *
     * @param task the task
     * @return a task that does the same, inside this run; for an inactive run the task itself
     */
    Runnable wrap(Runnable task);

    /**
     * Carries the run to another thread; see {@link #wrap(Runnable)}.
     *
     * @param <T> the type of the task's result
     * @param task the task
     * @return a task that does the same, inside this run; for an inactive run the task itself
     */
    <T> Callable<T> wrap(Callable<T> task);

    /**
     * Carries the run to another thread; see {@link #wrap(Runnable)}.
     *
     * @param <T> the type of the task's result
     * @param task the task
     * @return a task that does the same, inside this run; for an inactive run the task itself
     */
    <T> Supplier<T> wrap(Supplier<T> task);
}

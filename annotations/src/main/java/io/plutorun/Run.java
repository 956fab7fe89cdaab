package io.plutorun;

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

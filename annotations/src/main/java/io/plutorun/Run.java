package io.plutorun;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * A run on Pluto, as the code inside a tracked call sees it. Get it from {@link Pluto#current()}; do not implement this interface, it
 * grows.
 *
 * <p>All methods answer at once and never throw. What the server gave is known once the server has answered: where it could not be
 * reached in time the ids are empty, and appear later if the run is started late.
 */
public interface Run {

    /**
     * Whether this is a run that is going on.
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
     * Whether somebody has cancelled the run on its page. By default the thread of the tracked call is interrupted as well; a method that
     * no interrupt reaches, because it computes, can ask here now and then.
     *
     * @return true from the cancel on; false where that is not known (yet)
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
     * @return the number; empty until the server has answered, and where it gave none
     */
    OptionalLong number();

    /**
     * The id that Pluto's pages show, such as {@code MMP-1}.
     *
     * @return the display id; empty until the server has answered, and where it gave none
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
     * The run's name as this call gave it.
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
     * <p>A lambda that returns a value fits both other overloads: say which one, {@code wrap((Callable<Double>) () -> loss())}.
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

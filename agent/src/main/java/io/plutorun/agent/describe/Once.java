package io.plutorun.agent.describe;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Finds something out once, for several collectors: who asks first does it, the others wait, and no lock is held meanwhile.
 *
 * @param <T> what is found out
 */
public final class Once<T> implements Supplier<T> {

    private final FutureTask<T> task;

    /**
     * Finds out nothing yet.
     *
     * @param finder finds it out
     */
    public Once(Callable<T> finder) {
        this.task = new FutureTask<>(finder);
    }

    /** What was found out. Throws where that failed. */
    @Override
    public T get() {
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}

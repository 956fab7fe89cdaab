package io.plutorun.e2e;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Does something again and again on a thread of its own, from {@link #begin} until it is closed. */
final class RepeatedAction implements AutoCloseable {

    private final CountDownLatch over = new CountDownLatch(1);
    private final IntSupplier pauseMillis;
    private final Runnable action;
    private final Thread thread = new Thread(this::goOn);

    /**
     * Does not begin yet.
     *
     * @param pauseMillis how long to wait before the next time; asked before each
     * @param action what is done
     */
    RepeatedAction(IntSupplier pauseMillis, Runnable action) {
        this.pauseMillis = pauseMillis;
        this.action = action;
    }

    /** Starts the thread. */
    void begin() {
        thread.start();
    }

    private void goOn() {
        try {
            while (!over.await(pauseMillis.getAsInt(), TimeUnit.MILLISECONDS)) {
                action.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops; the action is not executing any more when this returns. */
    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.plutorun.e2e;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Does something again and again beside a test, on a thread of its own, from its start until it is closed. */
final class Meanwhile implements AutoCloseable {

    private final CountDownLatch over = new CountDownLatch(1);
    private final IntSupplier pauseMillis;
    private final Runnable action;
    private final Thread thread = new Thread(this::goOn);

    /**
     * Makes it; it does not begin yet.
     *
     * @param pauseMillis how long to wait before the next time; asked before each
     * @param action what is done
     */
    Meanwhile(IntSupplier pauseMillis, Runnable action) {
        this.pauseMillis = pauseMillis;
        this.action = action;
    }

    /** From now on. */
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

    /** It is over when this returns. */
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

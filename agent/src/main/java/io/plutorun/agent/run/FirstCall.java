package io.plutorun.agent.run;

import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.settings.UnusableSettingsException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tracking when the first tracked method is entered, once, and remembers why it could not be made: a setting that is wrong then
 * is wrong for all calls of the process.
 *
 * <p>Its lock is held while the tracking is made, since no call can go on without. Files are read meanwhile, so the others wait for it for
 * a bounded time. Nothing is recorded yet.
 */
public final class FirstCall {

    /** Makes the tracking. */
    public interface Opener {

        /**
         * Makes the tracking; no socket is opened yet.
         *
         * @throws UnusableSettingsException when the settings name a server that can't be, or no key though runs must be tracked; the message
         *     says what to do
         */
        Tracking open() throws UnusableSettingsException;
    }

    /** How long a call waits for the tracking that another one makes: as long as for a run's start, if that is not set. */
    private static final Duration MAX_WAIT_FOR_TRACKING = Duration.ofSeconds(10);

    /** How long a call waits for the preparation that another one makes. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final Opener opener;
    private final boolean belongsToParent;
    private final Consumer<String> whyNot;
    private final AtomicBoolean joining = new AtomicBoolean();
    private final Consumer<Tracking> preparation;
    private final Duration maxWait;
    private final ReentrantLock opening = new ReentrantLock();
    private final AtomicBoolean preparing = new AtomicBoolean();
    private final CountDownLatch prepared = new CountDownLatch(1);
    private volatile @Nullable Tracking tracking;
    private volatile @Nullable String problem;

    /**
     * Makes nothing yet.
     *
     * @param opener makes the tracking
     * @param belongsToParent whether this process has the run of the one that started it, so that the tracking is made without a call, too
     * @param whyNot hears, once, why it could not be made without a call
     * @param preparation what is done once, when the tracking has been made, and before the first tracked method begins. No lock is held,
     *     and other calls wait for it a second at most
     */
    public FirstCall(Opener opener, boolean belongsToParent, Consumer<String> whyNot, Consumer<Tracking> preparation) {
        this(opener, belongsToParent, whyNot, preparation, MAX_WAIT_FOR_TRACKING);
    }

    FirstCall(
            Opener opener,
            boolean belongsToParent,
            Consumer<String> whyNot,
            Consumer<Tracking> preparation,
            Duration maxWait) {
        this.whyNot = whyNot;
        this.opener = opener;
        this.belongsToParent = belongsToParent;
        this.preparation = preparation;
        this.maxWait = maxWait;
    }

    /**
     * The tracking; what went wrong with it the first time goes wrong every time, but for a fault or a want of memory.
     *
     * @throws UntrackableException when another call is still making it
     */
    Tracking tracking() throws UnusableSettingsException, UntrackableException {
        Tracking made = tracking;
        if (made == null) {
            made = make();
        }
        if (preparing.compareAndSet(false, true)) {
            try {
                preparation.accept(made);
            } finally {
                prepared.countDown();
            }
        } else if (prepared.getCount() > 0) {
            awaitPrepared();
        }
        return made;
    }

    private void awaitPrepared() {
        try {
            var unused = prepared.await(MAX_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Tracking make() throws UnusableSettingsException, UntrackableException {
        if (!takesLock()) {
            throw new UntrackableException("opening", "the first call of this JVM is still preparing its run");
        }
        try {
            Tracking made = tracking;
            if (made != null) {
                return made;
            }
            if (problem != null) {
                throw new UnusableSettingsException(problem);
            }
            made = opener.open();
            tracking = made;
            return made;
        } catch (UnusableSettingsException e) {
            problem = e.why();
            throw e;
        } finally {
            opening.unlock();
        }
    }

    /** An interrupt does not end the wait, and stays set. */
    private boolean takesLock() {
        boolean interrupted = false;
        long deadline = System.nanoTime() + maxWait.toNanos();
        try {
            while (true) {
                try {
                    return opening.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The tracking; null when it has not been made, but for a process that belongs to its parent's run. Takes no lock when it is there. */
    @Nullable
    Tracking ifMeant() {
        Tracking made = tracking;
        if (made != null || !belongsToParent || problem != null) { // of a problem the call has told that met it
            return made;
        }
        try {
            return joining.compareAndSet(false, true) ? tracking() : null;
        } catch (UnusableSettingsException e) {
            whyNot.accept(e.why());
            return null;
        } catch (UntrackableException e) { // the values of a moment
            return null;
        }
    }

    /** The tracking; null when it has not been made. Takes no lock. */
    @Nullable
    Tracking ifMade() {
        return tracking;
    }
}

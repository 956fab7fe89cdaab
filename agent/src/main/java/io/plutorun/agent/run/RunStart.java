package io.plutorun.agent.run;

import io.plutorun.agent.api.StartedRun;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How far a run's start has come at the server, and the wait for it. */
final class RunStart {

    /** One of three; what is not pending any more stays as it is. */
    private sealed interface State {}

    /**
     * The server has not answered.
     *
     * @param lastFailure why the last request was not answered; null when none failed yet
     * @param late whether the method has started without it
     */
    private record Pending(@Nullable String lastFailure, boolean late) implements State {}

    /**
     * The server has created or resumed the run.
     *
     * @param late whether the method had started before
     */
    private record Started(StartedRun run, boolean late) implements State {}

    /** The server will not have the run. */
    private record Refused(String why) implements State {}

    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile State state = new Pending(null, false);

    /** A request was not answered. */
    synchronized void failed(String why) {
        if (state instanceof Pending pending) {
            state = new Pending(why, pending.late());
        }
    }

    /** The method starts without its run, which a person has been told. */
    synchronized void isLate() {
        if (state instanceof Pending pending) {
            state = new Pending(pending.lastFailure(), true);
        }
    }

    /**
     * The server has created or resumed the run.
     *
     * @return whether the method had started before
     */
    synchronized boolean started(StartedRun run) {
        boolean late =
                state instanceof Pending pending ? pending.late() : state instanceof Started before && before.late();
        state = new Started(run, late);
        return late;
    }

    /** The server will not have the run, and why. */
    synchronized void refused(String why) {
        state = new Refused(why);
    }

    /** Lets those go on that wait: the server has answered, and a person has been told. */
    void settle() {
        settled.countDown();
    }

    /**
     * Waits until the server has created, resumed or refused the run.
     *
     * @return false when it has not within the time, or the thread was interrupted; then the interrupt stays set
     */
    boolean await(Duration atMost) {
        try {
            return settled.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The run as the server gave it; null when it has not yet, or will not. */
    @Nullable
    StartedRun run() {
        return state instanceof Started started ? started.run() : null;
    }

    /** Why the server refused the run; null when it did not. */
    @Nullable
    String refusal() {
        return state instanceof Refused refused ? refused.why() : null;
    }

    /** Why the last request was not answered; null when none failed. */
    @Nullable
    String lastFailure() {
        return state instanceof Pending pending ? pending.lastFailure() : null;
    }
}

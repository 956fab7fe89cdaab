package io.plutorun.agent.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges from the outcomes of all requests whether the server answers. While the server is away, only one delivery tries it, and the others
 * wait until that one has an answer. So a server that is away does not cost one time-out for each run.
 *
 * <p>No other lock is taken while the object's own is held.
 */
final class ServerGate {

    /** How many different runs must have met a failure, with no success between, before the server counts as failing. */
    private static final int MANY_RUNS = 3;

    /** Whether the server answers. */
    enum State {
        /** It answers, as far as is known. */
        UP,
        /** It answers, but fails at whatever it is asked, as when its database is down. Sending goes on; nobody should wait for it. */
        FAILING,
        /** It does not answer. */
        AWAY
    }

    private final Deque<Dispatcher.Task> waiting = new ArrayDeque<>();
    private final Set<Object> failedAt = new HashSet<>();
    private State state = State.UP;
    private boolean everAnswered;
    private boolean open;
    private long lastAnswerNanos;
    private Dispatcher.@Nullable Task prober;

    synchronized State state() {
        return state;
    }

    /** Told when a start has waited for the server in vain. A server that has answered anything meanwhile is not away. */
    synchronized void wentAway(Duration waited) {
        if (!everAnswered || System.nanoTime() - lastAnswerNanos > waited.toNanos()) {
            state = State.AWAY;
        }
    }

    /**
     * Asks whether a delivery may send to the server now.
     *
     * @return whether it may; if not, it is executed again when the server is back
     */
    synchronized boolean pass(Dispatcher.Task delivery) {
        if (state != State.AWAY || open || prober == delivery) {
            return true;
        }
        if (prober == null) {
            prober = delivery;
            return true;
        }
        waiting.add(delivery);
        return false;
    }

    /**
     * Told when the server has answered a request: every delivery may send again.
     *
     * @param run the run that the request was for
     * @param failed whether the server failed at the request
     * @param succeeded whether the request was successful
     * @return the deliveries that waited
     */
    synchronized Deque<Dispatcher.Task> answered(Object run, boolean failed, boolean succeeded) {
        everAnswered = true;
        lastAnswerNanos = System.nanoTime();
        prober = null;
        if (succeeded) {
            failedAt.clear();
        } else if (failed && failedAt.size() < MANY_RUNS) {
            failedAt.add(run);
        }
        state = failedAt.size() < MANY_RUNS ? State.UP : State.FAILING;
        return release();
    }

    /** Lets every delivery try the server from now on, whether or not it answers. Returns those that waited. */
    synchronized Deque<Dispatcher.Task> open() {
        open = true;
        return release();
    }

    /** Undoes {@link #open}: a server that is away is tried by one delivery again. */
    synchronized void close() {
        open = false;
    }

    private Deque<Dispatcher.Task> release() {
        Deque<Dispatcher.Task> released = new ArrayDeque<>(waiting);
        waiting.clear();
        return released;
    }

    /** Told when a delivery has nothing to deliver. If it was the one that tried the server, returns the waiting one that shall try next. */
    synchronized Dispatcher.@Nullable Task leave(Dispatcher.Task delivery) {
        waiting.remove(delivery);
        if (prober != delivery) {
            return null;
        }
        prober = null;
        return waiting.poll();
    }
}

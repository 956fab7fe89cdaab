package io.plutorun.agent.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows how the server does, from what became of all requests, and keeps a server that is away from costing one time-out for each run:
 * while it is away, one delivery goes on trying, and the others wait until that one has had an answer.
 *
 * <p>No other lock is taken while the object's own is held.
 */
final class ServerGate {

    /** How many different runs must have met a failure, with no success between, before the failure counts as the server's. */
    private static final int MANY_RUNS = 3;

    /** How the server does. */
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

    /** A start has waited for the server in vain, for this long. A server that has answered anything meanwhile is not away. */
    synchronized void wentAway(Duration waited) {
        if (!everAnswered || System.nanoTime() - lastAnswerNanos > waited.toNanos()) {
            state = State.AWAY;
        }
    }

    /**
     * Asks to go to the server.
     *
     * @return whether the delivery may; if not, it is executed again when the server is back
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
     * The server has answered about a run: everybody may go.
     *
     * @param run whose record was sent
     * @param failed whether it could not do what it was asked
     * @param succeeded whether it did
     * @return those who waited
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

    /** From now on everybody may go, answer or not. Returns those who waited. */
    synchronized Deque<Dispatcher.Task> open() {
        open = true;
        return release();
    }

    /** What {@link #open} did is over. */
    synchronized void close() {
        open = false;
    }

    private Deque<Dispatcher.Task> release() {
        Deque<Dispatcher.Task> released = new ArrayDeque<>(waiting);
        waiting.clear();
        return released;
    }

    /** A delivery has nothing more to deliver. If it was the one that tried, the next one takes over; returns it. */
    synchronized Dispatcher.@Nullable Task leave(Dispatcher.Task delivery) {
        waiting.remove(delivery);
        if (prober != delivery) {
            return null;
        }
        prober = null;
        return waiting.poll();
    }
}

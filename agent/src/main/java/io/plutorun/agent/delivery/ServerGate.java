package io.plutorun.agent.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a server that does not answer from costing one time-out for each run: while it is away, one delivery goes on trying, and the
 * others stand aside until that one has had an answer.
 */
final class ServerGate {

    private final Deque<Runnable> aside = new ArrayDeque<>();
    private boolean away;
    private boolean everAnswered;
    private long lastAnswerNanos;
    private @Nullable Runnable prober;

    /** Whether the server is known not to answer. */
    synchronized boolean isAway() {
        return away;
    }

    /** A start has waited for the server in vain, for this long. A server that has answered anything meanwhile is not away. */
    synchronized void wentAway(Duration waited) {
        if (!everAnswered || System.nanoTime() - lastAnswerNanos > waited.toNanos()) {
            away = true;
        }
    }

    /**
     * Asks to go to the server.
     *
     * @return whether the delivery may; if not, it is run again when the server is back
     */
    synchronized boolean pass(Runnable delivery) {
        if (!away || prober == delivery) {
            return true;
        }
        if (prober == null) {
            prober = delivery;
            return true;
        }
        aside.add(delivery);
        return false;
    }

    /** The server answered: everybody may go. Returns those who stood aside. */
    synchronized Deque<Runnable> answered() {
        away = false;
        everAnswered = true;
        lastAnswerNanos = System.nanoTime();
        prober = null;
        Deque<Runnable> released = new ArrayDeque<>(aside);
        aside.clear();
        return released;
    }

    /** A delivery has nothing more to deliver. If it was the one that tried, the next one takes over; returns it. */
    synchronized @Nullable Runnable leave(Runnable delivery) {
        aside.remove(delivery);
        if (prober != delivery) {
            return null;
        }
        prober = null;
        return aside.poll();
    }
}

package io.plutorun.agent.delivery;

import io.plutorun.agent.host.AgentThreads;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that deliver: as many as there is to deliver, up to a limit; each ends when it has been idle for a while. What is most
 * urgent goes first, what is equally urgent in the order in which it came.
 *
 * <p>The object's own lock is the innermost of the delivery's; nothing is executed while it is held.
 */
final class DeliveryThreads {

    private static final Duration IDLE = Duration.ofSeconds(5);

    private final AgentThreads factory;
    private final int maxThreads;
    private PriorityQueue<Waiting> ready = queue(false);
    private final PriorityQueue<Waiting> later =
            new PriorityQueue<>((one, other) -> Long.signum(one.dueNanos() - other.dueNanos()));
    private boolean jvmEnds;
    private long sequence;
    private int threads;
    private int idle;

    /**
     * Threads for one kind of delivery; none starts before there is something to do.
     *
     * @param name what they are called
     * @param maxThreads how many there may be
     */
    DeliveryThreads(String name, int maxThreads) {
        this.factory = new AgentThreads(name);
        this.maxThreads = maxThreads;
    }

    private record Waiting(Runnable task, Urgency urgency, long sequence, long dueNanos) {}

    private static PriorityQueue<Waiting> queue(boolean jvmEnds) {
        return new PriorityQueue<>(
                Comparator.<Waiting>comparingInt(waiting -> waiting.urgency().place(jvmEnds))
                        .thenComparingLong(Waiting::sequence));
    }

    /** Has a task executed. An OutOfMemoryError means that there is no thread, and that it is not. */
    synchronized void execute(Runnable task, Urgency urgency) {
        Waiting waiting = new Waiting(task, urgency, sequence++, 0);
        ready.add(waiting);
        try {
            startOrWake();
        } catch (OutOfMemoryError e) {
            if (threads == 0) {
                ready.remove(waiting);
                throw e;
            }
        }
    }

    /** Has a task executed after a while, or when {@link #jvmEnds} is called. */
    synchronized void executeAfter(Duration wait, Runnable task, Urgency urgency) {
        later.add(new Waiting(task, urgency, sequence++, System.nanoTime() + wait.toNanos()));
        if (threads == 0) {
            start();
        }
        notifyAll();
    }

    /** Whether something waits that is more urgent. */
    synchronized boolean isMoreUrgentThan(Urgency urgency) {
        Waiting first = ready.peek();
        return first != null && first.urgency().place(jvmEnds) < urgency.place(jvmEnds);
    }

    /** From now on verdicts go first; what waits for its time is executed at once. */
    synchronized void jvmEnds() {
        order(true);
        ready.addAll(later);
        later.clear();
        startOrWake();
    }

    /** It was not the end. */
    synchronized void jvmGoesOn() {
        order(false);
    }

    private void order(boolean ends) {
        jvmEnds = ends;
        PriorityQueue<Waiting> ordered = queue(ends);
        ordered.addAll(ready);
        ready = ordered;
    }

    private void startOrWake() {
        int wanted = Math.min(ready.size() - idle, maxThreads - threads);
        for (int i = 0; i < wanted; i++) {
            start();
        }
        notifyAll();
    }

    private void start() {
        factory.newThread(this::work).start();
        threads++;
        idle++; // until it looks for a task, so that no second thread is started for the same one
    }

    private void work() {
        synchronized (this) {
            idle--;
        }
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // a delivery sees to its own faults; whatever this was, the thread has others to serve
            }
        }
    }

    /** The next task; null when the thread is to end. */
    private synchronized @Nullable Runnable next() {
        long idleUntil = System.nanoTime() + IDLE.toNanos();
        while (true) {
            long now = System.nanoTime();
            while (!later.isEmpty() && later.peek().dueNanos() - now <= 0) {
                ready.add(later.poll());
            }
            Waiting first = ready.poll();
            if (first != null) {
                return first.task();
            }
            Waiting nextDue = later.peek();
            boolean isNeeded = nextDue != null && threads == 1;
            if (now - idleUntil >= 0 && !isNeeded) {
                threads--;
                return null;
            }
            long until = nextDue == null
                    ? idleUntil
                    : isNeeded ? nextDue.dueNanos() : earlier(nextDue.dueNanos(), idleUntil);
            await(until - now);
        }
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private void await(long nanos) {
        idle++;
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, 1_000_000));
        } catch (InterruptedException e) {
            // nobody but a foreign program's thread group interrupts it; it goes on
        } finally {
            idle--;
        }
    }
}

package io.plutorun.agent.delivery;

import io.plutorun.agent.host.AgentThreads;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes delivery tasks on threads that start when there are tasks, up to a limit, and end after some idle seconds. The most urgent
 * task is executed first; equally urgent tasks are executed in the order in which they came.
 *
 * <p>No other lock is taken, and no task is executed, while the object's own lock is held.
 */
final class DeliveryThreads {

    private static final Duration IDLE = Duration.ofSeconds(5);

    private final AgentThreads factory;
    private final int maxThreads;
    private PriorityQueue<Waiting> ready = queue(false);
    private final PriorityQueue<Waiting> later =
            new PriorityQueue<>((one, other) -> Long.signum(one.dueNanos() - other.dueNanos()));
    private boolean jvmEnding;
    private long sequence;
    private int threads;
    private int idle;

    /**
     * Threads for one kind of delivery; none starts before there is something to do.
     *
     * @param name the beginning of the threads' names
     * @param maxThreads how many threads there may be at once
     */
    DeliveryThreads(String name, int maxThreads) {
        this.factory = new AgentThreads(name);
        this.maxThreads = maxThreads;
    }

    private record Waiting(Runnable task, Urgency urgency, long sequence, long dueNanos) {}

    private static PriorityQueue<Waiting> queue(boolean jvmEnding) {
        return new PriorityQueue<>((a, b) -> {
            int byUrgency =
                    Integer.compare(a.urgency().place(jvmEnding), b.urgency().place(jvmEnding));
            return byUrgency == 0 ? Long.compare(a.sequence(), b.sequence()) : byUrgency;
        });
    }

    /**
     * Queues a task.
     *
     * @throws RuntimeException or an error when no thread runs and none can be started, for want of memory, or since a security manager of
     *     the program's forbids it; the task is not queued then
     */
    synchronized void execute(Runnable task, Urgency urgency) {
        Waiting waiting = new Waiting(task, urgency, sequence++, 0);
        ready.add(waiting);
        try {
            startOrWake();
        } catch (RuntimeException | Error e) {
            notifyAll();
            if (threads == 0) {
                ready.remove(waiting);
                throw e;
            }
        }
    }

    /**
     * Queues a task that is executed after a wait, or at once when {@link #beginJvmEnd} is called.
     *
     * @throws RuntimeException or an error as {@link #execute} does
     */
    synchronized void executeAfter(Duration wait, Runnable task, Urgency urgency) {
        Waiting waiting = new Waiting(task, urgency, sequence++, System.nanoTime() + wait.toNanos());
        later.add(waiting);
        if (threads == 0) {
            try {
                start();
            } catch (RuntimeException | Error e) {
                later.remove(waiting);
                throw e;
            }
        }
        notifyAll();
    }

    /** Whether a more urgent task waits for a thread. */
    synchronized boolean hasMoreUrgentThan(Urgency urgency) {
        Waiting first = ready.peek();
        return first != null && first.urgency().place(jvmEnding) < urgency.place(jvmEnding);
    }

    /** The JVM is ending: from now on verdicts go first, and tasks that wait for their time are executed at once. */
    synchronized void beginJvmEnd() {
        reorder(true);
        ready.addAll(later);
        later.clear();
        try {
            startOrWake();
        } catch (RuntimeException | Error e) {
            // Those that run do what they can. What is left then is for a later delivery.
            notifyAll();
        }
    }

    /** The delivery of the JVM's end is over: should the JVM go on, the usual order applies again. */
    synchronized void cancelJvmEnd() {
        reorder(false);
    }

    private void reorder(boolean ending) {
        jvmEnding = ending;
        PriorityQueue<Waiting> ordered = queue(ending);
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
        factory.newThread(AgentThreads.loop(new Worker())).start();
        threads++;
        idle++; // until it looks for a task, so that no second thread is started for the same one
    }

    /** What one thread does: it executes one task after the other. One for which there is no memory stays the thread's next one. */
    private final class Worker implements BooleanSupplier {

        private boolean looksForTasks;
        private @Nullable Waiting next;

        @Override
        public boolean getAsBoolean() {
            if (!looksForTasks) {
                looksForTasks = true;
                synchronized (DeliveryThreads.this) {
                    idle--;
                }
            }
            Waiting task = next != null ? next : next();
            if (task == null) {
                return false;
            }
            next = task;
            execute(task.task());
            next = null;
            return true;
        }
    }

    /**
     * Tasks handle their own failures.
     *
     * @throws OutOfMemoryError where there is no memory for it: it may have wanted to be executed again, and could not say so
     */
    private static void execute(Runnable task) {
        var unused = AgentThreads.clearInterrupt(); // else the task would find no file that it can read
        try {
            task.run();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // also a checked exception that nobody has announced
            // whatever it was, it must not end a thread that serves other tasks
        }
    }

    /** The next task; null when the thread is to end. */
    private synchronized @Nullable Waiting next() {
        long idleUntil = System.nanoTime() + IDLE.toNanos();
        while (true) {
            long now = System.nanoTime();
            while (!later.isEmpty() && later.peek().dueNanos() - now <= 0) {
                ready.add(later.peek()); // before it is taken from where it is, since there may be no memory for it
                later.remove();
            }
            Waiting first = ready.poll();
            if (first != null) {
                return first;
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
            // only the program can interrupt this thread, through its thread group; the thread goes on
        } finally {
            idle--;
        }
    }
}

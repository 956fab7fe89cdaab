package io.plutorun.agent.host;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Makes the agent's threads: daemons, so that they keep no program alive; without context class loader and without the inheritable
 * thread-locals of the program's thread that happened to need them, so that they keep none of its classes either.
 */
public final class AgentThreads implements ThreadFactory {

    private static final ThreadGroup TOP = top();

    private static final long UNTIL_MEMORY_MAY_BE_BACK_NANOS = 100_000_000;

    private static final long LONGEST_PAUSE_NANOS = 8 * UNTIL_MEMORY_MAY_BE_BACK_NANOS;

    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    /**
     * Makes a factory.
     *
     * @param name what its threads are called, with a number behind it
     */
    public AgentThreads(String name) {
        this.name = name;
    }

    /**
     * Before Java 24 a thread keeps the protection domains, and so the class loaders, of all that was on the stack when it was made:
     * here the program's tracked method. A privileged call cuts the stack off.
     */
    @Override
    public Thread newThread(Runnable task) {
        return Privileged.run(() -> thread(task));
    }

    private Thread thread(Runnable task) {
        Thread thread = new Own(task, "pluto-" + name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.setUncaughtExceptionHandler(AgentThreads::uncaught);
        return thread;
    }

    /**
     * Work that a thread does for as long as it is needed, whatever goes wrong: where a program has taken all memory, which it may give back, any
     * statement may throw, and a thread that died of it would be missed by all runs from then on. After a round that threw there is a pause of
     * 100 ms, and twice as long after each further one that throws, up to 800 ms: each try without memory makes the JVM collect garbage.
     *
     * @param round is called again and again, until it answers false
     */
    public static Runnable loop(BooleanSupplier round) {
        return () -> {
            long pause = UNTIL_MEMORY_MAY_BE_BACK_NANOS;
            boolean goesOn = true;
            while (goesOn) {
                try {
                    goesOn = round.getAsBoolean();
                    pause = UNTIL_MEMORY_MAY_BE_BACK_NANOS;
                } catch (Throwable e) { // also a checked exception that nobody has announced
                    pause(pause);
                    pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
                }
            }
        };
    }

    /** Makes a thread of the agent's wait for 100 ms, in which a program may give memory back; makes no object. */
    public static void pauseForMemory() {
        pause(UNTIL_MEMORY_MAY_BE_BACK_NANOS);
    }

    private static void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            boolean unused = clearInterrupt(); // else there would be no pause
            LockSupport.parkNanos(left);
        }
    }

    private static final class Own extends Thread {
        Own(Runnable task, String name) {
            super(TOP, task, name, 0, false);
        }
    }

    /** Whether the calling thread is one of the agent's. */
    public static boolean isOwn() {
        return Thread.currentThread() instanceof Own;
    }

    /**
     * Takes the interrupt from the calling thread if it is one of the agent's. Only the program can have interrupted it, as who interrupts every
     * thread of the JVM does; the thread goes on, and every request and every wait would fail as long as it counts as interrupted.
     *
     * @return whether it was interrupted
     */
    public static boolean clearInterrupt() {
        return isOwn() && Thread.interrupted();
    }

    /** In a program that runs out of memory, threads of the agent that do one thing may die of it; the program says so itself. */
    private static void uncaught(Thread thread, Throwable thrown) {
        if (!(thrown instanceof VirtualMachineError)) {
            thread.getThreadGroup().uncaughtException(thread, thrown);
        }
    }

    /** The group of a program's thread may be destroyed, or interrupted as a whole; the topmost is not. */
    private static ThreadGroup top() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}

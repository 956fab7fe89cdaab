package io.plutorun.agent.journal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the agent's threads: daemons, so that they keep no program alive; without context class loader and without the inheritable
 * thread-locals of the program's thread that happened to need them, so that they keep none of its classes either.
 */
public final class AgentThreads implements ThreadFactory {

    private static final ThreadGroup TOP = top();

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

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(TOP, task, "pluto-" + name + "-" + count.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
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

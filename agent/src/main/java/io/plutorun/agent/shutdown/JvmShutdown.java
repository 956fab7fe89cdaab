package io.plutorun.agent.shutdown;

import io.plutorun.agent.host.AgentThreads;
import java.time.Duration;
import java.util.Optional;

/** Has the JVM call the agent before it ends, by a shutdown hook and before a halt, and bounds how long its end waits. */
public final class JvmShutdown {

    /** Who halts the JVM does not want to wait. */
    private static final Duration MAX_WAIT_BEFORE_HALT = Duration.ofSeconds(1);

    private final ExitWatch exits;
    private final LastWork work;
    private final Duration timeout;
    private volatile boolean done;

    /** What the agent still has to do when the JVM ends. */
    public interface LastWork {

        /**
         * Lets no more runs in.
         *
         * @return whether runs are still open
         */
        boolean close();

        /** Ends the runs that are still open. */
        void endRuns(JvmEnd end);

        /** Delivers what is not delivered, and waits for it no longer than this. */
        void deliver(Duration atMost);
    }

    /**
     * Makes it; nothing is registered yet.
     *
     * @param exits tells who has asked the JVM to exit
     * @param work what is done at the end
     * @param timeout how long the JVM's end may wait
     */
    public JvmShutdown(ExitWatch exits, LastWork work, Duration timeout) {
        this.exits = exits;
        this.work = work;
        this.timeout = timeout;
    }

    /** Registers the shutdown hook. When the JVM is ending already no run can be opened any more. */
    public void register() {
        try {
            Runtime.getRuntime().addShutdownHook(new AgentThreads("shutdown").newThread(this::hook));
        } catch (IllegalStateException e) { // the program's first tracked call comes from a shutdown hook of its own
            work.close();
        }
    }

    private void hook() {
        if (work.close()) {
            work.endRuns(JvmEnd.observe(exits));
        }
        work.deliver(timeout);
        done = true;
    }

    /** The JVM is about to halt: without its hooks, beside them, or behind them. */
    public void halting(int status) {
        if (!done) {
            work.close();
            work.endRuns(JvmEnd.halt(status));
            work.deliver(timeout.compareTo(MAX_WAIT_BEFORE_HALT) < 0 ? timeout : MAX_WAIT_BEFORE_HALT);
        }
    }

    /** The signal or the exit that is ending the JVM at this moment; empty when it is not ending, or ends by itself. */
    public Optional<JvmEnd> underWay() {
        if (!JvmEnd.hasBegun()) {
            return Optional.empty();
        }
        JvmEnd end = JvmEnd.observe(exits);
        return end instanceof JvmEnd.Signal || end instanceof JvmEnd.Exit ? Optional.of(end) : Optional.empty();
    }
}

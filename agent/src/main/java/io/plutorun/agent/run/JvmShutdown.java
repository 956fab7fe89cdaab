package io.plutorun.agent.run;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.journal.AgentThreads;
import java.time.Duration;
import java.util.List;

/**
 * The JVM's end: every run that is still open gets its verdict, and what is not delivered is waited for, as long as the settings allow.
 */
final class JvmShutdown {

    /** Who halts the JVM does not want to wait. */
    private static final Duration MOST_BEFORE_A_HALT = Duration.ofSeconds(1);

    private final OpenRuns openRuns;
    private final Session session;
    private final ExitWatch exits;
    private final Console console;
    private final Duration timeout;
    private volatile boolean done;

    JvmShutdown(OpenRuns openRuns, Session session, ExitWatch exits, Console console, Duration timeout) {
        this.openRuns = openRuns;
        this.session = session;
        this.exits = exits;
        this.console = console;
        this.timeout = timeout;
    }

    /** Has the JVM call here before it ends. When it is ending already no run can be opened any more. */
    void await() {
        try {
            Runtime.getRuntime().addShutdownHook(new AgentThreads("shutdown").newThread(this::hook));
        } catch (IllegalStateException e) { // the program's first tracked call comes from a shutdown hook of its own
            openRuns.close();
        }
    }

    private void hook() {
        List<ActiveRun> open = openRuns.close();
        if (!open.isEmpty()) {
            end(open, JvmEnd.observe(exits));
        }
        deliver(timeout);
        done = true;
        console.flush(Console.FLUSH_AT_THE_END);
    }

    /** The JVM is about to halt: without its hooks, beside them, or behind them. */
    void halting(int status) {
        if (!done) {
            end(openRuns.close(), JvmEnd.halt(status));
            deliver(timeout.compareTo(MOST_BEFORE_A_HALT) < 0 ? timeout : MOST_BEFORE_A_HALT);
        }
        console.flush(Console.FLUSH_AT_THE_END);
    }

    /**
     * The verdict of a run whose call has just ended. In a JVM that is on its way out for a signal or an exit that is why the call ended,
     * be it that the program's own hooks have stopped it.
     */
    Verdict stands(ActiveRun run, Verdict own) {
        if (!JvmEnd.hasBegun()) {
            return own;
        }
        JvmEnd end = JvmEnd.observe(exits);
        return end instanceof JvmEnd.Signal || end instanceof JvmEnd.Exit ? end.cutsOff(run) : own;
    }

    private static void end(List<ActiveRun> runs, JvmEnd end) {
        for (ActiveRun run : runs) {
            if (!run.endIfItRanOut()) {
                run.end(end.cutsOff(run));
            }
        }
    }

    private void deliver(Duration atMost) {
        if (session instanceof Session.Online online) {
            int undelivered = online.delivery().finish(atMost);
            if (undelivered > 0) {
                console.error(online.messages()
                        .undelivered(undelivered, online.store().folder()));
            }
        }
    }
}

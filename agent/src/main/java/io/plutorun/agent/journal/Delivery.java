package io.plutorun.agent.journal;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.edge.Redactor;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Delivers the journals of all runs of this JVM, on two threads. */
public final class Delivery {

    private static final int THREADS = 2;
    private static final Duration IDLE_THREAD = Duration.ofSeconds(5);

    private final PlutoApi api;
    private final Redactor redactor;
    private final Duration timeout;
    private final ScheduledThreadPoolExecutor threads;
    private final ServerGate gate = new ServerGate();
    private final Set<RunJournal> open = new HashSet<>();

    /**
     * Makes a delivery; no thread starts before there is something to deliver.
     *
     * @param api the server
     * @param redactor what every record passes
     * @param timeout how long one request may take
     */
    public Delivery(PlutoApi api, Redactor redactor, Duration timeout) {
        this.api = api;
        this.redactor = redactor;
        this.timeout = timeout;
        this.threads = new ScheduledThreadPoolExecutor(THREADS, new AgentThreads("delivery"));
        threads.setKeepAliveTime(IDLE_THREAD.toMillis(), TimeUnit.MILLISECONDS);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Opens the journal of a run. */
    public RunJournal open(DeliveryListener listener) {
        RunJournal journal = new RunJournal(this, listener);
        synchronized (open) {
            open.add(journal);
        }
        return journal;
    }

    /** How many runs are open, or have ended and are not delivered yet. */
    public int openRuns() {
        synchronized (open) {
            return open.size();
        }
    }

    /** Whether the server is known not to answer: then there is no point in waiting for it. */
    public boolean isServerAway() {
        return gate.isAway();
    }

    /** A start has waited for the server in vain. */
    public void serverIsAway() {
        gate.wentAway();
    }

    /**
     * Waits until all is delivered. While the server is known not to answer, it waits only for runs that were given up: an unanswered
     * request may have made one, and nobody else would end it.
     *
     * @return how many runs are left undelivered
     */
    public int finish(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (open) {
            boolean interrupted = false;
            for (long left = deadline - System.nanoTime();
                    !open.isEmpty()
                            && left > 0
                            && !(gate.isAway() && open.stream().noneMatch(RunJournal::isAbandoned));
                    left = deadline - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(open, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                    break;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return open.size();
        }
    }

    PlutoApi api() {
        return api;
    }

    Redactor redactor() {
        return redactor;
    }

    Duration timeout() {
        return timeout;
    }

    void execute(RunJournal journal) {
        threads.execute(journal);
    }

    void executeAfter(Duration wait, RunJournal journal) {
        var unused =
                threads.schedule(journal, wait.toMillis(), TimeUnit.MILLISECONDS); // a journal's run() does not throw
    }

    boolean pass(RunJournal journal) {
        return gate.pass(journal);
    }

    void answered() {
        if (gate.isAway()) {
            gate.answered().forEach(threads::execute);
        }
    }

    void left(RunJournal journal, boolean closed) {
        Runnable heir = gate.leave(journal);
        if (heir != null) {
            threads.execute(heir);
        }
        if (closed) {
            synchronized (open) {
                open.remove(journal);
                open.notifyAll();
            }
        }
    }
}

package io.plutorun.agent.delivery;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Delivers the journals of all runs of this JVM, on two threads. */
public final class Delivery {

    private static final int THREADS = 2;
    private static final Duration IDLE_THREAD = Duration.ofSeconds(5);

    private final PlutoApi api;
    private final JournalStore store;
    private final Duration timeout;
    private final ScheduledThreadPoolExecutor threads;
    private final ServerGate gate = new ServerGate();
    private final Set<RunSender> open = new HashSet<>();
    private final AtomicLong opened = new AtomicLong();

    /**
     * Makes a delivery; no thread starts before there is something to deliver.
     *
     * @param api the server
     * @param store where the journals lie
     * @param timeout how long one request may take
     */
    public Delivery(PlutoApi api, JournalStore store, Duration timeout) {
        this.api = api;
        this.store = store;
        this.timeout = timeout;
        this.threads = new ScheduledThreadPoolExecutor(THREADS, new AgentThreads("delivery"));
        threads.setKeepAliveTime(IDLE_THREAD.toMillis(), TimeUnit.MILLISECONDS);
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * A run whose records are delivered.
     *
     * @param journal where its records go first
     * @param state where its beats note what they hear
     */
    public record Opened(RunJournal journal, ServerState state) {}

    /** Opens the journal of a run, whose records are delivered as they come. */
    public Opened open(DeliveryListener listener) {
        return open(listener, () -> {});
    }

    /**
     * The same.
     *
     * @param counted called at the moment from which on {@link #openRuns} counts the run; takes no lock
     */
    public Opened open(DeliveryListener listener, Runnable counted) {
        RunJournal journal = store.open();
        ServerState state = new ServerState();
        RecordSender sender = RecordSender.beside(api, timeout, state);
        RunSender runSender = new RunSender(this, opened.incrementAndGet(), journal, sender, state, listener);
        journal.sendWith(runSender);
        synchronized (open) {
            open.add(runSender);
            counted.run();
        }
        return new Opened(journal, state);
    }

    /** Lends one of the threads, between two deliveries: what waits for it must be short. */
    public void lend(Runnable task) {
        threads.execute(task);
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

    /** A start has waited for the server in vain, for this long. */
    public void serverIsAway(Duration waited) {
        gate.wentAway(waited);
    }

    /**
     * Waits until all is delivered. While the server is known not to answer, it waits only for runs that were given up: an unanswered
     * request may have made one, and nobody else would end it.
     *
     * @return how many runs are left undelivered
     */
    public int finish(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        runSenders().forEach(RunSender::goOn);
        synchronized (open) {
            boolean interrupted = false;
            for (long left = deadline - System.nanoTime();
                    !open.isEmpty()
                            && left > 0
                            && !(gate.isAway() && open.stream().noneMatch(RunSender::isAbandoned));
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

    void execute(RunSender runSender) {
        threads.execute(runSender);
    }

    void executeAfter(Duration wait, RunSender runSender) {
        var unused =
                threads.schedule(runSender, wait.toMillis(), TimeUnit.MILLISECONDS); // a sender's run() does not throw
    }

    /** Whether a sender has to wait until another one has delivered the end of the same run. */
    boolean waitsForAnEarlierEnd(RunSender runSender) {
        List<RunSender> others = runSenders();
        others.remove(runSender);
        return others.stream().anyMatch(other -> other.precedes(runSender));
    }

    private List<RunSender> runSenders() {
        synchronized (open) {
            return new ArrayList<>(open);
        }
    }

    boolean pass(RunSender runSender) {
        return gate.pass(runSender);
    }

    void answered() {
        gate.answered().forEach(threads::execute);
    }

    void left(RunSender runSender, boolean finished) {
        Runnable heir = gate.leave(runSender);
        if (heir != null) {
            threads.execute(heir);
        }
        if (finished) {
            synchronized (open) {
                open.remove(runSender);
                open.notifyAll();
            }
            runSender.takeSuccessors().forEach(threads::execute);
        }
    }
}

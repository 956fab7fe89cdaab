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
    private final Set<Courier> open = new HashSet<>();
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
    public record Opened(RunJournal journal, Standing state) {}

    /** Opens the journal of a run, whose records are delivered as they come. */
    public Opened open(DeliveryListener listener) {
        RunJournal journal = store.open();
        Standing state = new Standing();
        RecordSender sender = RecordSender.beside(api, timeout, state);
        Courier courier = new Courier(this, opened.incrementAndGet(), journal, sender, state, listener);
        journal.sendWith(courier);
        synchronized (open) {
            open.add(courier);
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
        couriers().forEach(Courier::goOn);
        synchronized (open) {
            boolean interrupted = false;
            for (long left = deadline - System.nanoTime();
                    !open.isEmpty()
                            && left > 0
                            && !(gate.isAway() && open.stream().noneMatch(Courier::isAbandoned));
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

    void execute(Courier courier) {
        threads.execute(courier);
    }

    void executeAfter(Duration wait, Courier courier) {
        var unused =
                threads.schedule(courier, wait.toMillis(), TimeUnit.MILLISECONDS); // a courier's run() does not throw
    }

    /** Whether a courier has to wait until another one has delivered the end of the same run. */
    boolean waitsForAnEarlierEnd(Courier courier) {
        List<Courier> others = couriers();
        others.remove(courier);
        return others.stream().anyMatch(other -> other.precedes(courier));
    }

    private List<Courier> couriers() {
        synchronized (open) {
            return new ArrayList<>(open);
        }
    }

    boolean pass(Courier courier) {
        return gate.pass(courier);
    }

    void answered() {
        gate.answered().forEach(threads::execute);
    }

    void left(Courier courier, boolean finished) {
        Runnable heir = gate.leave(courier);
        if (heir != null) {
            threads.execute(heir);
        }
        if (finished) {
            synchronized (open) {
                open.remove(courier);
                open.notifyAll();
            }
            courier.takeSuccessors().forEach(threads::execute);
        }
    }
}

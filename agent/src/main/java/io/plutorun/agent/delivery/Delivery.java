package io.plutorun.agent.delivery;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.host.BoundedWait;
import io.plutorun.agent.journal.JournalFile;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.send.AnswerRule;
import io.plutorun.agent.send.RecordSender;
import io.plutorun.agent.send.ServerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Delivers the journals of all runs of this JVM.
 *
 * <p>Lock order: a run's journal, its sender, then one of {@code open}, the gate's and the threads' locks, of which none is taken within
 * another. The lock of {@code open} is held while a set is copied or waited for, never while a request is made.
 */
public final class Delivery {

    static final int MAX_THREADS = 16;

    private final PlutoApi api;
    private final JournalStore store;
    private final Duration timeout;
    private final DeliveryThreads threads = new DeliveryThreads("delivery", MAX_THREADS);
    private final ServerGate gate = new ServerGate();
    private final Turns turns = new Turns();
    private final Map<RunSender, RunJournal> open = new LinkedHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    private volatile boolean jvmEnding;

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
    }

    /**
     * A run whose records are delivered.
     *
     * @param journal where its records go first
     * @param state where its beats note what they hear
     */
    public record Opened(RunJournal journal, ServerState state) {}

    /** Opens the journal of a run, whose records are delivered as they come. Waits neither for the disk nor for the server. */
    public Opened open(DeliveryListener listener) {
        return open(listener, () -> {});
    }

    /**
     * Opens the journal of a run, as {@link #open(DeliveryListener)} does.
     *
     * @param counted called at the moment from which on {@link #openRuns} counts the run; takes no lock
     */
    public Opened open(DeliveryListener listener, Runnable counted) {
        RunJournal journal = store.open();
        ServerState state = new ServerState();
        RecordSender sender = RecordSender.beside(api, timeout, state);
        RunSender runSender = new RunSender(turns, opened.incrementAndGet(), journal, sender, state, listener);
        journal.sendWith(runSender);
        synchronized (open) {
            open.put(runSender, journal);
            counted.run();
        }
        return new Opened(journal, state);
    }

    /** Executes a short task of another kind on one of the delivery's threads, as urgently as a verdict. */
    public void lend(Runnable task) {
        threads.execute(task, Urgency.VERDICT);
    }

    /** How many runs are open, or have ended and are not delivered yet. */
    public int openRuns() {
        synchronized (open) {
            return open.size();
        }
    }

    /** Whether there is no point in waiting for the server: it does not answer, or fails at whatever it is asked. */
    public boolean isServerAway() {
        return gate.state() != ServerGate.State.UP;
    }

    /** Told when a start has waited for the server in vain. */
    public void serverIsAway(Duration waited) {
        gate.wentAway(waited);
    }

    /**
     * The JVM ends: everything that is not delivered is tried once more at once, whatever it waits for, verdicts first. Returns when all
     * is delivered or has been tried in vain, at the latest after a time. A run that was given up is tried until then: an unanswered
     * request may have made it, and nobody else would end it.
     *
     * @return how many runs are left undelivered
     */
    public int finish(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        jvmEnding = true;
        try {
            runSenders().forEach(RunSender::tryAtOnce);
            gate.open().forEach(turns::execute);
            threads.beginJvmEnd();
            return awaitDelivery(deadline);
        } finally {
            jvmEnding = false;
            gate.close();
            threads.cancelJvmEnd();
        }
    }

    /**
     * Journals that somebody has removed while their runs were open.
     *
     * @param restored how many are written again
     * @param lost how many are not
     */
    public record Removed(int restored, int lost) {}

    /** Sees to it that what {@link #finish} has left is on disk for later. What the disk does not answer in time counts as there. */
    public Removed restoreJournals(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        List<RunJournal> left;
        synchronized (open) {
            left = new ArrayList<>(open.values());
        }
        List<CompletableFuture<JournalFile.OnDisk>> asked =
                left.stream().map(RunJournal::restore).toList();
        List<JournalFile.OnDisk> states = asked.stream()
                .map(state -> BoundedWait.of(state, deadline, JournalFile.OnDisk.THERE))
                .toList();
        return new Removed(
                Collections.frequency(states, JournalFile.OnDisk.RESTORED),
                Collections.frequency(states, JournalFile.OnDisk.LOST));
    }

    private int awaitDelivery(long deadline) {
        synchronized (open) {
            BoundedWait.whileHolds(open, deadline, () -> open.keySet().stream().anyMatch(RunSender::isWorthWaitingFor));
            return open.size();
        }
    }

    private List<RunSender> runSenders() {
        synchronized (open) {
            return new ArrayList<>(open.keySet());
        }
    }

    /** What the senders ask for. */
    private final class Turns implements Dispatcher {

        @Override
        public void execute(Task task) {
            threads.execute(task, task.urgency());
        }

        @Override
        public void executeAfter(Duration wait, Task task) {
            threads.executeAfter(wait, task, task.urgency());
        }

        @Override
        public boolean waitsForAnEarlierEnd(Task task) {
            for (RunSender other : runSenders()) {
                if (other != task && other.precedes(task)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean mayGo(Task task) {
            return gate.pass(task);
        }

        @Override
        public void heard(Task task, AnswerRule answer) {
            if (answer != AnswerRule.AWAY) {
                gate.answered(task, answer == AnswerRule.FAILS, answer == AnswerRule.DONE)
                        .forEach(this::execute);
            }
        }

        @Override
        public boolean hasMoreUrgentThan(Task task) {
            return threads.hasMoreUrgentThan(task.urgency());
        }

        @Override
        public boolean isServerAway() {
            return gate.state() == ServerGate.State.AWAY;
        }

        @Override
        public boolean isJvmEnding() {
            return jvmEnding;
        }

        @Override
        public void pauses(Task task) {
            Task next = gate.leave(task);
            if (next != null) {
                execute(next);
            }
            synchronized (open) {
                open.notifyAll();
            }
        }

        @Override
        public void isDone(Task task) {
            if (task instanceof RunSender done) {
                synchronized (open) {
                    open.remove(done);
                }
                done.takeSuccessors().forEach(this::execute);
            }
            pauses(task);
        }
    }
}

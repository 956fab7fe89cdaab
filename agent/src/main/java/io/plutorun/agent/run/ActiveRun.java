package io.plutorun.agent.run;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.spec.Specification;
import io.plutorun.agent.values.LoggedValues;
import io.plutorun.agent.values.OpenRun;
import io.plutorun.agent.verdict.ProcessOutcome;
import io.plutorun.agent.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A run that is going on: from the entry of its tracked method to its verdict.
 *
 * <p>Locks, in the order in which they are taken: {@code recording} is held while the verdict is written to disk, and only those take it
 * who have the verdict to record; the run's own lock is held for the change of a field, and never while anything else is done.
 */
abstract class ActiveRun {

    /** Where the call of a run is. None is followed by one that stands before it. */
    private enum Phase {
        /** The method executes, or its start is waited for. */
        EXECUTING,
        /** The method has returned a stage that is not complete. */
        AWAITING_STAGE,
        /** The method threw for want of memory or stack, and no verdict could be made of that yet. */
        OUT_OF_MEMORY,
        /** The verdict is decided, and not recorded. */
        DECIDED,
        /** The verdict is recorded. */
        RECORDED
    }

    /** What a run lasts as long as. */
    enum Lifetime {
        CALL,
        PROCESS
    }

    private final Specification specification;
    private final Lifetime lifetime;
    private final Session session;
    private final long enteredNanos = System.nanoTime();
    private final ReentrantLock recording = new ReentrantLock();

    private volatile Phase phase = Phase.EXECUTING;

    /** Null before {@link #begin}. */
    private volatile @Nullable OpenRun openRun;

    /** What the method threw; set in phase OUT_OF_MEMORY. */
    private volatile @Nullable Throwable thrown;

    /** Set from phase DECIDED on. */
    private volatile @Nullable Verdict verdict;

    private final ProcessOutcome outcome = new ProcessOutcome();

    /** Set when the method begins to execute: what is waited for before is no part of its duration. */
    private volatile @Nullable Long methodBeganNanos;

    private volatile long endedNanos;

    ActiveRun(Specification specification, Lifetime lifetime, Session session) {
        this.specification = specification;
        this.lifetime = lifetime;
        this.session = session;
    }

    Specification specification() {
        return specification;
    }

    /**
     * Opens its journal, and records its start. Called once, by the thread that made it, which holds no lock.
     *
     * @param counted to be called at the moment from which on the delivery counts it
     */
    abstract void begin(Runnable counted);

    /** From now on what is logged is kept beside its journal, to which its start has been written. */
    void keepValues(RunJournal journal) {
        openRun = session.open(journal, specification.start(), this::executing, this::cancellation);
    }

    /** The run as its recorders see it; null before {@link #begin}. */
    @Nullable
    OpenRun current() {
        return openRun;
    }

    /** What its method is to throw at the end of a step of its work; null for nothing. */
    @Nullable
    CancellationException cancellation() {
        return null;
    }

    /** What is logged; null before {@link #begin}. */
    @Nullable
    LoggedValues logged() {
        OpenRun open = openRun;
        return open == null ? null : open.logged();
    }

    /** Where its records go; null before {@link #begin}. */
    abstract @Nullable RunJournal journal();

    /** What the server said of it; null when it has said nothing. */
    @Nullable
    StartedRun startedRun() {
        return null;
    }

    /** What else is to be done when the verdict has been recorded. */
    abstract void ended(RunRecord.End end);

    /** A thread begins to execute a tracked call of the run. */
    void callEntered(Thread thread) {}

    /** A thread has executed a tracked call of the run. */
    void callLeft(Thread thread) {}

    /** The threads that execute tracked calls of the run, as far as they are known. */
    List<Thread> executing() {
        return List.of();
    }

    /** The method that opened it begins to execute. */
    void methodBegins() {
        methodBeganNanos = System.nanoTime();
    }

    /** Whether its verdict is decided. */
    boolean isEnded() {
        return phase.compareTo(Phase.DECIDED) >= 0;
    }

    /** Whether it lasts until the JVM's end: its calls' outcomes are noted, and the JVM's end decides. */
    boolean isOfTheProcess() {
        return lifetime == Lifetime.PROCESS;
    }

    /**
     * Its call ended because the JVM has run out of memory or stack. Noted where nothing can fail, for whoever ends the run when its own
     * thread can't.
     */
    synchronized void ranOutOfMemory(Throwable error) {
        if (!isEnded()) {
            thrown = error;
            phase = Phase.OUT_OF_MEMORY;
        }
    }

    /**
     * Ends it if its call ended for want of memory or stack, and its own thread could not record that.
     *
     * @return whether it has ended
     */
    public boolean endIfItRanOut() {
        if (phase == Phase.OUT_OF_MEMORY) {
            Throwable error = thrown;
            if (error != null) {
                decide(Verdict.Failed.of(error));
            }
        }
        if (phase == Phase.DECIDED && recording.tryLock()) { // else somebody is at it; beats must not wait for the disk
            try {
                recordDecided();
            } finally {
                recording.unlock();
            }
        }
        return isEnded();
    }

    /** What becomes of a run of the process. */
    ProcessOutcome outcome() {
        return outcome;
    }

    /** From now on it is not the method that is waited for, but the stage that the method returned. */
    synchronized void awaitStage() {
        if (phase == Phase.EXECUTING && !isOfTheProcess()) {
            phase = Phase.AWAITING_STAGE;
        }
    }

    /** Whether the method has returned a stage that is not complete. */
    boolean awaitsStage() {
        return phase == Phase.AWAITING_STAGE;
    }

    /** Decides the verdict; the first one stands. Returns when it is recorded, be it by another thread. */
    void end(Verdict decided) {
        OpenRun open = openRun;
        if (open != null && !isEnded() && !specification.isOfWorker()) {
            session.listeners().ending(open);
        }
        decide(decided);
        recording.lock();
        try {
            recordDecided();
        } finally {
            recording.unlock();
        }
    }

    /** Takes the right to decide the verdict; false when it is decided. Makes no object: there may be no memory for one. */
    synchronized boolean decide(Verdict decided) {
        if (isEnded()) {
            return false;
        }
        verdict = decided;
        endedNanos = System.nanoTime();
        LoggedValues kept = logged();
        if (kept != null) {
            kept.takeNoMore();
        }
        phase = Phase.DECIDED;
        return true;
    }

    /**
     * Records the verdict that has been decided, if it has not been recorded: the program's thread may have been short of memory or stack
     * when it tried.
     */
    private void recordDecided() {
        Verdict decided = phase == Phase.DECIDED ? verdict : null;
        RunJournal journal = journal();
        if (decided == null || journal == null) {
            return;
        }
        OpenRun open = openRun;
        RunRecord.End end = record(decided);
        if (open != null) {
            end = open.ending(end, decided.isAboutThreads());
        }
        RunRecord.Part part = specification.start().part();
        if (decided instanceof Verdict.NotStarted && !part.isWorker()) {
            journal.abandon(end);
        } else {
            journal.append(part.decides(end.status()) ? end : new RunRecord.Left(end.at()));
        }
        if (specification.state() != null) {
            specification.state().ended(end.status());
        }
        recorded();
        if (open != null) {
            open.ended();
        }
        ended(end);
    }

    private synchronized void recorded() {
        phase = Phase.RECORDED;
        thrown = null;
    }

    /** As it is recorded. The clock may have been set back meanwhile: no run ends earlier than it has lasted. */
    RunRecord.End record(Verdict decided) {
        Instant least = specification.start().at().plusNanos(endedNanos - enteredNanos);
        Instant end = session.clock().instant().minusNanos(System.nanoTime() - endedNanos);
        return decided.record(end.isBefore(least) ? least : end, duration());
    }

    /** How long the method has executed: neither the wait for the run's start nor the agent's own work is part of it. */
    private Duration duration() {
        Long began = methodBeganNanos;
        return began == null ? Duration.ZERO : Duration.ofNanos(endedNanos - began);
    }

    /** What a person calls the run: its display id, and as long as the server has not given it one its external id. */
    String label() {
        Object displayId = attribute("displayId");
        Object externalId = attribute("externalId");
        return displayId != null ? displayId.toString() : externalId != null ? externalId.toString() : "(unknown)";
    }

    /**
     * An attribute of the run for {@code io.plutorun.Run}, in whose words the names are.
     *
     * @return a String, Long or Boolean; null for what is not known
     */
    @Nullable
    Object attribute(String name) {
        return switch (name) {
            case "active" -> !isEnded();
            case "name" -> specification.start().name();
            case "project" -> specification.start().project();
            case "externalId" -> specification.start().externalId();
            default -> null;
        };
    }
}

package io.plutorun.agent.run;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.spec.Specification;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run that is going on: from the entry of its tracked method to its verdict. */
abstract sealed class ActiveRun permits ServerRun, RecordedRun {

    private final Specification specification;
    private final long enteredNanos = System.nanoTime();
    private volatile boolean ended;
    private long endedNanos;
    private @Nullable Verdict owed;
    private volatile boolean awaitsStage;
    private volatile @Nullable Throwable ranOut;
    private volatile @Nullable Verdict outcome;

    ActiveRun(Specification specification) {
        this.specification = specification;
    }

    Specification specification() {
        return specification;
    }

    /** Where its records go. */
    abstract RunJournal journal();

    /** What else is to be done when the verdict has been recorded. */
    abstract void ended(RunRecord.End end);

    /** A thread begins to execute a tracked call of the run. */
    void callEntered(Thread thread) {}

    /** A thread has executed a tracked call of the run. */
    void callLeft(Thread thread) {}

    /** Asked without the lock, within which the disk may be waited for. */
    boolean isEnded() {
        return ended;
    }

    /** It is the run of the whole process: its calls' outcomes are noted, and the JVM's end decides. */
    void lastUntilTheJvmEnds() {
        outcome = new Verdict.Completed();
    }

    /** Whether it lasts until the JVM's end. */
    boolean isOfTheProcess() {
        return outcome != null;
    }

    /**
     * Its call ended because the JVM has run out of memory or stack. Noted where nothing can fail, for whoever ends the run when its own
     * thread can't.
     */
    void ranOut(Throwable thrown) {
        ranOut = thrown;
    }

    /**
     * Ends it if its call ended for want of memory or stack, and its own thread could not record that.
     *
     * @return whether it has ended
     */
    public boolean endIfItRanOut() {
        Throwable want = ranOut;
        if (want != null) {
            end(Verdict.Failed.of(want));
            recordVerdict();
        }
        return isEnded();
    }

    /** How the last of its calls ended: that is how a process ended that comes to its normal end. */
    void note(Verdict verdict) {
        outcome = verdict;
    }

    /** What it ends as when the program comes to its normal end; null when it is not of the process, and is cut off by that. */
    @Nullable
    Verdict outcome() {
        return outcome;
    }

    /** From now on it is not the method that is waited for, but the stage that the method returned, if it is declared to. */
    void awaitStage(boolean declared) {
        awaitsStage = declared && !isOfTheProcess();
    }

    /** Whether the method has returned a stage that is not complete. */
    boolean awaitsStage() {
        return awaitsStage;
    }

    /** Decides the verdict; the first one stands. Returns at once. */
    void end(Verdict verdict) {
        if (endOnce(verdict)) {
            recordVerdict();
        }
    }

    /** Takes the right to decide the verdict; false when it is decided. */
    synchronized boolean endOnce(Verdict verdict) {
        if (ended) {
            return false;
        }
        owed = verdict; // the first, and it allocates nothing: what comes now may fail for want of memory or stack
        endedNanos = System.nanoTime();
        ended = true;
        return true;
    }

    /**
     * Records the verdict that has been decided, if it has not been recorded: the program's thread may have been short of memory or stack
     * when it tried.
     */
    synchronized void recordVerdict() {
        Verdict verdict = owed;
        if (verdict != null) {
            RunRecord.End end = record(verdict);
            boolean decides = specification.start().part().decides(end.status());
            journal().append(decides ? end : new RunRecord.Left(end.at()));
            if (specification.state() != null) {
                specification.state().ended(end.status());
            }
            owed = null;
            ranOut = null;
            ended(end);
        }
    }

    /** As it is recorded. The clock may have been set back meanwhile: no run ends earlier than it has lasted. */
    RunRecord.End record(Verdict verdict) {
        Duration lasted = Duration.ofNanos(endedNanos - enteredNanos);
        Instant least = specification.start().at().plus(lasted);
        Instant end = Instant.now().minusNanos(System.nanoTime() - endedNanos);
        return verdict.record(end.isBefore(least) ? least : end, lasted);
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
            case "externalId" -> externalId(specification.start().target());
            default -> null;
        };
    }

    private static @Nullable String externalId(Target target) {
        if (target instanceof Target.Create create) {
            return create.externalId();
        }
        return ((Target.Resume) target).run() instanceof RunReference.ByExternalId id ? id.externalId() : null;
    }
}

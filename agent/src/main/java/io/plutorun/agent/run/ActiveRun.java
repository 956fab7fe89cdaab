package io.plutorun.agent.run;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run that is going on: from the entry of its tracked method to its verdict. */
abstract sealed class ActiveRun permits ServerRun, RecordedRun {

    private final Specification specification;
    private final long enteredNanos = System.nanoTime();
    private boolean ended;

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

    synchronized boolean isEnded() {
        return ended;
    }

    /** Decides the verdict; the first one stands. Returns at once. */
    void end(Verdict verdict) {
        if (endOnce()) {
            RunRecord.End end = verdict(verdict);
            boolean decides = specification.start().part().decides(end.status());
            journal().append(decides ? end : new RunRecord.Left(end.at()));
            if (specification.state() != null) {
                specification.state().ended(end.status());
            }
            ended(end);
        }
    }

    /** Takes the right to decide the verdict; false when it is decided. */
    synchronized boolean endOnce() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    /** As it is recorded. The clock may have been set back meanwhile: no run ends earlier than it has lasted. */
    RunRecord.End verdict(Verdict verdict) {
        Duration lasted = lasted();
        Instant now = Instant.now();
        Instant least = specification.start().at().plus(lasted);
        return verdict.record(now.isBefore(least) ? least : now, lasted);
    }

    private Duration lasted() {
        return Duration.ofNanos(System.nanoTime() - enteredNanos);
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

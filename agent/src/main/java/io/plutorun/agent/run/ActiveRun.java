package io.plutorun.agent.run;

import io.plutorun.agent.api.Outcome;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.journal.DeliveryListener;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A run that is going on: from the entry of its tracked method to its verdict. */
final class ActiveRun implements DeliveryListener {

    private final Specification specification;
    private final Console console;
    private final Messages messages;
    private final Heartbeat heartbeat;
    private final RunJournal journal;
    private final long enteredNanos = System.nanoTime();
    private final CountDownLatch startSettled = new CountDownLatch(1);

    private volatile @Nullable StartedRun started;
    private volatile @Nullable String refusal;
    private volatile boolean late;
    private boolean ended;

    ActiveRun(
            Specification specification,
            Console console,
            Messages messages,
            Heartbeat heartbeat,
            java.util.function.Function<DeliveryListener, RunJournal> journals) {
        this.specification = specification;
        this.console = console;
        this.messages = messages;
        this.heartbeat = heartbeat;
        this.journal = journals.apply(this);
    }

    Specification specification() {
        return specification;
    }

    /** What the server said of the run; null until it has, and when it refused. */
    @Nullable
    StartedRun startedRun() {
        return started;
    }

    /** Why the server refused the run; null when it did not. */
    @Nullable
    String refusal() {
        return refusal;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    void begin() {
        journal.append(specification.start());
    }

    /**
     * Waits until the server has created, resumed or refused the run.
     *
     * @return false when it has not within the time, or the thread was interrupted; then the interrupt stays set
     */
    boolean awaitStart(Duration atMost) {
        try {
            if (startSettled.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** From now on the start is told as one that came late. */
    void startIsLate() {
        late = true;
    }

    /** Decides the verdict; the first one stands. Returns at once. */
    void end(Verdict verdict) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        heartbeat.remove(this);
        journal.append(verdict.record(Instant.now(), lasted()));
    }

    /** Gives the run up before its method has started. */
    void abandon() {
        synchronized (this) {
            ended = true;
        }
        heartbeat.remove(this);
        journal.abandon(new Verdict.NotStarted().record(Instant.now(), lasted()));
    }

    private Duration lasted() {
        return Duration.ofNanos(System.nanoTime() - enteredNanos);
    }

    @Override
    public void started(StartedRun run) {
        started = run;
        synchronized (this) {
            if (!ended) {
                heartbeat.add(this, run);
            }
        }
        console.info(messages.started(specification, run, late));
        startSettled.countDown();
    }

    @Override
    public void refused(Outcome<?> answer) {
        String message = messages.refused(specification, answer);
        refusal = message;
        console.errorCounted(messages.kind(specification, answer), message);
        startSettled.countDown();
    }

    @Override
    public void ended(StartedRun run, RunRecord.End end) {
        console.info(messages.ended(run, end));
    }

    @Override
    public void leftOut(StartedRun run, RunRecord record, Outcome<?> answer) {
        console.error(messages.leftOut(run, record, answer));
    }

    /**
     * An attribute of the run for {@code io.plutorun.Run}, in whose words the names are.
     *
     * @return a String, Long or Boolean; null for what is not known
     */
    @Nullable
    Object attribute(String name) {
        StartedRun run = started;
        return switch (name) {
            case "active" -> !isEnded() && refusal == null;
            case "name" -> specification.start().name();
            case "externalId" ->
                specification.start().target() instanceof Target.Create create
                        ? create.externalId()
                        : resumedExternalId();
            case "project" ->
                run != null && run.project() != null
                        ? run.project()
                        : specification.start().project();
            default -> run == null ? null : attribute(name, run);
        };
    }

    private static @Nullable Object attribute(String name, StartedRun run) {
        return switch (name) {
            case "resumed" -> run.resumed();
            case "runId" -> run.runId();
            case "number" -> run.number().isPresent() ? run.number().getAsLong() : null;
            case "displayId" -> run.displayId();
            case "organization" -> run.organization();
            case "url" -> run.url();
            default -> null;
        };
    }

    private @Nullable String resumedExternalId() {
        return specification.start().target() instanceof Target.Resume resume
                        && resume.run() instanceof io.plutorun.agent.api.RunReference.ByExternalId id
                ? id.externalId()
                : null;
    }
}

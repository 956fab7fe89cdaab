package io.plutorun.agent.run;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.delivery.Delivery;
import io.plutorun.agent.delivery.DeliveryListener;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.heartbeat.BeatingRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.send.ServerState;
import io.plutorun.agent.send.StatusResult;
import io.plutorun.agent.shutdown.JvmExit;
import io.plutorun.agent.spec.Specification;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A run whose records go to the server as they come; tells a person what became of them. */
public final class ServerRun extends ActiveRun implements DeliveryListener, BeatingRun {

    private final Session.Online session;
    private final Console console;
    private final FailureWarmup warmup;
    private final RunJournal journal;
    private final ServerState serverState;
    private final Cancellation cancellation;
    private final CountDownLatch startSettled = new CountDownLatch(1);

    private volatile @Nullable StartedRun started;
    private volatile @Nullable String refusal;
    private volatile @Nullable String lastFailure;
    private volatile boolean late;

    public ServerRun(Specification specification, Session.Online session, Console console, FailureWarmup warmup) {
        super(specification);
        this.session = session;
        this.console = console;
        this.warmup = warmup;
        this.cancellation = new Cancellation(session.onCancel(), JvmExit::begin);
        Delivery.Opened opened = session.delivery().open(this);
        this.journal = opened.journal();
        this.serverState = opened.state();
    }

    @Override
    public RunJournal journal() {
        return journal;
    }

    @Override
    public ServerState serverState() {
        return serverState;
    }

    @Override
    public void stillAlive() {
        journal.stillAlive();
    }

    @Override
    public void wasCancelledBefore(StartedRun run) {
        console.warn(session.messages().oldCancel(run));
    }

    /** Whether the server has created or resumed it. */
    boolean isStarted() {
        return started != null;
    }

    /** Why the last request was not answered; null when none failed yet. */
    @Nullable
    String lastFailure() {
        return lastFailure;
    }

    /** Why the server refused the run; null when it did not. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /**
     * Waits until the server has created, resumed or refused the run.
     *
     * @return false when it has not within the time, or the thread was interrupted; then the interrupt stays set
     */
    public boolean awaitStart(Duration atMost) {
        try {
            return startSettled.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** From now on the start is told as one that came late. */
    void startIsLate() {
        late = true;
    }

    @Override
    void ended(RunRecord.End end) {
        session.heartbeat().remove(this);
    }

    /** The run was cancelled on its page while its method is executing. Told, and acted on, once. */
    @Override
    public void cancelled(StartedRun run) {
        String done;
        synchronized (this) {
            done = isEnded()
                    ? null
                    : cancellation.cancel(); // a verdict that is there first hears of it where it arrives
        }
        session.heartbeat().remove(this);
        if (done != null) {
            console.warn(session.messages().cancelled(run, session.onCancel(), done));
        }
    }

    @Override
    void callEntered(Thread thread) {
        cancellation.entered(thread);
    }

    @Override
    void callLeft(Thread thread) {
        cancellation.left(thread);
    }

    /** Whatever the method does after a cancel, the run stays CANCELLED. */
    @Override
    RunRecord.End record(Verdict verdict) {
        RunRecord.End end = super.record(verdict);
        return cancellation.isCancelled() ? new RunRecord.End(end.at(), RunStatus.CANCELLED, end.evidence()) : end;
    }

    /** Gives the run up before its method has started. */
    void abandon() {
        Verdict notStarted = new Verdict.NotStarted();
        if (endOnce(notStarted)) {
            session.heartbeat().remove(this);
            journal.abandon(record(notStarted));
        }
    }

    @Override
    public void started(StartedRun run) {
        started = run;
        console.info(session.messages().started(specification(), run, late));
        synchronized (this) {
            if (!isEnded()) {
                session.heartbeat().add(this, run);
            }
        }
        startSettled.countDown();
        warmup.once(this);
        if (session.earlierRuns() != null) {
            session.earlierRuns().begin();
        }
    }

    @Override
    public void refused(Outcome<?> answer, boolean forGood) {
        Messages messages = session.messages();
        String reason = messages.refusal(specification(), answer);
        refusal = reason;
        if (!session.failOnError()) { // else the exception tells it
            console.errorCounted(
                    messages.kind(specification(), answer),
                    messages.refused(specification(), reason, forGood ? null : journal.path()));
        }
        startSettled.countDown();
    }

    @Override
    public void unanswered(Outcome<?> failure) {
        lastFailure = failure.words();
    }

    @Override
    public void ended(StartedRun run, RunRecord.End end) {
        console.info(session.messages().ended(run, end));
    }

    @Override
    public void revived(StartedRun run) {
        console.warn(session.messages().revived(run));
    }

    @Override
    public void overruled(StartedRun run, RunRecord.@Nullable End end, StatusResult.Overruled decision) {
        if (end == null && decision.status() == RunStatus.CANCELLED) {
            cancelled(run);
            return;
        }
        Messages messages = session.messages();
        String line = end == null ? messages.decidedElsewhere(run, decision) : messages.overruled(run, end, decision);
        if (end == null) {
            session.heartbeat().remove(this);
        }
        if (specification().start().part().follows()) { // it was another process of the run's, which has told it
            console.debug(line);
        } else {
            console.warn(line);
        }
    }

    @Override
    public void leftOut(StartedRun run, RunRecord record, Outcome<?> answer) {
        console.error(session.messages().leftOut(run, record, answer));
    }

    @Override
    @Nullable
    public Object attribute(String name) {
        StartedRun run = started;
        if (name.equals("cancelled")) {
            return cancellation.isCancelled();
        }
        if (run == null) {
            return name.equals("active") ? refusal == null && !isEnded() : super.attribute(name);
        }
        return switch (name) {
            case "resumed" -> run.resumed();
            case "runId" -> run.runId();
            case "number" -> run.number().isPresent() ? run.number().getAsLong() : null;
            case "displayId" -> run.displayId();
            case "organization" -> run.organization();
            case "url" -> run.url();
            case "project" -> run.project() != null ? run.project() : super.attribute(name);
            default -> super.attribute(name);
        };
    }
}

package io.plutorun.agent.run;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.delivery.Delivery;
import io.plutorun.agent.delivery.DeliveryListener;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.heartbeat.BeatingRun;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.messages.Messages;
import io.plutorun.agent.send.ServerState;
import io.plutorun.agent.send.StatusResult;
import io.plutorun.agent.shutdown.JvmExit;
import io.plutorun.agent.spec.Specification;
import io.plutorun.agent.values.LoggedValues;
import io.plutorun.agent.values.OpenRun;
import io.plutorun.agent.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A run whose records go to the server as they come; tells a person what became of them. */
final class ServerRun extends ActiveRun implements DeliveryListener, BeatingRun {

    /** How many values the closing line tells: the pages themselves are up to five minutes late. */
    private static final int MAX_LAST_VALUES = 4;

    private final Session.Online session;
    private final Console console;
    private final Cancellation cancellation;
    private final RunStart start = new RunStart();
    private final AtomicBoolean startTold = new AtomicBoolean();
    private final AtomicBoolean endTold = new AtomicBoolean();
    private final AtomicBoolean tagsTold = new AtomicBoolean();

    /** Null before {@link #begin}. */
    private volatile Delivery.@Nullable Opened opened;

    ServerRun(Specification specification, Lifetime lifetime, Session.Online session, Console console) {
        super(specification, lifetime, session);
        this.session = session;
        this.console = console;
        this.cancellation = new Cancellation(session.onCancel(), JvmExit::begin);
    }

    @Override
    void begin(Runnable counted) {
        Delivery.Opened now = session.delivery().open(this, counted);
        opened = now;
        now.journal().append(specification().start());
        // The request is on its way. What follows is needed when the answer is here.
        keepValues(now.journal());
        var unused = session.heartbeat();
        StartedRun early = start.run();
        if (early != null) { // the server was quicker
            startedLogged(early);
            tellListeners(early);
        }
    }

    private void tellListeners(StartedRun run) {
        CurrentRun open = current();
        if (open != null && !specification().isOfWorker()) {
            RunRecord.Start told = specification().start();
            session.listeners().started(open, told.systemMetadata(), told.config(), run.resumed());
        }
    }

    private void startedLogged(StartedRun run) {
        OpenRun open = current();
        if (open != null) {
            open.started(run);
        }
    }

    @Override
    @Nullable
    RunJournal journal() {
        Delivery.Opened now = opened;
        return now == null ? null : now.journal();
    }

    @Override
    public ServerState serverState() {
        return begun().state();
    }

    @Override
    public void stillAlive() {
        begun().journal().stillAlive();
    }

    /** What is called by the delivery, or by a beat, is called after {@link #begin}. */
    private Delivery.Opened begun() {
        return Objects.requireNonNull(opened);
    }

    /** How far its start has come. */
    RunStart start() {
        return start;
    }

    @Override
    @Nullable
    StartedRun startedRun() {
        return start.run();
    }

    @Override
    public void wasCancelledBefore(StartedRun run) {
        console.warn(session.messages().oldCancel(run));
    }

    @Override
    void ended(RunRecord.End end) {
        session.heartbeat().remove(this);
    }

    /** The run was cancelled on its page while its method is executing. Told, and acted on, once. */
    @Override
    public void cancelled(StartedRun run) {
        OpenRun open = current();
        if (open != null && !isEnded()) {
            open.failure().dump(); // what hangs, before it is interrupted
        }
        // A verdict that is there first hears of it where it arrives.
        String done = isEnded() ? null : cancellation.cancel();
        session.heartbeat().remove(this);
        if (done != null) {
            console.warn(session.messages().cancelled(run, session.onCancel(), done));
            if (open != null && cancellation() != null) {
                new AgentThreads("cancel")
                        .newThread(() -> session.listeners().cancelled(open))
                        .start();
            }
        }
    }

    @Override
    @Nullable
    CancellationException cancellation() {
        return cancellation.exception(this::label);
    }

    @Override
    List<Thread> executing() {
        return cancellation.executing();
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

    @Override
    public void started(StartedRun run) {
        boolean late = start.started(run);
        if (specification().isOfWorker()) {
            tellOnce(startTold, specification().start().name() + " adds its values to run " + run.label());
            startedLogged(run);
            start.settle();
            return;
        }
        tellOnce(startTold, session.messages().started(specification(), run, late));
        startedLogged(run);
        start.settle();
        session.heartbeat().add(this, run);
        if (isEnded()) { // perhaps before it was added, and then nobody else takes it away
            session.heartbeat().remove(this);
        }
        tellListeners(run);
        session.warmup().once(begun().journal());
        if (session.earlierRuns() != null) {
            session.earlierRuns().begin();
        }
    }

    @Override
    public void refused(Outcome<?> answer, boolean forGood) {
        Messages messages = session.messages();
        String reason = messages.refusal(specification(), answer);
        start.refused(reason);
        OpenRun open = current();
        if (open != null) {
            open.refused(forGood);
        }
        if (!session.failOnError() || specification().isOfWorker()) { // else the exception tells it
            console.errorCounted(
                    messages.kind(specification(), answer),
                    messages.refused(
                            specification(),
                            reason,
                            forGood ? null : begun().journal().path()));
        }
        start.settle();
    }

    @Override
    public void unanswered(Outcome<?> failure) {
        start.failed(failure.words());
    }

    @Override
    public void ended(StartedRun run, RunRecord.End end) {
        tellOnce(endTold, session.messages().ended(run, end, lastValues()));
    }

    /** The delivery tells it again where memory did not suffice for what comes behind the line. */
    private void tellOnce(AtomicBoolean told, String line) {
        if (told.compareAndSet(false, true)) {
            console.info(line);
        }
    }

    private List<Map.Entry<String, Double>> lastValues() {
        LoggedValues logged = logged();
        return logged == null ? List.of() : logged.lastValues(MAX_LAST_VALUES);
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
    public void tagsLeftOut(StartedRun run, List<String> tags) {
        if (tagsTold.compareAndSet(false, true)) {
            console.warn(session.messages().tagsLeftOut(run, tags));
        }
    }

    @Override
    public void leftOut(StartedRun run, RunRecord record, Outcome<?> answer) {
        console.error(session.messages().leftOut(run, record, answer));
    }

    @Override
    @Nullable
    public Object attribute(String name) {
        StartedRun run = start.run();
        if (name.equals("cancelled")) {
            return cancellation.isCancelled();
        }
        if (run == null) {
            return name.equals("active") ? start.refusal() == null && !isEnded() : super.attribute(name);
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

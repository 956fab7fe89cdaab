package io.plutorun.agent.send;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunDetails;
import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StatusEvent;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server a run's state so that it holds, one attempt a call, each of which may be repeated.
 *
 * <p>A run that the server's own watch has ended, because it had not heard of it for too long, is resumed, and then the word counts.
 * Whatever else has ended it was somebody's decision, and stays; nothing is ever sent over CANCELLED.
 */
final class StateSender {

    /** How often what can't be read keeps a verdict back: a verdict that is sent blindly is better than none. */
    private static final int MAX_READS = 3;

    private final PlutoApi api;
    private final Duration timeout;
    private final ServerState serverState;
    private final LateRequests late;
    private int unread;
    private boolean decided;
    private boolean shared;
    private boolean revived;
    private boolean attempted;

    StateSender(PlutoApi api, Duration timeout, ServerState serverState, LateRequests late) {
        this.late = late;
        this.api = api;
        this.timeout = timeout;
        this.serverState = serverState;
    }

    /** The run is of several processes, and this is one of them. */
    void isShared() {
        shared = true;
    }

    /** Reports a run as RUNNING. */
    Outcome<?> alive(long runId) {
        if (!serverState.reportBegins()) {
            return new Outcome.Unreachable<>("a heartbeat is under way");
        }
        try {
            return report(runId);
        } finally {
            serverState.reportIsOver();
        }
    }

    /** The report would revive a run that somebody has ended, so it is asked for first. */
    private Outcome<?> report(long runId) {
        Outcome<RunDetails> details = api.details(runId, timeout);
        RunStatus status = status(details);
        if (status == null) {
            return details;
        }
        if (status == RunStatus.RUNNING) {
            serverState.isRunning();
            return late.noted(api.updateStatus(runId, RunStatus.RUNNING, null, null, timeout));
        }
        serverState.isDoubtful();
        Outcome<StatusResult> judgement = judged(runId, status);
        revived = false; // told with this very answer
        return judgement;
    }

    /** Why the run is not RUNNING any more; it is again, where that was nobody's will. */
    private Outcome<StatusResult> judged(long runId, RunStatus status) {
        if (status == RunStatus.CANCELLED) {
            return serverState.isCancelOld() ? resumed(runId, false) : overruled(status, "");
        }
        Outcome<List<StatusEvent>> history = api.statusHistory(runId, timeout);
        if (!(history instanceof Outcome.Answer<List<StatusEvent>> answer)) {
            return history.isTransient() ? failed(history) : overruled(status, "");
        }
        return RevivalRule.mayRevive(answer.value())
                ? resumed(runId, true)
                : overruled(status, RevivalRule.lastSource(answer.value()));
    }

    private Outcome<StatusResult> overruled(RunStatus status, String by) {
        decided = true;
        return new Outcome.Answer<>(new StatusResult.Overruled(status, by));
    }

    private Outcome<StatusResult> resumed(long runId, boolean tellIt) {
        return late.noted(api.resume(new RunReference.ByRunId(runId), timeout)).map(run -> {
            serverState.oldCancelIsUndone();
            serverState.isRunning();
            revived |= tellIt;
            return new Outcome.Answer<>(new StatusResult.Noted(tellIt));
        });
    }

    /**
     * Sends the verdict. Nobody waits for the answer but a JVM that ends, so what is read besides is read only where it may matter: the
     * state ahead of FAILED, which would go over CANCELLED, and over what somebody has decided; the state ahead of a repetition, since the
     * verdict may stand already, and only its answer have been lost; the state behind the others, unless the run has just been heard to
     * be RUNNING and nobody else knows it.
     */
    Outcome<StatusResult> verdict(long runId, RunRecord.End end) {
        if (end.status() == RunStatus.CANCELLED) {
            return new Outcome.Answer<>(new StatusResult.Noted(false)); // it was the server that said so
        }
        serverState.awaitBeat();
        boolean failed = end.status() == RunStatus.FAILED;
        if (failed || decided || attempted) {
            Outcome<RunDetails> before = api.details(runId, timeout);
            if (isWorthAnotherRead(before)) {
                return failed(before);
            }
            RunStatus held = status(before);
            if (attempted && !failed && held == end.status()) {
                return new Outcome.Answer<>(new StatusResult.Noted(revived));
            }
            if (held != null && stays(held, failed)) {
                return held == end.status() ? new Outcome.Answer<>(new StatusResult.Noted(false)) : judged(runId, held);
            }
        }
        attempted = true;
        Outcome<Boolean> sent = api.updateStatus(runId, end.status(), end.evidence(), end.at(), timeout);
        if (!(sent instanceof Outcome.Answer<Boolean>)) {
            return failed(sent);
        }
        return failed || serverState.isSure()
                ? new Outcome.Answer<>(new StatusResult.Noted(revived))
                : readBack(runId, end);
    }

    /** Whether what the server holds is not to be touched. Of several processes of a run, one that fails fails the run. */
    private boolean stays(RunStatus held, boolean failed) {
        return held == RunStatus.CANCELLED
                ? !serverState.isCancelOld()
                : held != RunStatus.RUNNING && (failed ? held != RunStatus.FAILED && !shared : decided);
    }

    private Outcome<StatusResult> readBack(long runId, RunRecord.End end) {
        Outcome<RunDetails> after = api.details(runId, timeout);
        if (isWorthAnotherRead(after)) {
            return failed(after);
        }
        RunStatus held = status(after);
        if (held == null || held == end.status() || held == RunStatus.RUNNING) { // RUNNING: resumed by another since
            return new Outcome.Answer<>(new StatusResult.Noted(revived));
        }
        return held == RunStatus.CANCELLED ? judgedThenSent(runId, held, end) : revivedAndSent(runId, held, end);
    }

    /** A run that a beat has cancelled because of an old cancel is resumed, and then gets its verdict. */
    private Outcome<StatusResult> judgedThenSent(long runId, RunStatus held, RunRecord.End end) {
        Outcome<StatusResult> judgement = judged(runId, held);
        if (!(judgement instanceof Outcome.Answer<StatusResult> answer
                && answer.value() instanceof StatusResult.Noted)) {
            return judgement;
        }
        return api.updateStatus(runId, end.status(), end.evidence(), end.at(), timeout)
                .map(done -> new Outcome.Answer<>(new StatusResult.Noted(revived)));
    }

    /**
     * The server's own watch has ended the run: it is put back to RUNNING, and then the verdict counts. Pages sort the changes of a run by
     * their stamps, so each is stamped later than the one before, also where the run ended earlier than the watch found.
     */
    private Outcome<StatusResult> revivedAndSent(long runId, RunStatus held, RunRecord.End end) {
        Outcome<List<StatusEvent>> history = api.statusHistory(runId, timeout);
        if (!(history instanceof Outcome.Answer<List<StatusEvent>> answer)) {
            return history.isTransient() ? failed(history) : overruled(held, "");
        }
        if (!RevivalRule.mayRevive(answer.value())) {
            return overruled(held, RevivalRule.lastSource(answer.value()));
        }
        Instant last = RevivalRule.lastStamp(answer.value());
        Instant running = last == null ? end.at() : last.plusMillis(1);
        Outcome<Boolean> resumed = late.noted(api.updateStatus(runId, RunStatus.RUNNING, null, running, timeout));
        if (!(resumed instanceof Outcome.Answer<Boolean>)) {
            return failed(resumed);
        }
        revived = true;
        Instant stamp = end.at().isAfter(running) ? end.at() : running.plusMillis(1);
        return api.updateStatus(runId, end.status(), end.evidence(), stamp, timeout)
                .map(done -> new Outcome.Answer<>(new StatusResult.Noted(true)));
    }

    private boolean isWorthAnotherRead(Outcome<?> outcome) {
        return outcome.isTransient() && ++unread < MAX_READS;
    }

    private static @Nullable RunStatus status(Outcome<RunDetails> details) {
        return details instanceof Outcome.Answer<RunDetails> answer
                ? answer.value().status()
                : null;
    }

    /** What was not an answer, as what was asked for. */
    private static <T> Outcome<T> failed(Outcome<?> outcome) {
        return outcome.map(answer -> new Outcome.Unusable<>(200, "no answer"));
    }
}

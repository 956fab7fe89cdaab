package io.plutorun.agent.heartbeat;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.send.AnswerRule;
import io.plutorun.agent.send.ServerState;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** One run's beats; one thread at a time. */
final class Pulse implements Runnable {

    /** How the run is kept alive. */
    private enum Way {
        /** By beats. */
        BEATS,
        /** By reports, since each beat would repeat an old cancel. */
        REPORTS,
        /** By reports, since its beats were refused; now and then a beat asks whether they still are. */
        REPORTS_WHILE_REFUSED,
        /** Not at all: it is not on the server any more. */
        NOT_AT_ALL
    }

    private final BeatingRun run;
    private final StartedRun started;
    private final HeartbeatService service;
    private final HeartbeatListener listener;
    private final Duration interval;
    private final Duration keepAliveInterval;
    private final BooleanSupplier isOpen;
    private final ServerState serverState;
    private Way way = Way.BEATS;
    private long lastKeepAliveNanos = System.nanoTime();
    private boolean answered;
    private long refusedForNanos;
    private long nextBeatNanos = System.nanoTime();

    Pulse(
            BeatingRun run,
            StartedRun started,
            HeartbeatService service,
            HeartbeatListener listener,
            Duration interval,
            Duration keepAliveInterval,
            BooleanSupplier isOpen) {
        this.run = run;
        this.started = started;
        this.service = service;
        this.listener = listener;
        this.interval = interval;
        this.keepAliveInterval = keepAliveInterval;
        this.isOpen = isOpen;
        this.serverState = run.serverState();
    }

    @Override
    public void run() {
        if (run.endIfItRanOut()) {
            return;
        }
        try {
            if (service.isKnown() && mayBeat()) {
                beat();
            }
            if (way != Way.NOT_AT_ALL && (!service.isKnown() || way != Way.BEATS || service.isSilent())) {
                keepAlive();
            }
        } catch (RuntimeException e) {
            listener.beatFailed(started, e);
        } catch (Error e) { // short of memory, perhaps: that passes, and the next beat comes
            serverState.isDoubtful();
        }
    }

    private boolean mayBeat() {
        return way == Way.BEATS || (way == Way.REPORTS_WHILE_REFUSED && System.nanoTime() - nextBeatNanos >= 0);
    }

    private void beat() {
        if (!serverState.beatBegins()) {
            return;
        }
        try {
            Outcome<RunStatus> outcome = service.beat(started);
            if (outcome instanceof Outcome.Answer<RunStatus> answer) {
                accepted();
                see(answer.value());
            } else if (outcome != null) {
                serverState.isDoubtful(); // it may have arrived, and found a cancel
                if (!AnswerRule.isAway(outcome)) {
                    refused(outcome);
                }
            }
        } finally {
            serverState.beatIsOver();
        }
    }

    private void accepted() {
        way = Way.BEATS;
        refusedForNanos = 0;
    }

    /** What the service says of one run is that run's: others go on beating. */
    private void refused(Outcome<RunStatus> outcome) {
        if (AnswerRule.isNoSuchRun(outcome)) {
            way = Way.NOT_AT_ALL;
            listener.runIsGone(started, outcome.words());
            return;
        }
        service.refuses(started, outcome.words());
        way = Way.REPORTS_WHILE_REFUSED;
        refusedForNanos = Math.min(Math.max(interval.toNanos(), 2 * refusedForNanos), keepAliveInterval.toNanos());
        nextBeatNanos = System.nanoTime() + refusedForNanos;
    }

    private void see(RunStatus status) {
        boolean first = !answered;
        answered = true;
        switch (status) {
            case RUNNING -> serverState.isRunning();
            case CANCELLED -> cancelled(first);
            case COMPLETED, FAILED, TERMINATED -> {
                serverState.isDoubtful();
                run.stillAlive();
            }
        }
    }

    /** The server never forgets a cancel: one that the first beat after a resume meets is as old as the run was. */
    private void cancelled(boolean first) {
        serverState.isDoubtful();
        if (first && started.resumed()) {
            way = Way.REPORTS;
            serverState.cancelIsOld();
            run.wasCancelledBefore(started);
            lastKeepAliveNanos = System.nanoTime();
            run.stillAlive();
        } else {
            run.cancelled(started);
        }
    }

    private void keepAlive() {
        if (isOpen.getAsBoolean() && System.nanoTime() - lastKeepAliveNanos >= keepAliveInterval.toNanos()) {
            lastKeepAliveNanos = System.nanoTime();
            run.stillAlive();
        }
    }
}

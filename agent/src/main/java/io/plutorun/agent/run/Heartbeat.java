package io.plutorun.agent.run;

import io.plutorun.agent.api.Outcome;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunDetails;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.journal.AgentThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the server told that runs are alive, all of them on one thread.
 *
 * <p>A run that never beats is declared dead after 30 minutes, one that stops beating after 150 seconds. Where there is no heartbeat
 * service to tell, or it has not answered for a minute, the run is kept alive by reporting {@code RUNNING} to the API every minute; since
 * that call would revive a run that somebody has ended, each time only after its details say that it is running.
 */
final class Heartbeat {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How long beats may fail before {@code RUNNING} is reported instead, and how often that is. */
    static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(60);

    private final PlutoApi api;
    private final Console console;
    private final Messages messages;
    private final Duration interval;
    private final Duration keepAliveInterval;
    private final ScheduledThreadPoolExecutor thread;
    private final Map<ActiveRun, Pulse> pulses = new HashMap<>();

    Heartbeat(PlutoApi api, Console console, Messages messages, Duration interval, Duration keepAliveInterval) {
        this.api = api;
        this.console = console;
        this.messages = messages;
        this.interval = interval;
        this.keepAliveInterval = keepAliveInterval;
        this.thread = new ScheduledThreadPoolExecutor(1, new AgentThreads("heartbeat"));
        thread.setKeepAliveTime(5, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
    }

    void add(ActiveRun run, StartedRun started) {
        Pulse pulse = new Pulse(run, started);
        synchronized (pulses) {
            pulses.put(run, pulse);
        }
        thread.execute(pulse);
    }

    void remove(ActiveRun run) {
        synchronized (pulses) {
            pulses.remove(run);
        }
    }

    private boolean isAlive(ActiveRun run) {
        synchronized (pulses) {
            return pulses.containsKey(run);
        }
    }

    /** One run's beats; only ever run by the one thread. */
    private final class Pulse implements Runnable {

        private final ActiveRun run;
        private final StartedRun started;
        private int failures;
        private long firstFailureNanos;
        private long lastKeepAliveNanos = System.nanoTime();
        private RunStatus lastSeen = RunStatus.RUNNING;

        Pulse(ActiveRun run, StartedRun started) {
            this.run = run;
            this.started = started;
        }

        @Override
        public void run() {
            if (!isAlive(run)) {
                return;
            }
            try {
                if (api.canBeat()) {
                    hear(api.beat(started.runId(), TIMEOUT));
                }
                if (!api.canBeat() || hasFailedForAMinute()) {
                    keepAlive();
                }
            } catch (RuntimeException e) {
                console.debug("the heartbeat of run " + started.label() + " failed: " + e);
            }
            var unused = thread.schedule(this, interval.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void hear(Outcome<RunStatus> outcome) {
            if (outcome instanceof Outcome.Answer<RunStatus> answer) {
                if (failures > 0) {
                    console.info(messages.beatsAgain(started, failures));
                    failures = 0;
                }
                see(answer.value());
                return;
            }
            if (failures++ == 0) {
                firstFailureNanos = System.nanoTime();
            }
            if (Integer.bitCount(failures) == 1) {
                console.warn(messages.beatFailed(started, outcome.words()));
            }
        }

        private void see(RunStatus status) {
            if (status != lastSeen && status != RunStatus.RUNNING && isAlive(run)) {
                console.warn(messages.endedElsewhere(started, status));
            }
            lastSeen = status;
        }

        private boolean hasFailedForAMinute() {
            return failures > 0 && System.nanoTime() - firstFailureNanos >= keepAliveInterval.toNanos();
        }

        private void keepAlive() {
            if (System.nanoTime() - lastKeepAliveNanos < keepAliveInterval.toNanos()) {
                return;
            }
            lastKeepAliveNanos = System.nanoTime();
            if (api.details(started.runId(), TIMEOUT) instanceof Outcome.Answer<RunDetails> details
                    && details.value().status() == RunStatus.RUNNING
                    && isAlive(run)) {
                Outcome<Boolean> kept = api.updateStatus(started.runId(), RunStatus.RUNNING, null, null, TIMEOUT);
                console.debug("run " + started.label() + " reported as running: " + kept.words());
            }
        }
    }
}

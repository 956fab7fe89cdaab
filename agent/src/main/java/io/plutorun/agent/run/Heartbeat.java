package io.plutorun.agent.run;

import io.plutorun.agent.api.Outcome;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.journal.AgentThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
    private final Map<ServerRun, Pulse> pulses = new HashMap<>();
    private final Service service = new Service();

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

    void add(ServerRun run, StartedRun started) {
        Pulse pulse = new Pulse(run, started);
        synchronized (pulses) {
            pulses.put(run, pulse);
        }
        thread.execute(pulse);
    }

    void remove(ServerRun run) {
        synchronized (pulses) {
            pulses.remove(run);
        }
    }

    private boolean isAlive(ServerRun run) {
        synchronized (pulses) {
            return pulses.containsKey(run);
        }
    }

    /**
     * The heartbeat service as all runs see it: while it does not answer, one beat an interval asks whether it is back, so that a hundred
     * runs do not each wait for a time-out, one after the other.
     */
    private final class Service {

        private int failures;
        private long firstFailureNanos;
        private long nextTryNanos;

        /** Beats for a run; null when the service has just failed to answer another one. */
        @Nullable
        Outcome<RunStatus> beat(StartedRun run) {
            if (failures > 0 && System.nanoTime() - nextTryNanos < 0) {
                return null;
            }
            Outcome<RunStatus> outcome = api.beat(run.runId(), TIMEOUT);
            if (outcome instanceof Outcome.Answer<RunStatus>) {
                recovered(run);
            } else {
                failed(run, outcome);
            }
            return outcome;
        }

        private void recovered(StartedRun run) {
            if (failures > 0) {
                console.info(messages.beatsAgain(run, failures));
            }
            failures = 0;
        }

        private void failed(StartedRun run, Outcome<RunStatus> outcome) {
            long now = System.nanoTime();
            firstFailureNanos = failures == 0 ? now : firstFailureNanos;
            nextTryNanos = now + interval.toNanos();
            failures++;
            if (Integer.bitCount(failures) == 1) {
                console.warn(messages.beatFailed(run, outcome.words()));
            }
        }

        boolean isSilent() {
            return failures > 0 && System.nanoTime() - firstFailureNanos >= keepAliveInterval.toNanos();
        }
    }

    /** One run's beats; only ever run by the one thread. */
    private final class Pulse implements Runnable {

        private final ServerRun run;
        private final StartedRun started;
        private long lastKeepAliveNanos = System.nanoTime();
        private RunStatus lastSeen = RunStatus.RUNNING;

        Pulse(ServerRun run, StartedRun started) {
            this.run = run;
            this.started = started;
        }

        @Override
        public void run() {
            if (!isAlive(run) || run.endIfItRanOut()) {
                return;
            }
            try {
                if (api.canBeat() && service.beat(started) instanceof Outcome.Answer<RunStatus> answer) {
                    see(answer.value());
                }
                if (!api.canBeat() || service.isSilent()) {
                    keepAlive();
                }
            } catch (RuntimeException e) {
                console.debug("the heartbeat of run " + started.label() + " failed: " + e);
            }
            var unused = thread.schedule(this, interval.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void see(RunStatus status) {
            if (status != lastSeen && status != RunStatus.RUNNING && isAlive(run)) {
                console.warn(messages.endedElsewhere(started, status));
            }
            lastSeen = status;
        }

        private void keepAlive() {
            if (System.nanoTime() - lastKeepAliveNanos >= keepAliveInterval.toNanos()) {
                lastKeepAliveNanos = System.nanoTime();
                run.journal().stillAlive();
            }
        }
    }
}

package io.plutorun.agent.delivery;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.http.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the server told that runs are alive, all of them on one thread, and reads what it answers.
 *
 * <p>A run that never beats is declared dead after 30 minutes, one that stops beating after 150 seconds. Where there is no heartbeat
 * service to tell, or it has not answered for a minute, the run is kept alive by reporting {@code RUNNING} to the API every minute; since
 * that call would revive a run that somebody has ended, each time only after its details say that it is running.
 *
 * <p>A beat that is due waits for the thread, so with many runs the interval stretches. A thousand runs and a server that takes 100 ms
 * would stretch it to 100 s, so when beats come late the threads of the delivery take some, one at a time between deliveries.
 */
public final class Heartbeat {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How long beats may fail before {@code RUNNING} is reported instead, and how often that is. */
    public static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(60);

    /** How late a beat may be before others help. */
    private static final Duration LATE = Duration.ofMillis(500);

    /** How many others, at most: the delivery has no more threads. */
    private static final int MAX_LENT = 2;

    private final PlutoApi api;
    private final ServiceListener listener;
    private final Duration interval;
    private final Duration keepAliveInterval;
    private final Consumer<Runnable> lender;
    private final ScheduledThreadPoolExecutor thread;
    private final Map<BeatingRun, ScheduledFuture<?>> beating = new HashMap<>();
    private final AtomicInteger lent = new AtomicInteger();
    private final Service service = new Service();

    /** A run that is kept alive. Called on the agent's threads; must not block. */
    public interface BeatingRun {

        /** Where the beats note what they hear of the run's state. */
        ServerState serverState();

        /**
         * Ends the run if its call ended for want of memory or stack, and its own thread could not record that.
         *
         * @return whether it has ended
         */
        boolean endIfItRanOut();

        /** The server should be told that the run is going on, on the way that its records take. */
        void stillAlive();

        /** The run was cancelled on its page. */
        void cancelled(StartedRun run);

        /** The run was cancelled before it was resumed: it goes on, and is kept alive without beats. */
        void wasCancelledBefore(StartedRun run);
    }

    /** Hears how the heartbeat service does. Called on the agent's threads. */
    public interface ServiceListener {

        /**
         * It does not answer. Told at the first failure, the second, the fourth, and so on.
         *
         * @param why for a person
         */
        void doesNotAnswer(StartedRun run, String why);

        /** It answers again, after so many failures. */
        void answersAgain(StartedRun run, int failures);

        /** A fault of the agent's own kept a beat from being sent. */
        void beatFailed(StartedRun run, RuntimeException fault);
    }

    /**
     * Makes a heartbeat; no thread starts before there is a run.
     *
     * @param listener hears how the heartbeat service does
     * @param lender has a task executed on another thread of the agent's
     */
    public Heartbeat(
            PlutoApi api,
            ServiceListener listener,
            Duration interval,
            Duration keepAliveInterval,
            Consumer<Runnable> lender) {
        this.api = api;
        this.listener = listener;
        this.interval = interval;
        this.keepAliveInterval = keepAliveInterval;
        this.lender = lender;
        this.thread = new ScheduledThreadPoolExecutor(1, new AgentThreads("heartbeat"));
        thread.setKeepAliveTime(5, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Beats for a run from now on, at once for the first time. */
    public void add(BeatingRun run, StartedRun started) {
        synchronized (beating) {
            // A repeated task is not made anew for each beat, so no want of memory can end the repetition.
            beating.put(
                    run,
                    thread.scheduleWithFixedDelay(
                            new Pulse(run, started), 0, interval.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** Beats no more for a run. */
    public void remove(BeatingRun run) {
        synchronized (beating) {
            ScheduledFuture<?> beats = beating.remove(run);
            if (beats != null) {
                beats.cancel(false);
            }
        }
    }

    private boolean isAlive(BeatingRun run) {
        synchronized (beating) {
            return beating.containsKey(run);
        }
    }

    private void seekHelpWhereLate() {
        if (thread.getQueue().peek() instanceof Delayed next
                && next.getDelay(TimeUnit.MILLISECONDS) < -LATE.toMillis()
                && lent.getAndUpdate(count -> Math.min(count + 1, MAX_LENT)) < MAX_LENT) {
            lender.accept(this::help);
        }
    }

    /** Takes a beat that is due, and asks for the thread again: behind the deliveries that wait for it. */
    private void help() {
        Runnable due = thread.getQueue().poll(); // null also where the next one is not due yet
        if (due == null) {
            lent.decrementAndGet();
        } else {
            due.run();
            lender.accept(this::help);
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
            if (!mayTry()) {
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

        private synchronized boolean mayTry() {
            long now = System.nanoTime();
            boolean may = failures == 0 || now - nextTryNanos >= 0;
            nextTryNanos = may ? now + interval.toNanos() : nextTryNanos;
            return may;
        }

        private synchronized void recovered(StartedRun run) {
            if (failures > 0) {
                listener.answersAgain(run, failures);
            }
            failures = 0;
        }

        private synchronized void failed(StartedRun run, Outcome<RunStatus> outcome) {
            long now = System.nanoTime();
            firstFailureNanos = failures == 0 ? now : firstFailureNanos;
            nextTryNanos = now + interval.toNanos();
            failures++;
            if (Integer.bitCount(failures) == 1) {
                listener.doesNotAnswer(run, outcome.words());
            }
        }

        synchronized boolean isSilent() {
            return failures > 0 && System.nanoTime() - firstFailureNanos >= keepAliveInterval.toNanos();
        }
    }

    /** One run's beats; one thread at a time. */
    private final class Pulse implements Runnable {

        private final BeatingRun run;
        private final StartedRun started;
        private final ServerState serverState;
        private long lastKeepAliveNanos = System.nanoTime();
        private boolean answered;
        private boolean mustNotBeat;

        Pulse(BeatingRun run, StartedRun started) {
            this.run = run;
            this.started = started;
            this.serverState = run.serverState();
        }

        @Override
        public void run() {
            if (run.endIfItRanOut()) {
                return;
            }
            try {
                seekHelpWhereLate();
                if (api.canBeat() && !mustNotBeat) {
                    beat();
                }
                if (!api.canBeat() || mustNotBeat || service.isSilent()) {
                    keepAlive();
                }
            } catch (RuntimeException e) {
                listener.beatFailed(started, e);
            } catch (Error e) { // short of memory, perhaps: that passes, and the next beat comes
                serverState.isDoubtful();
            }
        }

        private void beat() {
            if (!serverState.beatBegins()) {
                return;
            }
            try {
                Outcome<RunStatus> outcome = service.beat(started);
                if (outcome instanceof Outcome.Answer<RunStatus> answer) {
                    see(answer.value());
                } else if (outcome != null) {
                    serverState.isDoubtful(); // it may have arrived, and found a cancel
                }
            } finally {
                serverState.beatIsOver();
            }
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
                mustNotBeat = true; // each beat would cancel the run again
                serverState.cancelIsOld();
                run.wasCancelledBefore(started);
                lastKeepAliveNanos = System.nanoTime();
                run.stillAlive();
            } else {
                run.cancelled(started);
            }
        }

        private void keepAlive() {
            if (isAlive(run) && System.nanoTime() - lastKeepAliveNanos >= keepAliveInterval.toNanos()) {
                lastKeepAliveNanos = System.nanoTime();
                run.stillAlive();
            }
        }
    }
}

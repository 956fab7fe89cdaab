package io.plutorun.agent.heartbeat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.host.AgentThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Keeps the server told that runs are alive, all of them on one thread, and reads what it answers.
 *
 * <p>A run that never beats is declared dead after 30 minutes, one that stops beating after 150 seconds. Where there is no heartbeat
 * service to tell, or it has been away for a minute, or will not have a run's beats, that run is kept alive by reporting {@code RUNNING}
 * to the API every minute; since that call would revive a run that somebody has ended, each time only after its details say that it is
 * running.
 *
 * <p>A beat that is due waits for the thread, so with many runs the interval stretches. A thousand runs and a server that takes 100 ms
 * would stretch it to 100 s, so when beats come late the threads of the delivery take some, one at a time between deliveries.
 *
 * <p>The lock of {@code beating} is held while the map is changed, and within it the executor's own.
 */
public final class Heartbeat {

    /** How long beats may fail before {@code RUNNING} is reported instead, and how often that is. */
    public static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(60);

    /** How late a beat may be before others help. */
    private static final Duration LATE = Duration.ofMillis(500);

    /** How many others, at most: the delivery needs its threads. */
    private static final int MAX_LENT = 2;

    private final HeartbeatListener listener;
    private final Duration interval;
    private final Duration keepAliveInterval;
    private final Consumer<Runnable> lender;
    private final ScheduledThreadPoolExecutor thread;
    private final Map<BeatingRun, ScheduledFuture<?>> beating = new HashMap<>();
    private final AtomicInteger lent = new AtomicInteger();
    private final HeartbeatService service;

    /**
     * Makes a heartbeat; no thread starts before there is a run.
     *
     * @param listener hears how the beats do
     * @param lender has a task executed on another thread of the agent's
     */
    public Heartbeat(
            PlutoApi api,
            HeartbeatListener listener,
            Duration interval,
            Duration keepAliveInterval,
            Consumer<Runnable> lender) {
        this.listener = listener;
        this.interval = interval;
        this.keepAliveInterval = keepAliveInterval;
        this.lender = lender;
        this.service = new HeartbeatService(api, listener, interval, keepAliveInterval);
        this.thread = new ScheduledThreadPoolExecutor(1, new AgentThreads("heartbeat"));
        thread.setKeepAliveTime(5, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Beats for a run from now on, at once for the first time. */
    public void add(BeatingRun run, StartedRun started) {
        Pulse pulse = new Pulse(run, started, service, listener, interval, keepAliveInterval, () -> isBeating(run));
        Runnable beat = () -> {
            seekHelpWhereLate();
            pulse.run();
        };
        synchronized (beating) {
            // A repeated task is not made anew for each beat, so no want of memory can end the repetition.
            beating.put(run, thread.scheduleWithFixedDelay(beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS));
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

    private boolean isBeating(BeatingRun run) {
        synchronized (beating) {
            return beating.containsKey(run);
        }
    }

    /** An error here would end the repetition. */
    private void seekHelpWhereLate() {
        try {
            if (thread.getQueue().peek() instanceof Delayed next
                    && next.getDelay(TimeUnit.MILLISECONDS) < -LATE.toMillis()
                    && lent.getAndUpdate(count -> Math.min(count + 1, MAX_LENT)) < MAX_LENT) {
                lender.accept(this::help);
            }
        } catch (RuntimeException | Error e) {
            // short of memory, perhaps: the beats come late then
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
}

package io.plutorun.agent.heartbeat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.host.AgentThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
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
 * <p>The lock of {@code beating} is held while the map is changed.
 */
public final class Heartbeat {

    /** How long beats may fail before {@code RUNNING} is reported instead, and how often that is. */
    public static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(60);

    /** How late a beat may be before others help. */
    private static final Duration LATE = Duration.ofMillis(500);

    /** How many others, at most: the delivery needs its threads. */
    private static final int MAX_LENT = 2;

    private static final Duration IDLE = Duration.ofSeconds(5);

    private final HeartbeatListener listener;
    private final Duration interval;
    private final Duration keepAliveInterval;
    private final Consumer<Runnable> lender;
    private final AgentThreads threads = new AgentThreads("heartbeat");
    private final DelayQueue<Beats> due = new DelayQueue<>();
    private final AtomicInteger lent = new AtomicInteger();
    private final HeartbeatService service;

    // Guarded by the lock of the map.
    private final Map<BeatingRun, Beats> beating = new HashMap<>();
    private boolean isThreadAlive;

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
    }

    /** The beats of one run. The same object is queued again after each beat, so that it is always in the queue, except during a beat. */
    private final class Beats implements Delayed {

        private final Pulse pulse;
        private volatile long nextNanos = System.nanoTime();
        private volatile boolean areOver;

        private Beats(Pulse pulse) {
            this.pulse = pulse;
        }

        private void beat() {
            if (areOver) {
                return;
            }
            try {
                pulse.run();
            } finally {
                nextNanos = System.nanoTime() + interval.toNanos();
                queue();
            }
        }

        /** The queue may have to grow, and there may be no memory for that now: nobody else would queue it again. */
        private void queue() {
            while (!areOver) {
                try {
                    due.add(this);
                    return;
                } catch (OutOfMemoryError e) {
                    AgentThreads.pauseForMemory();
                }
            }
        }

        private void end() {
            areOver = true;
            due.remove(this);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(nextNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.signum(nextNanos - ((Beats) other).nextNanos);
        }
    }

    /**
     * Beats for a run from now on, at once for the first time. Beats that began for it before end.
     *
     * @throws OutOfMemoryError where there is no memory or no thread for it; it is to be added again then
     */
    public void add(BeatingRun run, StartedRun started) {
        Beats beats = new Beats(
                new Pulse(run, started, service, listener, interval, keepAliveInterval, () -> isBeating(run)));
        synchronized (beating) {
            Beats former = beating.put(run, beats);
            if (former != null) {
                former.end();
            }
            due.add(beats);
            if (!isThreadAlive) {
                threads.newThread(AgentThreads.loop(this::beatNext)).start();
                isThreadAlive = true;
            }
        }
    }

    /** Beats no more for a run. */
    public void remove(BeatingRun run) {
        Beats beats;
        synchronized (beating) {
            beats = beating.remove(run);
        }
        if (beats != null) {
            beats.end();
        }
    }

    private boolean isBeating(BeatingRun run) {
        synchronized (beating) {
            return beating.containsKey(run);
        }
    }

    /** The next beat, when it is due; false when the thread is to end. */
    private boolean beatNext() {
        Beats next = null;
        try {
            next = due.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // only the program can interrupt this thread, through its thread group; the thread goes on
        }
        if (next != null) {
            try {
                seekHelpWhereLate();
            } finally {
                next.beat(); // nobody else has it now
            }
            return true;
        }
        synchronized (beating) {
            isThreadAlive = !beating.isEmpty();
            return isThreadAlive;
        }
    }

    /** Where beats come late others take some. */
    private void seekHelpWhereLate() {
        Beats next = due.peek();
        if (next != null
                && next.getDelay(TimeUnit.MILLISECONDS) < -LATE.toMillis()
                && lent.getAndUpdate(count -> Math.min(count + 1, MAX_LENT)) < MAX_LENT) {
            borrow();
        }
    }

    /** Asks for a thread, which is counted already. */
    private void borrow() {
        try {
            lender.accept(this::help);
        } catch (RuntimeException | Error e) { // short of memory, perhaps: the beats come late then
            lent.decrementAndGet();
        }
    }

    /** Takes a beat that is due, and asks for the thread again: behind the deliveries that wait for it. */
    private void help() {
        Beats next = due.poll(); // null also where the next one is not due yet
        if (next == null) {
            lent.decrementAndGet();
            return;
        }
        try {
            next.beat();
        } catch (RuntimeException | Error e) {
            // short of memory, perhaps: it is in the queue again
        }
        borrow();
    }
}

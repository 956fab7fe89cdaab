package io.plutorun.agent.send;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a run's beats have last heard of its state on the server, for the one who delivers its verdict: whether the server's good answer
 * can be taken at its word. It answers well and keeps what it holds where that is weightier (docs/pluto-api.md).
 */
public final class ServerState {

    /** The server's watch ends no run of which it has heard within 120 s: its grace of 150 s, less the 30 s for which it notes no beat. */
    private static final Duration SURE = Duration.ofSeconds(90);

    /** A beat that is under way may make the run CANCELLED, also over a verdict. Not longer: the JVM may be about to end. */
    private static final Duration MAX_WAIT_FOR_BEAT = Duration.ofMillis(500);

    private boolean alone;
    private boolean running;
    private long heardNanos;
    private long heardMillis;
    private boolean beating;
    private boolean reporting;
    private boolean ended;
    private boolean cancelIsOld;

    public ServerState() {}

    /**
     * A beat is about to be sent.
     *
     * @return false when none must be: the run has ended, or is about to be reported as RUNNING
     */
    public synchronized boolean beatBegins() {
        beating = !ended && !reporting;
        return beating;
    }

    /** The beat has been answered, or not, and what it said has been taken note of. */
    public synchronized void beatIsOver() {
        beating = false;
        notifyAll();
    }

    /** The server has said that the run is RUNNING. */
    public synchronized void isRunning() {
        running = true;
        heardNanos = System.nanoTime();
        heardMillis = System.currentTimeMillis();
    }

    /** The server has said something else, or may have done something that it could not say. */
    public synchronized void isDoubtful() {
        running = false;
    }

    /** The run is CANCELLED because of a cancel from before its resume: that is not to stay. */
    public synchronized void cancelIsOld() {
        cancelIsOld = true;
        running = false;
    }

    synchronized boolean isCancelOld() {
        return cancelIsOld;
    }

    /** The run was resumed in spite of an old cancel. The next one will be new. */
    synchronized void oldCancelIsUndone() {
        cancelIsOld = false;
    }

    /**
     * The server has taken the start.
     *
     * @param alone whether nobody else can know the run by its id
     */
    synchronized void started(boolean alone) {
        this.alone = alone;
        isRunning();
    }

    /**
     * The run is about to be reported as RUNNING, which would undo the cancel that a beat finds at the same time.
     *
     * @return false when a beat is under way that takes too long to wait for
     */
    synchronized boolean reportBegins() {
        awaitBeat();
        reporting = !beating;
        return reporting;
    }

    synchronized void reportIsOver() {
        reporting = false;
    }

    /** No more beats. */
    public synchronized void end() {
        ended = true;
    }

    /**
     * Whether a verdict that the server answers well is the one that it holds. Two clocks, since one of them stands still while the
     * machine is suspended, and the other one can be set.
     */
    synchronized boolean isSure() {
        return alone
                && running
                && System.nanoTime() - heardNanos < SURE.toNanos()
                && Math.abs(System.currentTimeMillis() - heardMillis) < SURE.toMillis();
    }

    /** Waits for the beat that is under way, if one is, and not for long. */
    synchronized void awaitBeat() {
        long deadline = System.nanoTime() + MAX_WAIT_FOR_BEAT.toNanos();
        try {
            for (long left = deadline - System.nanoTime(); beating && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running &= !beating;
    }
}

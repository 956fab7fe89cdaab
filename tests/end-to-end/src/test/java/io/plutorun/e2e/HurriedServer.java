package io.plutorun.e2e;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a server live several times faster than the world, so that a test sees in a minute what takes the server several: its clock runs
 * faster, its answers take so much less, and the reaper comes once in 60 s of its clock, as the real one does. To be fair to an agent,
 * its own intervals must be shortened as much.
 */
final class HurriedServer implements AutoCloseable {

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(60);
    private static final int TICK_MILLIS = 20;

    private final FakePluto pluto;
    private final int times;
    private final Instant began;
    private final long beganNanos = System.nanoTime();
    private final Meanwhile meanwhile;
    private final AtomicInteger reaped = new AtomicInteger();
    private final AtomicInteger sweeps = new AtomicInteger();

    /**
     * Begins to hurry.
     *
     * @param times how much faster than the world
     * @param answerTakes by the server's own clock
     */
    HurriedServer(FakePluto pluto, int times, Duration answerTakes) {
        this.pluto = pluto;
        this.times = times;
        this.began = pluto.clock().now();
        pluto.faults().always(Fault.delay(answerTakes.dividedBy(times)));
        this.meanwhile = new Meanwhile(() -> TICK_MILLIS, this::hurry);
        meanwhile.begin();
    }

    /** How many runs the reaper has failed. */
    int reaped() {
        return reaped.get();
    }

    /** How often it came. */
    int sweeps() {
        return sweeps.get();
    }

    /** How long the server has lived, by its own clock. */
    Duration age() {
        return Duration.between(began, pluto.clock().now());
    }

    private void hurry() {
        Duration age = Duration.ofNanos((System.nanoTime() - beganNanos) * times);
        pluto.clock().set(began.plus(age));
        if (age.compareTo(BETWEEN_SWEEPS.multipliedBy(sweeps.get() + 1L)) >= 0) {
            reaped.addAndGet(pluto.reap());
            sweeps.incrementAndGet();
        }
    }

    @Override
    public void close() {
        meanwhile.close();
        pluto.faults().clear();
    }
}

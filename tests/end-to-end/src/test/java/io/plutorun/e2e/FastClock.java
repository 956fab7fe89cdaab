package io.plutorun.e2e;

import io.plutorun.fake.FakePluto;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a server's clock run several times as fast as the world's until it is closed, so that a test sees in a minute what takes the
 * server several, and has the server look by that clock for runs that beat no more. An agent under test must have its heartbeat interval
 * shortened as much. On a machine that is short of processors the clock runs slower, as the agent does.
 */
final class FastClock implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(20);

    private final FakePluto pluto;
    private final Duration more;
    private final Duration betweenSweeps;
    private final Instant began;
    private final RepeatedAction repeated;
    private final AtomicInteger reaped = new AtomicInteger();
    private final AtomicInteger sweeps = new AtomicInteger();

    /**
     * Begins at once.
     *
     * @param speed how many times as fast as the world's clock the server's is
     * @param betweenSweeps how often the server looks for runs that beat no more, by its own clock
     */
    FastClock(FakePluto pluto, int speed, Duration betweenSweeps) {
        this.pluto = pluto;
        this.more = TICK.multipliedBy(speed - 1L);
        this.betweenSweeps = betweenSweeps;
        this.began = pluto.clock().now();
        this.repeated = new RepeatedAction(() -> (int) TICK.toMillis(), this::tick);
        repeated.begin();
    }

    /** How many runs the server has declared dead. */
    int reaped() {
        return reaped.get();
    }

    /** How often it has looked for runs that beat no more. */
    int sweeps() {
        return sweeps.get();
    }

    /** How long ago this began, by the server's clock. */
    Duration age() {
        return Duration.between(began, pluto.clock().now());
    }

    private void tick() {
        pluto.clock().advance(more);
        if (age().compareTo(betweenSweeps.multipliedBy(sweeps.get() + 1L)) >= 0) {
            reaped.addAndGet(pluto.reap());
            sweeps.incrementAndGet();
        }
    }

    /** From now on the server's clock is as fast as the world's. */
    @Override
    public void close() {
        repeated.close();
    }
}

package io.plutorun.e2e;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a server's clock run several times as fast as the world's, so that a test sees in a minute what takes the server several, and has
 * the server look by that clock for runs that beat no more. An agent under test must have its heartbeat interval shortened as much.
 */
final class FastClock implements AutoCloseable {

    private static final int TICK_MILLIS = 20;

    private final FakePluto pluto;
    private final int speed;
    private final Duration betweenSweeps;
    private final Instant began;
    private final long beganNanos = System.nanoTime();
    private final RepeatedAction repeated;
    private final AtomicInteger reaped = new AtomicInteger();
    private final AtomicInteger sweeps = new AtomicInteger();

    /**
     * Begins at once.
     *
     * @param speed how many times as fast as the world's clock the server's is
     * @param answerTakes how long each answer takes, by the world's clock
     * @param betweenSweeps how often it looks for runs that beat no more, by the server's clock
     */
    FastClock(FakePluto pluto, int speed, Duration answerTakes, Duration betweenSweeps) {
        this.pluto = pluto;
        this.speed = speed;
        this.betweenSweeps = betweenSweeps;
        this.began = pluto.clock().now();
        pluto.faults().always(Fault.delay(answerTakes));
        this.repeated = new RepeatedAction(() -> TICK_MILLIS, this::tick);
        repeated.begin();
    }

    /** How many runs it has declared dead. */
    int reaped() {
        return reaped.get();
    }

    /** How often it has looked for runs that beat no more. */
    int sweeps() {
        return sweeps.get();
    }

    /** How long the server has lived, by its own clock. */
    Duration age() {
        return Duration.between(began, pluto.clock().now());
    }

    private void tick() {
        Duration age = Duration.ofNanos((System.nanoTime() - beganNanos) * speed);
        pluto.clock().set(began.plus(age));
        if (age.compareTo(betweenSweeps.multipliedBy(sweeps.get() + 1L)) >= 0) {
            reaped.addAndGet(pluto.reap());
            sweeps.incrementAndGet();
        }
    }

    @Override
    public void close() {
        repeated.close();
        pluto.faults().clear();
    }
}

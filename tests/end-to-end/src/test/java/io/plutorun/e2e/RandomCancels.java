package io.plutorun.e2e;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Cancels runs that are going on, now and then for as long as it is open. */
final class RandomCancels implements AutoCloseable {

    private final FakePluto pluto;
    private final Random random;
    private final RepeatedAction repeated;
    private final AtomicInteger cancelled = new AtomicInteger();

    RandomCancels(FakePluto pluto, long seed) {
        this.pluto = pluto;
        this.random = new Random(seed);
        this.repeated = new RepeatedAction(() -> 200 + random.nextInt(1_000), this::make);
    }

    /** Starts. */
    void begin() {
        repeated.begin();
    }

    /** How many runs somebody pressed cancel for. */
    int cancelled() {
        return cancelled.get();
    }

    private void make() {
        if (random.nextInt(3) == 0) {
            cancel();
        }
    }

    private void cancel() {
        List<FakeRun> running = pluto.runs().stream()
                .filter(run -> run.status() == RunStatus.RUNNING && !run.cancelRequested())
                .toList();
        if (!running.isEmpty()) {
            pluto.cancel(running.get(random.nextInt(running.size())).id());
            cancelled.incrementAndGet();
        }
    }

    @Override
    public void close() {
        repeated.close();
    }
}

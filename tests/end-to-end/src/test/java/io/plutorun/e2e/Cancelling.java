package io.plutorun.e2e;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Cancels runs that are going on, now and then for as long as it is open. */
final class Cancelling implements AutoCloseable {

    private final FakePluto pluto;
    private final Random random;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = new Thread(this::make);
    private final AtomicInteger cancelled = new AtomicInteger();

    Cancelling(FakePluto pluto, long seed) {
        this.pluto = pluto;
        this.random = new Random(seed);
    }

    /** From now on. */
    void begin() {
        thread.start();
    }

    /** How many runs somebody pressed cancel for. */
    int cancelled() {
        return cancelled.get();
    }

    private void make() {
        try {
            while (!over.await(200 + random.nextInt(1_000), TimeUnit.MILLISECONDS)) {
                if (random.nextInt(3) == 0) {
                    cancel();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

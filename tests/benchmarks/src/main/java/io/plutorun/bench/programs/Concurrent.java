package io.plutorun.bench.programs;

import io.plutorun.PlutoRun;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** Any number of tracked calls at once: none returns before all have begun. */
public final class Concurrent {

    private Concurrent() {}

    public static void main(String[] args) throws InterruptedException {
        CyclicBarrier allHaveBegun = new CyclicBarrier(Integer.parseInt(args[0]));
        Thread[] threads = new Thread[allHaveBegun.getParties()];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> train(allHaveBegun));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @PlutoRun(project = "bench")
    static void train(CyclicBarrier allHaveBegun) {
        try {
            allHaveBegun.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** Four threads are in a tracked method at the same time; the last of them fails. */
public final class Parallel {

    private static final int THREADS = 4;
    private static final CyclicBarrier ALL = new CyclicBarrier(THREADS);

    private Parallel() {}

    public static void main(String[] args) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> guarded(number));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void guarded(int number) {
        try {
            train(number);
        } catch (Exception e) {
            System.out.println(e.getMessage());
        }
    }

    @PlutoRun(project = "parallel", name = "number ${arg.number}")
    static void train(int number) throws InterruptedException, BrokenBarrierException {
        ALL.await();
        System.out.println(
                Pluto.current().name() + " is " + Pluto.current().runId().orElse(-1));
        if (number == THREADS - 1) {
            throw new IllegalStateException("failed");
        }
    }
}

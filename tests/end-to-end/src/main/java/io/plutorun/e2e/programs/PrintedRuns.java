package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.util.concurrent.CyclicBarrier;

/** Prints on the threads of two runs that are open at the same time, and on one of none. */
public final class PrintedRuns {

    private static final CyclicBarrier TOGETHER = new CyclicBarrier(3);

    private PrintedRuns() {}

    public static void main(String[] args) throws Exception {
        Thread first = new Thread(() -> train("a"));
        Thread second = new Thread(() -> train("b"));
        first.start();
        second.start();
        TOGETHER.await();
        System.out.println("of no run");
        TOGETHER.await();
        first.join();
        second.join();
    }

    @PlutoRun(name = "${arg.0}")
    private static void train(String name) {
        try {
            TOGETHER.await();
            for (int i = 0; i < 100; i++) {
                System.out.println("of " + name + " " + i);
            }
            TOGETHER.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

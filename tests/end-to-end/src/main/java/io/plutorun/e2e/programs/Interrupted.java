package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.util.concurrent.CountDownLatch;

/** A tracked call that the program itself interrupts, and that throws then. */
public final class Interrupted {

    private Interrupted() {}

    public static void main(String[] args) {
        Thread.currentThread().interrupt();
        try {
            train();
        } catch (InterruptedException e) {
            System.out.println("threw " + e);
        }
    }

    @PlutoRun(project = "verdicts")
    static void train() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}

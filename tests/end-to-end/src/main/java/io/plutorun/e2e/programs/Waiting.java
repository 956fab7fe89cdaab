package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.util.concurrent.CountDownLatch;

/** A tracked call that goes on until the JVM ends. */
public final class Waiting {

    private Waiting() {}

    public static void main(String[] args) throws InterruptedException {
        train();
    }

    @PlutoRun(project = "verdicts")
    static void train() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}

package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A tracked call that goes on until it is interrupted, or hears of a cancel, or its standard input ends, and then does what the first
 * argument says.
 */
public final class Cancellable {

    private Cancellable() {}

    public static void main(String[] args) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
        try {
            train(args[0]);
            System.out.println("returned, interrupted " + Thread.currentThread().isInterrupted());
        } catch (IllegalStateException e) {
            System.out.println("threw " + e.getMessage());
        }
    }

    @PlutoRun(project = "verdicts")
    static void train(String then) throws IOException {
        switch (then) {
            case "asks" -> {
                while (!Pluto.current().isCancelled()) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
                System.out.println("cancelled, active " + Pluto.current().isActive());
            }
            case "reads", "reads and throws" -> {
                int end = System.in.read();
                System.out.println(
                        "read " + end + ", cancelled " + Pluto.current().isCancelled());
                if (then.endsWith("throws")) {
                    throw new IllegalStateException("as intended");
                }
            }
            default -> {
                awaitInterrupt();
                if (then.equals("throws")) {
                    throw new IllegalStateException("interrupted");
                } else if (then.equals("exits")) {
                    System.exit(7);
                }
            }
        }
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            System.out.println("interrupted " + Thread.currentThread().getName());
        }
    }
}

package io.plutorun.e2e.programs;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/**
 * As a build tool's daemon: the main thread never ends, another one waits for orders, and at the end of its input it tells which threads
 * and files there are and exits.
 */
public final class NeverEnding {

    private NeverEnding() {}

    public static void main(String[] args) throws InterruptedException {
        new Thread(NeverEnding::serve, "orders").start();
        new CountDownLatch(1).await();
    }

    private static void serve() {
        try {
            while (System.in.read() >= 0) {
                // there are no orders but to end
            }
        } catch (IOException e) {
            System.out.println(e);
        }
        Set<String> threads = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            threads.add(thread.getName());
        }
        System.out.println("threads " + threads);
        System.out.println("files " + List.of(new File(".").list()));
        System.exit(7);
    }
}

package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import java.util.concurrent.CountDownLatch;

/** Two threads are in the same method under the same id at the same time. */
public final class SameId {

    private static final CountDownLatch BOTH = new CountDownLatch(2);

    private SameId() {}

    public static void main(String[] args) throws InterruptedException {
        Thread other = new Thread(() -> train("shared"));
        other.start();
        train("shared");
        other.join();
    }

    @PlutoRun(project = "ids", externalId = "${arg.id}")
    static void train(String id) {
        System.out.println(Pluto.current().displayId().orElse("none"));
        BOTH.countDown();
        try {
            BOTH.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

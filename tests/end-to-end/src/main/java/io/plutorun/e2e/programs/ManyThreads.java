package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Meets its first tracked classes in four threads at once, and has four calls going on at once. */
public final class ManyThreads {

    private static final CountDownLatch START = new CountDownLatch(1);
    private static final CountDownLatch INSIDE = new CountDownLatch(4);

    private ManyThreads() {}

    public static void main(String[] args) throws InterruptedException {
        List<Thread> threads = List.of(
                new Thread(() -> ready(() -> First.train())),
                new Thread(() -> ready(() -> Second.train())),
                new Thread(() -> ready(() -> Third.train())),
                new Thread(() -> ready(() -> Fourth.train())));
        threads.forEach(Thread::start);
        START.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void ready(Runnable training) {
        await(START);
        training.run();
    }

    private static void meetOthers() {
        INSIDE.countDown();
        await(INSIDE);
        synchronized (START) {
            System.out.println(Pluto.current().name());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class First {
        @PlutoRun
        static void train() {
            meetOthers();
        }
    }

    private static final class Second {
        @PlutoRun
        static void train() {
            meetOthers();
        }
    }

    private static final class Third {
        @PlutoRun
        static void train() {
            meetOthers();
        }
    }

    private static final class Fourth {
        @PlutoRun
        static void train() {
            meetOthers();
        }
    }
}

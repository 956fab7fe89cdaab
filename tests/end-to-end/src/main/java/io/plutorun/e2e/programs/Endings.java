package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** One tracked call, and how it ends: by the name of the way. */
public final class Endings {

    private static final int KILOBYTE = 1024;
    private static final int DEEP = 2_000;

    /** Holds what fills the heap, so that it is still full when the error has left the tracked method. */
    private static volatile List<byte[]> hoard = List.of();

    private static volatile boolean full;

    private Endings() {}

    private interface Body {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        System.out.println("begins");
        switch (args[0]) {
            case "returns" -> train(() -> System.out.println("trains"));
            case "throws-unchecked" ->
                train(() -> {
                    throw new IllegalStateException("diverged");
                });
            case "throws-checked" ->
                train(() -> {
                    throw new java.io.IOException("the data set is gone");
                });
            case "throws-with-causes" ->
                train(() -> {
                    RuntimeException wrapper = new IllegalStateException("outermost", new Exception("in the middle"));
                    wrapper.getCause().initCause(new ArithmeticException("innermost"));
                    wrapper.addSuppressed(new Exception("and the checkpoint is gone"));
                    throw wrapper;
                });
            case "throws-much" -> train(() -> deep(DEEP));
            case "throws-secrets" ->
                train(() -> {
                    throw new IllegalStateException(
                            "login failed", new Exception("password=" + System.getenv("DB_PASSWORD")));
                });
            case "throws-caught" -> caught(new IllegalStateException("the very object"));
            case "out-of-memory" -> caughtError(() -> System.out.println(new long[Integer.MAX_VALUE - 2].length));
            case "out-of-memory-held" ->
                caughtError(() -> {
                    awaitGoOn();
                    fill(KILOBYTE);
                });
            case "out-of-memory-held-to-the-end" -> heldToTheEnd();
            case "out-of-memory-held-by-a-thread" -> heldByAThread();
            case "stack-overflow" -> caughtError(() -> recurse(0));
            case "stack-overflow-of-the-method" -> {
                try {
                    trackedRecursion(0);
                } catch (StackOverflowError e) {
                    System.out.println("caught " + e.getClass().getName());
                }
            }
            case "initializer" -> caughtError(() -> System.out.println(Broken.value));
            case "interrupted" -> interrupted();
            case "waits" ->
                train(() -> {
                    Signs.there();
                    new CountDownLatch(1).await();
                });
            case "waits-and-returns" -> train(Endings::waitForInterrupt);
            case "waits-and-throws" ->
                train(() -> {
                    waitForInterrupt();
                    throw new IllegalStateException("gave up");
                });
            case "goes-on-and-returns" ->
                train(() -> {
                    Signs.there();
                    Signs.awaitGoOn();
                });
            case "goes-on-and-throws" ->
                train(() -> {
                    Signs.there();
                    Signs.awaitGoOn();
                    throw new IllegalStateException("gave up");
                });
            case "waits-and-has-a-hook" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
                train(() -> {
                    Signs.there();
                    new CountDownLatch(1).await();
                });
            }
            case "workers-go-on" -> workersGoOn();
            case "main-dies-behind-it" -> {
                train(() -> System.out.println("trains"));
                throw new IllegalStateException("the report can't be written");
            }
            case "a-thread-dies-behind-it" -> {
                train(() -> System.out.println("trains"));
                Thread other = new Thread(() -> {
                    throw new IllegalStateException("not what the process ends with");
                });
                other.start();
                other.join();
            }
            case "exits-behind-it" -> {
                train(() -> System.out.println("trains"));
                System.exit(3);
            }
            case "in-a-hook" -> inAHook();
            case "in-a-hook-again" -> {
                train(() -> System.out.println("trains"));
                inAHook();
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("ends");
    }

    @PlutoRun(project = "endings")
    private static void train(Body body) throws Exception {
        body.run();
    }

    @PlutoRun(project = "endings")
    private static int trackedRecursion(int depth) {
        return depth < 0 ? depth : trackedRecursion(depth + 1) + 1;
    }

    private static int recurse(int depth) {
        return depth < 0 ? depth : recurse(depth + 1) + 1;
    }

    private static void deep(int more) {
        try {
            if (more > 0) {
                deep(more - 1);
            }
        } catch (IllegalStateException e) {
            throw more % 20 == 0 ? new IllegalStateException("level " + more, e) : e;
        }
        if (more == 0) {
            throw new IllegalStateException("deep", new IllegalStateException("and long: " + "é".repeat(KILOBYTE)));
        }
    }

    private static void caught(RuntimeException made) throws Exception {
        try {
            train(() -> {
                throw made;
            });
        } catch (IllegalStateException e) {
            System.out.println(e == made);
        }
    }

    private static void caughtError(Body body) throws Exception {
        try {
            train(body);
        } catch (Error e) {
            hoard = List.of();
            System.out.println("caught " + e.getClass().getName());
        }
    }

    /**
     * Waits for the test. With a full heap no class can be loaded without a complaint of the JVM's on stdout, whichever agent it has, so
     * what goes on when a run begins must be over.
     */
    private static void awaitGoOn() {
        Signs.there();
        Signs.awaitGoOn();
    }

    /** Fills the heap, until there is no room for so many bytes. */
    private static void fill(int bytes) {
        List<byte[]> blocks = new ArrayList<>(100_000);
        hoard = blocks;
        for (int size = KILOBYTE * KILOBYTE; ; size = Math.max(bytes, size / 2)) {
            try {
                while (true) {
                    blocks.add(new byte[size]);
                }
            } catch (OutOfMemoryError e) {
                if (size == bytes) {
                    throw e;
                }
            }
        }
    }

    /** The program goes on, and ends, with as little room as there is. */
    private static void heldToTheEnd() throws Exception {
        try {
            train(() -> {
                awaitGoOn();
                fill(64 * KILOBYTE);
            });
        } catch (OutOfMemoryError e) {
            System.out.println("caught");
        }
    }

    /** Who waits with a full heap must not make anything, so there is no latch. */
    private static void heldByAThread() throws Exception {
        Thread other = new Thread(() -> {
            try {
                fill(KILOBYTE);
            } catch (OutOfMemoryError e) {
                full = true;
            }
            while (!hoard.isEmpty()) {
                LockSupport.parkNanos(1_000_000);
            }
        });
        caughtError(() -> {
            awaitGoOn();
            other.start();
            while (!full) {
                LockSupport.parkNanos(1_000_000);
            }
            List<byte[]> more = new ArrayList<>();
            while (more.size() < Integer.MAX_VALUE) {
                more.add(new byte[KILOBYTE]);
            }
        });
        other.join();
    }

    private static void interrupted() throws Exception {
        train(() -> {
            Thread.currentThread().interrupt();
            new CountDownLatch(1).await();
        });
    }

    private static void waitForInterrupt() {
        Signs.there();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            System.out.println("interrupted");
        }
    }

    private static void workersGoOn() throws Exception {
        CountDownLatch mainIsOver = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        new Thread(() -> {
                    try {
                        main.join();
                        mainIsOver.countDown();
                        train(() -> System.out.println("a worker trains"));
                        Signs.there();
                        Signs.awaitGoOn();
                        System.out.println("a worker ends");
                    } catch (Exception e) {
                        System.out.println(e);
                    }
                })
                .start();
        train(() -> System.out.println("main trains"));
    }

    private static void inAHook() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                train(() -> System.out.println("a hook trains"));
            } catch (Exception e) {
                System.out.println(e);
            }
        }));
    }

    private static final class Broken {
        static int value = Integer.parseInt("no number");

        private Broken() {}
    }
}

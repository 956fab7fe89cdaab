package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;

/** A tracked call in which the JVM is ended: by the name of the way, with the exit code. */
public final class Exits {

    private Exits() {}

    private interface Body {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        int code = Integer.parseInt(args[1]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("the program's hook")));
        switch (args[0]) {
            case "exit" -> train(() -> System.exit(code));
            case "exit-in-finally" ->
                train(() -> {
                    try {
                        throw new IllegalStateException("swallowed by the exit");
                    } finally {
                        finallyExit(code);
                    }
                });
            case "exit-of-another-thread" ->
                train(() -> {
                    new Thread(() -> System.exit(code), "decides").start();
                    new CountDownLatch(1).await();
                });
            case "exit-of-a-daemon" ->
                train(() -> {
                    Thread daemon = new Thread(() -> System.exit(code), "DestroyJavaVM");
                    daemon.setDaemon(true);
                    daemon.start();
                    new CountDownLatch(1).await();
                });
            case "two-exits" -> twoExits(code);
            case "exit-after-a-veto" -> exitAfterAVeto(code);
            case "return-after-a-veto" -> returnAfterAVeto(code);
            case "exit-after-the-call" -> {
                train(() -> System.out.println("trains"));
                System.exit(code);
            }
            case "halt" -> train(() -> Runtime.getRuntime().halt(code));
            case "halt-when-told" ->
                train(() -> {
                    Signs.there();
                    Signs.awaitGoOn();
                    Runtime.getRuntime().halt(code);
                });
            case "halt-of-another-thread" ->
                train(() -> {
                    new Thread(() -> Runtime.getRuntime().halt(code), "decides").start();
                    new CountDownLatch(1).await();
                });
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("ends");
    }

    @PlutoRun(project = "endings")
    private static void train(Body body) throws Exception {
        System.out.println("trains");
        body.run();
    }

    private static void finallyExit(int code) {
        try {
            Integer.parseInt("no number");
        } catch (NumberFormatException e) {
            System.out.println("not a number");
        } finally {
            System.exit(code);
        }
    }

    /** Both threads call exit at once, with this code and the one behind it; the JVM takes either. */
    private static void twoExits(int code) throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        train(() -> {
            Thread other = new Thread(() -> exit(both, code + 1));
            other.start();
            exit(both, code);
            other.join();
        });
    }

    private static void exit(CyclicBarrier both, int code) {
        try {
            both.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        System.exit(code);
    }

    private static void exitAfterAVeto(int code) throws Exception {
        Veto veto = new Veto();
        install(veto);
        train(() -> {
            vetoed(code + 1);
            veto.allows = true;
            System.exit(code);
        });
    }

    private static void returnAfterAVeto(int code) throws Exception {
        install(new Veto());
        train(() -> vetoed(code));
    }

    private static void vetoed(int code) {
        try {
            System.exit(code);
        } catch (SecurityException e) {
            System.out.println(e.getMessage());
        }
    }

    @SuppressWarnings("removal") // there are programs that still do
    private static void install(Veto veto) {
        System.setSecurityManager(veto);
    }

    @SuppressWarnings("removal")
    private static final class Veto extends SecurityManager {

        private volatile boolean allows;

        @Override
        public void checkExit(int status) {
            if (!allows) {
                throw new SecurityException("no exit with " + status);
            }
        }

        @Override
        public void checkPermission(java.security.Permission permission) {
            // all else is allowed
        }
    }
}

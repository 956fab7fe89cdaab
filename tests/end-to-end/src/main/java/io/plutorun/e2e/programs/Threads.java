package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** What threads see of the runs, with a run carried to them and without. */
public final class Threads {

    private static final CountDownLatch SECOND_IS_OPEN = new CountDownLatch(1);
    private static final CountDownLatch FIRST_IS_DONE = new CountDownLatch(1);

    private Threads() {}

    public static void main(String[] args) throws Exception {
        System.out.println("before " + id());
        train();
        Runnable task = () -> {};
        System.out.println(
                "an inactive run gives the task back " + (Pluto.current().wrap(task) == task));
    }

    @PlutoRun(project = "threads", name = "train")
    static void train() throws Exception {
        Run run = Pluto.current();
        in(() -> System.out.println("the only run " + id()));
        Thread other = new Thread(Threads::other);
        other.start();
        SECOND_IS_OPEN.await();
        in(() -> System.out.println("one of two " + id()));
        in(run.wrap(() -> {
            System.out.println("carried " + id());
            part();
        }));
        Callable<String> callable = run.wrap((Callable<String>) Threads::id);
        in(() -> System.out.println("callable " + called(callable)));
        Supplier<String> supplier = run.wrap((Supplier<String>) Threads::id);
        in(() -> System.out.println("supplier " + supplier.get() + ", then " + id()));
        IllegalStateException thrown = new IllegalStateException();
        in(() -> {
            try {
                run.wrap((Runnable) () -> {
                            throw thrown;
                        })
                        .run();
            } catch (IllegalStateException e) {
                System.out.println("the same exception " + (e == thrown) + ", then " + id());
            }
        });
        FIRST_IS_DONE.countDown();
        other.join();
    }

    @PlutoRun(project = "threads", name = "other")
    static void other() {
        SECOND_IS_OPEN.countDown();
        try {
            FIRST_IS_DONE.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @PlutoRun(project = "threads", name = "part")
    static void part() {
        System.out.println("part " + id());
    }

    private static String called(Callable<String> callable) {
        try {
            return callable.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void in(Runnable task) throws InterruptedException {
        Thread thread = new Thread(task);
        thread.start();
        thread.join();
    }

    private static String id() {
        return Pluto.current().displayId().orElse("none");
    }
}

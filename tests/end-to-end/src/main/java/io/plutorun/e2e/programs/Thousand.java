package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/**
 * Makes many tracked calls at once, each on a thread of its own, keeps them going until it is told to go on, and counts the agent's
 * threads meanwhile. Every third call fails.
 */
public final class Thousand {

    private static final int SMALL_STACK = 256 * 1024;
    private static final int EVERY = 3;

    private final CountDownLatch inside;
    private final CountDownLatch goOn = new CountDownLatch(1);

    private Thousand(int calls) {
        inside = new CountDownLatch(calls);
    }

    /** Takes the kind of threads, {@code platform} or {@code virtual}, and how many. */
    public static void main(String[] args) throws Exception {
        int calls = Integer.parseInt(args[1]);
        Thousand thousand = new Thousand(calls);
        AgentThreads count = new AgentThreads();
        count.start();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            int number = i;
            threads.add(start(args[0], () -> thousand.guarded(number)));
        }
        thousand.inside.await();
        Signs.there();
        Signs.awaitGoOn();
        thousand.goOn.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("agent threads at most " + count.most().size() + " " + count.most());
    }

    /** Virtual threads came after the release that this is compiled for. */
    private static Thread start(String kind, Runnable task) throws ReflectiveOperationException {
        if (kind.equals("virtual")) {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        }
        Thread thread = new Thread(null, task, "training", SMALL_STACK);
        thread.start();
        return thread;
    }

    private void guarded(int number) {
        try {
            train(number);
        } catch (IllegalStateException e) {
            // as every third does
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PlutoRun(project = "thousand", name = "number ${arg.number}")
    private void train(int number) throws InterruptedException {
        inside.countDown();
        goOn.await();
        if (number % EVERY == 0) {
            throw new IllegalStateException("failed");
        }
    }

    /** The most threads of the agent that were ever seen at once. */
    private static final class AgentThreads extends Thread {

        private static final long MILLIS_BETWEEN = 5;

        private final ThreadGroup all;
        private volatile Set<String> most = Set.of();

        AgentThreads() {
            ThreadGroup group = Thread.currentThread().getThreadGroup();
            while (group.getParent() != null) {
                group = group.getParent();
            }
            all = group;
            setDaemon(true);
        }

        Set<String> most() {
            return most;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    Set<String> now = agents();
                    most = now.size() > most.size() ? now : most;
                    Thread.sleep(MILLIS_BETWEEN);
                }
            } catch (InterruptedException e) {
                // enough
            }
        }

        private Set<String> agents() {
            Thread[] threads = new Thread[all.activeCount() + 1_000];
            int found = all.enumerate(threads);
            Set<String> agents = new TreeSet<>();
            for (int i = 0; i < found; i++) {
                if (threads[i].getName().startsWith("pluto-")) {
                    agents.add(threads[i].getName());
                }
            }
            return agents;
        }
    }
}

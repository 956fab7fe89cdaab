package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes many tracked calls at once, each on a thread of its own, keeps them going until it is told to go on, and counts the agent's
 * threads meanwhile. Then every third call throws.
 */
public final class ManyRuns {

    private static final int STACK_BYTES = 256 << 10;

    private final CountDownLatch inside;
    private final CountDownLatch goOn = new CountDownLatch(1);

    private ManyRuns(int calls) {
        inside = new CountDownLatch(calls);
    }

    /** Takes the kind of threads, {@code platform} or {@code virtual}, and how many. */
    public static void main(String[] args) throws Exception {
        int calls = Integer.parseInt(args[1]);
        ManyRuns runs = new ManyRuns(calls);
        AgentThreads agentThreads = new AgentThreads();
        agentThreads.start();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            int number = i;
            threads.add(start(args[0], () -> runs.call(number)));
        }
        runs.inside.await();
        Signs.there();
        Signs.awaitGoOn();
        runs.goOn.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("agent threads at most " + agentThreads.stopCounting());
    }

    /** Virtual threads came after the release that this is compiled for. */
    private static Thread start(String kind, Runnable task) throws ReflectiveOperationException {
        if (kind.equals("virtual")) {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        }
        Thread thread = new Thread(null, task, "training", STACK_BYTES);
        thread.start();
        return thread;
    }

    private void call(int number) {
        try {
            train(number);
        } catch (IllegalStateException e) {
            // as every third does
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PlutoRun(project = "many", name = "${arg.number}")
    private void train(int number) throws InterruptedException {
        inside.countDown();
        goOn.await();
        if (number % 3 == 0) {
            throw new IllegalStateException("as intended");
        }
    }

    /** Looks again and again which threads of the agent there are, and keeps the largest set. */
    private static final class AgentThreads extends Thread {

        private static final long MILLIS_BETWEEN_LOOKS = 5;

        private final ThreadGroup all;
        private final CountDownLatch enough = new CountDownLatch(1);
        private Set<String> largest = Set.of();

        AgentThreads() {
            ThreadGroup group = Thread.currentThread().getThreadGroup();
            while (group.getParent() != null) {
                group = group.getParent();
            }
            all = group;
            setDaemon(true);
        }

        /** How many there were at most, and their names. */
        String stopCounting() throws InterruptedException {
            enough.countDown();
            join();
            return largest.size() + " " + largest;
        }

        @Override
        public void run() {
            try {
                do {
                    Set<String> now = agents();
                    largest = now.size() > largest.size() ? now : largest;
                } while (!enough.await(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
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

package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** As many tracked calls at once as its argument says, until standard input ends; then every third one throws. */
public final class ManyRuns {

    private static final long STACK = 256 << 10;
    private static final CountDownLatch OVER = new CountDownLatch(1);

    private ManyRuns() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            int number = i;
            Thread thread = new Thread(null, () -> call(number), "call-" + i, STACK);
            thread.start();
            threads.add(thread);
        }
        int end = System.in.read();
        System.out.println("read " + end + ", threads of the agent " + agentThreads());
        OVER.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static long agentThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pluto-"))
                .count();
    }

    private static void call(int number) {
        try {
            train(number);
        } catch (IllegalStateException | InterruptedException e) {
            // as intended
        }
    }

    @PlutoRun(project = "many", name = "${arg.number}")
    private static void train(int number) throws InterruptedException {
        OVER.await();
        if (number % 3 == 0) {
            throw new IllegalStateException("as intended");
        }
    }
}

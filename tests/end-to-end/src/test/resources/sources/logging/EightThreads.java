package logging;

import org.slf4j.LoggerFactory;

/** Prints 100,000 lines on eight threads: to {@code System.out}, by {@code java.util.logging} to {@code System.err}, and by Logback. */
public final class EightThreads {

    private static final int THREADS = 8;
    private static final int LINES = 12_500;

    private static final java.util.logging.Logger JUL = java.util.logging.Logger.getLogger("jul");
    private static final org.slf4j.Logger LOGBACK = LoggerFactory.getLogger("logback");

    private EightThreads() {}

    public static void main(String[] args) throws InterruptedException {
        train();
    }

    private static void train() throws InterruptedException {
        Thread[] threads = new Thread[THREADS];
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            threads[t] = new Thread(() -> print(thread));
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void print(int thread) {
        for (int i = 0; i < LINES; i++) {
            String text = "thread " + thread + " line " + i + (i % 1000 == 0 ? secret(i / 1000) : " loss=" + i / 8.0);
            switch (i % 3) {
                case 0 -> System.out.println(text);
                case 1 -> JUL.info(text);
                default -> LOGBACK.info(text);
            }
        }
    }

    private static String secret(int i) {
        return switch (i % 3) {
            case 0 -> " password=plantedInALine" + i;
            case 1 -> " " + System.getenv("DB_PASSWORD");
            default -> " " + System.getenv("PLUTO_API_KEY");
        };
    }
}

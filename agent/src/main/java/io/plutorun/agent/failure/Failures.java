package io.plutorun.agent.failure;

import io.plutorun.agent.files.RunFiles;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.linux.ControlGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the runs of this JVM share that fail. */
public final class Failures {

    /** A program whose runs fail all the time shall not pay for each. */
    private static final int MAX_DUMPS = 50;

    /** How long the end of a run waits for it. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    /** Of runs that the same threads execute, and that end together, one text tells all. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

    private static final Duration IDLE = Duration.ofSeconds(5);

    private final ControlGroup group;

    /** One thread for all: many runs may fail at once. A run that finds too many waiting goes without. */
    private final ThreadPoolExecutor dumper = new ThreadPoolExecutor(
            1,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(MAX_DUMPS),
            new AgentThreads("failure"));

    private int dumps;
    private @Nullable String last;
    private List<Long> lastExecuting = List.of();
    private long lastNanos;

    /**
     * Makes it; no thread starts.
     *
     * @param group what the kernel does for want of memory is counted there
     */
    public Failures(ControlGroup group) {
        this.group = group;
        dumper.allowCoreThreadTimeOut(true);
    }

    /** How often the kernel has complained of memory until now. */
    Map<String, Long> memoryEvents() {
        return group.memoryEvents();
    }

    /**
     * Adds what the threads do to the files of a run. It is found out on a thread of the agent's, and the caller waits for it a moment at most. What
     * can't be found out, for want of memory perhaps, is left out.
     *
     * @param executing the threads that execute the run
     */
    void dump(RunFiles files, List<Thread> executing) {
        CountDownLatch done = new CountDownLatch(1);
        try {
            dumper.execute(() -> {
                try {
                    String text = text(executing);
                    if (text != null) {
                        files.addText("failure", "threads.txt", text);
                    }
                } catch (RuntimeException | Error e) {
                    // the verdict has its own evidence
                } finally {
                    done.countDown();
                }
            });
            var unused = done.await(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // see above
        }
    }

    private @Nullable String text(List<Thread> executing) {
        List<Long> ids = executing.stream().map(Thread::getId).toList();
        if (last == null || !ids.equals(lastExecuting) || System.nanoTime() - lastNanos > SAME_MOMENT.toNanos()) {
            if (dumps == MAX_DUMPS) {
                return null;
            }
            dumps++;
            last = ThreadDump.of(executing);
            lastExecuting = ids;
            lastNanos = System.nanoTime();
        }
        return last;
    }
}

package io.plutorun.agent.metrics.buffer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.metrics.disk.Entry;
import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.MappedSegment;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import io.plutorun.agent.metrics.report.Notices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads log while the disk does not come back from making the second segment. */
@Timeout(120)
class HungDiskTest {

    private static final int THREADS = 4;

    /** A wait has some 20 parks; two have 40. */
    private static final int LESS_THAN_TWO_WAITS = 40;

    private final CountDownLatch diskAnswers = new CountDownLatch(1);
    private final CountDownLatch diskHangs = new CountDownLatch(1);
    private final Map<Thread, AtomicLong> parks = new ConcurrentHashMap<>();
    private final Losses losses = new Losses();
    private final NameTable names = new NameTable(UnaryOperator.identity(), name -> false, losses, new Notices());
    private final Thread metricsThread = new Thread(this::work, "test-metrics");
    private volatile boolean isHanging;
    private final Backpressure backpressure = new Backpressure(
            () -> {
                parks.computeIfAbsent(Thread.currentThread(), any -> new AtomicLong())
                        .incrementAndGet();
                LockSupport.unpark(metricsThread);
            },
            () -> isHanging);
    private final ValueStore store = new ValueStore(backpressure, losses);
    private final ValueKeeper keeper;
    private volatile boolean ended;

    HungDiskTest(@TempDir Path home) {
        SegmentFiles files = new HangingFiles(new Folder(home.resolve("run")));
        keeper = new ValueKeeper(files, true, names, store, backpressure, losses, new Notices());
    }

    private final class HangingFiles extends SegmentFiles {

        private int made;

        HangingFiles(Folder folder) {
            super(folder, "key", new DiskBudget(1 << 30), backpressure);
        }

        @Override
        MappedSegment newMapped() throws IOException {
            if (++made == 2) {
                isHanging = true; // as the operating system would tell
                diskHangs.countDown();
                try {
                    diskAnswers.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                isHanging = false;
            }
            return super.newMapped();
        }
    }

    private void work() {
        while (!ended) {
            keeper.work(System.nanoTime());
            LockSupport.parkNanos(1_000_000);
        }
        keeper.close();
    }

    @AfterEach
    void end() throws InterruptedException {
        diskAnswers.countDown();
        ended = true;
        LockSupport.unpark(metricsThread);
        metricsThread.join();
    }

    /** Logs from several threads at once, and tells how often each of them has parked. */
    private List<Long> log(int valuesEach) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            MetricName name = requireNonNull(names.get("t" + t));
            threads.add(new Thread(() -> {
                for (int i = 0; i < valuesEach; i++) {
                    store.append(name, Entry.VALUE, i, i);
                }
            }));
        }
        threads.forEach(Thread::start);
        List<Long> counts = new ArrayList<>();
        for (Thread thread : threads) {
            thread.join();
            counts.add(parks.getOrDefault(thread, new AtomicLong()).get());
        }
        return counts;
    }

    private long lost() {
        return losses.all().values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void a_hung_disk_holds_each_thread_up_once_and_afterwards_none() throws Exception {
        metricsThread.start();
        log(2000); // the first segment is there, and begins to fill
        diskHangs.await();

        assertThat(log(300_000)).allMatch(count -> count < LESS_THAN_TWO_WAITS).anyMatch(count -> count > 0);
        assertThat(log(300_000)).containsOnly(0L);
        assertThat(losses.all().keySet()).isSubsetOf(Loss.TOO_FAST, Loss.DISK_HUNG);
        long lostMeanwhile = lost();
        assertThat(lostMeanwhile).isPositive();

        diskAnswers.countDown();
        while (store.waiting() > 0) {
            Thread.onSpinWait();
        }
        log(300_000);
        assertThat(lost()).as("once there is room again, threads wait for it").isEqualTo(lostMeanwhile);
    }
}

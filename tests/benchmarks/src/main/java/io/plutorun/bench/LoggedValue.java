package io.plutorun.bench;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a value costs the program's thread, beside an empty method and beside a look at the clock. JMH's own thread is outside the tracked
 * call, which another thread is in meanwhile.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class LoggedValue {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Run run;
    private @Nullable Run kept;
    private double value;

    /** Another thread enters a tracked call. */
    @Setup
    public void enter() throws InterruptedException {
        Thread thread = new Thread(this::train);
        thread.setDaemon(true);
        thread.start();
        entered.await();
        kept = run;
    }

    @PlutoRun(project = "bench")
    void train() {
        run = Pluto.current();
        entered.countDown();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The call ends. */
    @TearDown
    public void leave() {
        over.countDown();
    }

    /** A base. */
    @Benchmark
    public void nothing() {
        empty("loss", value++);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void empty(String name, double number) {}

    /** The other base. */
    @Benchmark
    public long clock() {
        value++;
        return System.nanoTime();
    }

    /** A subject. */
    @Benchmark
    public void run() {
        Objects.requireNonNull(kept).log("loss", value++);
    }

    /** The other subject. */
    @Benchmark
    public void pluto() {
        Pluto.log("loss", value++);
    }

    static MeasuredCalls withoutAgent(Jdk jdk, String subject, int forks) {
        return MeasuredCalls.measure(jdk, LoggedValue.class, "nothing", subject, forks);
    }

    static MeasuredCalls inRun(Jdk jdk, String subject, int forks) {
        return MeasuredCalls.measure(
                jdk,
                LoggedValue.class,
                "clock",
                subject,
                forks,
                "-javaagent:" + Place.agent(),
                "-Dpluto.mode=offline",
                "-Dpluto.dir=" + Place.folder());
    }
}

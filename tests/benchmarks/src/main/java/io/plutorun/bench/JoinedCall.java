package io.plutorun.bench;

import io.plutorun.PlutoRun;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A tracked call inside a tracked call, beside the same method untracked. Neither is inlined, so that what is compared is a call; and
 * both are called from a tracked method, so often that its own cost vanishes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class JoinedCall {

    private static final int CALLS = 1_000_000;

    private long seed = 17;

    /** The base. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public long untracked() {
        return callUntracked();
    }

    /** The subject. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public long joined() {
        return callTracked();
    }

    @PlutoRun(project = "bench")
    long callUntracked() {
        long sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += untrackedStep(seed, i, 0.5);
        }
        return sum;
    }

    @PlutoRun(project = "bench")
    long callTracked() {
        long sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += trackedStep(seed, i, 0.5);
        }
        return sum;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    long untrackedStep(long base, int number, double rate) {
        return base * 31 + number + (rate > 1 ? 1 : 0);
    }

    @PlutoRun(project = "bench")
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    long trackedStep(long base, int number, double rate) {
        return base * 31 + number + (rate > 1 ? 1 : 0);
    }

    /** Measures in JVMs with the agent. */
    static MeasuredCalls measure(Jdk jdk, int forks) {
        return MeasuredCalls.measure(
                jdk,
                JoinedCall.class,
                "untracked",
                "joined",
                forks,
                "-javaagent:" + Place.agent(),
                "-Dpluto.mode=noop");
    }
}

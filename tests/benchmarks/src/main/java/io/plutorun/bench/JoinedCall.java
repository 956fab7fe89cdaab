package io.plutorun.bench;

import io.plutorun.PlutoRun;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A tracked call inside a tracked call, beside the same method untracked. Neither is inlined, so that what is compared is a call; and
 * both are called from a tracked method, so often that its own cost vanishes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class JoinedCall {

    private static final int CALLS = 1_000_000;

    private static final int ITERATIONS = 5;

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

    /**
     * What it came to.
     *
     * @param nanos for each of the two, nanoseconds per call
     * @param bytes allocated per joined call, beyond what the untracked call allocates
     */
    record Measured(Pairs nanos, double bytes) {}

    /** Measures in JVMs with the agent, in turns. */
    static Measured measure(Jdk jdk, int forks) {
        Pairs nanos = new Pairs(new java.util.ArrayList<>(), new java.util.ArrayList<>());
        Pairs bytes = new Pairs(new java.util.ArrayList<>(), new java.util.ArrayList<>());
        for (int fork = 0; fork < forks; fork++) {
            measure(jdk, "untracked", nanos.base(), bytes.base());
            measure(jdk, "joined", nanos.subject(), bytes.subject());
        }
        return new Measured(nanos, bytes.difference());
    }

    private static void measure(Jdk jdk, String method, List<Double> nanos, List<Double> bytes) {
        try {
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include(JoinedCall.class.getName() + "\\." + method + "$")
                            .jvm(jdk.java().toString())
                            .jvmArgs("-javaagent:" + Place.agent(), "-Dpluto.mode=noop")
                            .forks(1)
                            .warmupIterations(4)
                            .warmupTime(TimeValue.milliseconds(250))
                            .measurementIterations(ITERATIONS)
                            .measurementTime(TimeValue.milliseconds(250))
                            .addProfiler(GCProfiler.class)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run();
            for (RunResult result : results) {
                for (BenchmarkResult fork : result.getBenchmarkResults()) {
                    for (IterationResult iteration : fork.getIterationResults()) {
                        nanos.add(iteration.getPrimaryResult().getScore());
                        Result<?> allocated = iteration.getSecondaryResults().get("gc.alloc.rate.norm");
                        bytes.add(allocated == null ? Double.NaN : allocated.getScore());
                    }
                }
            }
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }
}

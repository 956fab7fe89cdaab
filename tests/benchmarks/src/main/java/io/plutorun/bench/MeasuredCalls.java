package io.plutorun.bench;

import java.util.ArrayList;
import java.util.List;
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
 * Two benchmarks of JMH, a base and a subject, each in JVMs of its own, in turns.
 *
 * @param nanos nanoseconds per call
 * @param bytes allocated per call
 */
record MeasuredCalls(Pairs nanos, Pairs bytes) {

    private static final int ITERATIONS = 5;

    /**
     * Measures.
     *
     * @param benchmarks the class that has the two
     * @param forks how many JVMs of each
     * @param options of these JVMs
     */
    static MeasuredCalls measure(
            Jdk jdk, Class<?> benchmarks, String base, String subject, int forks, String... options) {
        Pairs nanos = new Pairs(new ArrayList<>(), new ArrayList<>());
        Pairs bytes = new Pairs(new ArrayList<>(), new ArrayList<>());
        for (int fork = 0; fork < forks; fork++) {
            measure(jdk, benchmarks.getName() + "\\." + base + "$", options, nanos.base(), bytes.base());
            measure(jdk, benchmarks.getName() + "\\." + subject + "$", options, nanos.subject(), bytes.subject());
        }
        return new MeasuredCalls(nanos, bytes);
    }

    private static void measure(Jdk jdk, String benchmark, String[] options, List<Double> nanos, List<Double> bytes) {
        try {
            for (RunResult result : new Runner(new OptionsBuilder()
                            .include(benchmark)
                            .jvm(jdk.java().toString())
                            .jvmArgs(options)
                            .forks(1)
                            .warmupIterations(4)
                            .warmupTime(TimeValue.milliseconds(250))
                            .measurementIterations(ITERATIONS)
                            .measurementTime(TimeValue.milliseconds(250))
                            .addProfiler(GCProfiler.class)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run()) {
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

package io.plutorun.bench;

import io.plutorun.Pluto;
import io.plutorun.Run;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a value costs the program's thread without an agent, beside an empty method. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class LoggedValue {

    private final Run kept = Pluto.current();
    private double value;

    /** A base. */
    @Benchmark
    public void nothing() {
        empty("loss", value++);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void empty(String name, double number) {}

    /** A subject. */
    @Benchmark
    public void run() {
        kept.log("loss", value++);
    }

    /** The other subject. */
    @Benchmark
    public void pluto() {
        Pluto.log("loss", value++);
    }

    static MeasuredCalls withoutAgent(Jdk jdk, String subject, int forks) {
        return MeasuredCalls.measure(jdk, LoggedValue.class, "nothing", subject, forks);
    }
}

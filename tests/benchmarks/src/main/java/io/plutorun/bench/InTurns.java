package io.plutorun.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a step of a training costs more in one JVM than in another. Both train in turns, so that what else the machine does slows down both.
 * For the thread that trains it is the median over the turns; the other threads' work comes in bursts, so for the process it is all turns
 * together: the first half of them, in which the JIT compiler still works on the agent's classes, and the second half.
 *
 * @param step what a step is called in plural
 * @param warmup how many steps come before the first turn
 * @param turns how many turns each JVM has
 * @param stepsPerTurn how many steps a turn has
 */
record InTurns(String step, int warmup, int turns, int stepsPerTurn) {

    /** Starts a JVM that takes a number of steps for each line, and answers with the nanoseconds of CPU: of its thread, of the process. */
    interface Start {
        Child.Conversation start() throws IOException;
    }

    String measure(int pairsOfJvms, Start base, Start subject) throws IOException {
        Pairs threads = new Pairs(new ArrayList<>(), new ArrayList<>());
        Pairs earlier = new Pairs(new ArrayList<>(), new ArrayList<>());
        Pairs later = new Pairs(new ArrayList<>(), new ArrayList<>());
        for (int pair = 0; pair < pairsOfJvms; pair++) {
            try (Child.Conversation one = base.start();
                    Child.Conversation other = subject.start()) {
                take(one, warmup);
                take(other, warmup);
                for (int turn = 0; turn < turns; turn++) {
                    Pairs processes = turn < turns / 2 ? earlier : later;
                    List<Child.Conversation> order = turn % 2 == 0 ? List.of(one, other) : List.of(other, one);
                    for (Child.Conversation next : order) {
                        double[] micros = take(next, stepsPerTurn);
                        (next == one ? threads.base() : threads.subject()).add(micros[0]);
                        (next == one ? processes.base() : processes.subject()).add(micros[1]);
                    }
                }
            }
        }
        return String.format(
                Locale.ROOT,
                "%.3f (%+.0f µs of %.0f µs); all threads of the process, %s %,d to %,d: %s, to %,d: %s",
                threads.ratio(),
                threads.difference(),
                Pairs.median(threads.base()),
                step,
                warmup,
                warmup + turns / 2 * stepsPerTurn,
                ofProcess(earlier),
                warmup + turns * stepsPerTurn,
                ofProcess(later));
    }

    private static String ofProcess(Pairs processes) {
        double base = mean(processes.base());
        double subject = mean(processes.subject());
        return String.format(Locale.ROOT, "%.3f (%+.0f µs)", subject / base, subject - base);
    }

    /** Microseconds of CPU that a step took: of the thread, of the process. */
    private static double[] take(Child.Conversation training, int steps) throws IOException {
        String[] nanos = training.ask(Integer.toString(steps)).split(" ", -1);
        return new double[] {Double.parseDouble(nanos[0]) / 1e3 / steps, Double.parseDouble(nanos[1]) / 1e3 / steps};
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}

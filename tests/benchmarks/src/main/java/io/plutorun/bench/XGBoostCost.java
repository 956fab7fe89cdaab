package io.plutorun.bench;

import io.plutorun.bench.programs.BoostingInTurns;
import io.plutorun.bench.programs.FirstRound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What autolog costs a training with XGBoost. */
final class XGBoostCost {

    private static final int WARMUP = 500;

    private static final int TURNS = 120;

    private static final int ROUNDS_PER_TURN = 100;

    private XGBoostCost() {}

    /**
     * A round. Two JVMs train in turns, so that what else the machine does slows down both. For the thread that trains it is the median over
     * the turns; the other threads' work comes in bursts, so for the process it is all turns together: the first half of them, in which the JIT
     * compiler still works on the agent's classes, and the second half.
     */
    static String ofRound(Jdk jdk, int pairsOfJvms) throws IOException {
        Pairs threads = new Pairs(new ArrayList<>(), new ArrayList<>());
        Pairs earlier = new Pairs(new ArrayList<>(), new ArrayList<>());
        Pairs later = new Pairs(new ArrayList<>(), new ArrayList<>());
        try (Server server = Server.http()) {
            for (int pair = 0; pair < pairsOfJvms; pair++) {
                try (Child.Conversation base = training(jdk, server, "false");
                        Child.Conversation subject = training(jdk, server, "true")) {
                    train(base, WARMUP);
                    train(subject, WARMUP);
                    for (int turn = 0; turn < TURNS; turn++) {
                        Pairs processes = turn < TURNS / 2 ? earlier : later;
                        List<Child.Conversation> order =
                                turn % 2 == 0 ? List.of(base, subject) : List.of(subject, base);
                        for (Child.Conversation one : order) {
                            double[] micros = train(one, ROUNDS_PER_TURN);
                            (one == base ? threads.base() : threads.subject()).add(micros[0]);
                            (one == base ? processes.base() : processes.subject()).add(micros[1]);
                        }
                    }
                }
            }
        }
        return String.format(
                Locale.ROOT,
                "%.3f (%+.0f µs of %.0f µs); all threads of the process, rounds %,d to %,d: %s, to %,d: %s",
                threads.ratio(),
                threads.difference(),
                Pairs.median(threads.base()),
                WARMUP,
                WARMUP + TURNS / 2 * ROUNDS_PER_TURN,
                ofProcess(earlier),
                WARMUP + TURNS * ROUNDS_PER_TURN,
                ofProcess(later));
    }

    private static String ofProcess(Pairs processes) {
        double base = mean(processes.base());
        double subject = mean(processes.subject());
        return String.format(Locale.ROOT, "%.3f (%+.0f µs)", subject / base, subject - base);
    }

    /** From a training before the tracked class is loaded to the end of the first round in the tracked method. */
    static String ofArming(Jdk jdk, int rounds) {
        try (Server server = Server.http()) {
            Child base = server.found(program(jdk, FirstRound.class)).environment(Map.of("PLUTO_AUTOLOG", "false"));
            Child subject = server.found(program(jdk, FirstRound.class));
            Pairs cpu = Pairs.measure(
                    rounds, () -> base.run().cpuSeconds(), () -> subject.run().cpuSeconds());
            Pairs millis = Pairs.measure(
                    rounds, () -> base.run().number(), () -> subject.run().number());
            return String.format(
                    Locale.ROOT,
                    "%+.3f s (to %.3f s); the round in the tracked method is over %+.0f ms later (to %.0f ms)",
                    cpu.difference(),
                    Pairs.median(cpu.base()),
                    millis.difference(),
                    Pairs.median(millis.base()));
        }
    }

    private static Child program(Jdk jdk, Class<?> main) {
        return Child.of(jdk, main).withLibraries().agent(Place.agent());
    }

    private static Child.Conversation training(Jdk jdk, Server server, String autolog) throws IOException {
        return server.found(program(jdk, BoostingInTurns.class))
                .environment(Map.of("PLUTO_AUTOLOG", autolog))
                .start();
    }

    /** Microseconds of CPU that a round took: of the thread, of the process. */
    private static double[] train(Child.Conversation training, int rounds) throws IOException {
        String[] nanos = training.ask(Integer.toString(rounds)).split(" ", -1);
        return new double[] {Double.parseDouble(nanos[0]) / 1e3 / rounds, Double.parseDouble(nanos[1]) / 1e3 / rounds};
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}

package io.plutorun.bench;

import io.plutorun.bench.programs.Boosting;
import io.plutorun.bench.programs.BoostingInTurns;
import io.plutorun.bench.programs.FirstRound;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** What autolog costs a training with XGBoost. */
final class XGBoostCost {

    private XGBoostCost() {}

    /** A round of few rows, which takes some milliseconds. */
    static String ofRound(Jdk jdk, int pairsOfJvms) throws IOException {
        return ofRound(jdk, pairsOfJvms, new InTurns("rounds", 500, 120, 100), Boosting.ROWS);
    }

    /** A round of 20,000 rows. */
    static String ofRoundOf20k(Jdk jdk, int pairsOfJvms) throws IOException {
        return ofRound(jdk, pairsOfJvms, new InTurns("rounds", 500, 60, 100), 20_000);
    }

    /** A round of 100,000 rows. */
    static String ofRoundOf100k(Jdk jdk, int pairsOfJvms) throws IOException {
        return ofRound(jdk, pairsOfJvms, new InTurns("rounds", 500, 24, 100), 100_000);
    }

    private static String ofRound(Jdk jdk, int pairsOfJvms, InTurns rounds, int rows) throws IOException {
        try (Server server = Server.http()) {
            return rounds.measure(
                    pairsOfJvms, () -> training(jdk, server, "false", rows), () -> training(jdk, server, "true", rows));
        }
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

    private static Child program(Jdk jdk, Class<?> main, String... arguments) {
        return Child.of(jdk, main, arguments).withLibraries().agent(Place.agent());
    }

    private static Child.Conversation training(Jdk jdk, Server server, String autolog, int rows) throws IOException {
        return server.found(program(jdk, BoostingInTurns.class, Integer.toString(rows)))
                .environment(Map.of("PLUTO_AUTOLOG", autolog))
                .start();
    }
}

package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A training that can't be changed: its methods return their numbers, and nothing is logged. */
public final class Results {

    private Results() {}

    /** A record as an evaluation returns it. */
    public record Scores(double accuracy, int correct, String label, OptionalDouble loss) {}

    /** An object of its own; nobody calls its getter. */
    public static final class Evaluation {
        private final double f1;

        Evaluation(double f1) {
            this.f1 = f1;
        }

        /** Would be wrong to call. */
        public double getF1() {
            System.out.println("a getter was called");
            return f1;
        }
    }

    static double step(int i) {
        return i / 8.0;
    }

    static Integer boxed(int i) {
        return i;
    }

    static Optional<Float> perhaps(int i) {
        return i % 2 == 0 ? Optional.of(i + 0.5f) : Optional.empty();
    }

    static Scores scores(int i) {
        return new Scores(i / 4.0, i, "label", OptionalDouble.of(i * 2.0));
    }

    static Map<String, Object> map(int i) {
        return new TreeMap<>(Map.of("recall", i / 2.0, "name", "text"));
    }

    static Evaluation evaluation(int i) {
        return new Evaluation(i + 0.25);
    }

    static double failing() {
        throw new IllegalStateException("no number");
    }

    /** The entrypoint. */
    @PlutoRun
    public static void train(int steps) {
        for (int i = 0; i < steps; i++) {
            step(i);
            boxed(i);
            perhaps(i);
            scores(i);
            map(i);
            evaluation(i);
        }
        try {
            failing();
        } catch (IllegalStateException e) {
            System.out.println("caught");
        }
        System.out.println("done");
    }

    public static void main(String[] arguments) {
        train(Integer.parseInt(arguments[0]));
    }
}

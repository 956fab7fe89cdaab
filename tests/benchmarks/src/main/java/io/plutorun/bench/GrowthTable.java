package io.plutorun.bench;

import io.plutorun.bench.programs.Concurrent;
import io.plutorun.bench.programs.LoadCopies;
import io.plutorun.bench.programs.NullTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the cost grows with the size of a program: a table for each kind of size, with the exponent between its ends. */
final class GrowthTable {

    private static final List<GrowthTable> ALL = List.of(
            new GrowthTable(
                    "grow-classes",
                    "loaded classes",
                    "CPU over no agent; and over a transformer that returns null",
                    List.of(1_000, 10_000, 50_000),
                    7,
                    GrowthTable::loadedClasses),
            new GrowthTable(
                    "grow-methods",
                    "tracked methods, each called once, `PLUTO_MODE=noop`",
                    "CPU over no agent",
                    List.of(1, 100, 1_000),
                    7,
                    GrowthTable::trackedMethods),
            new GrowthTable(
                    "grow-runs",
                    "concurrent runs, local server",
                    "CPU over no agent",
                    List.of(1, 100, 1_000),
                    5,
                    GrowthTable::concurrentRuns));

    private final String name;
    private final String what;
    private final String cost;
    private final List<Integer> sizes;
    private final int rounds;
    private final Measurement measurement;

    private GrowthTable(
            String name, String what, String cost, List<Integer> sizes, int rounds, Measurement measurement) {
        this.name = name;
        this.what = what;
        this.cost = cost;
        this.sizes = sizes;
        this.rounds = rounds;
        this.measurement = measurement;
    }

    /** The costs, in seconds, of a program of this size: one, or several against different bases. */
    private interface Measurement {
        List<Double> of(Jdk jdk, int size, int rounds) throws IOException;
    }

    static List<GrowthTable> all() {
        return ALL;
    }

    /** The table in Markdown; empty when it is not selected. */
    String markdown(List<Jdk> jdks, Selection selection) throws IOException {
        if (!selection.has(name)) {
            return "";
        }
        StringBuilder table = new StringBuilder("| " + what + " |");
        StringBuilder line = new StringBuilder("|---|");
        for (int size : sizes) {
            table.append(String.format(Locale.ROOT, " %,d |", size));
            line.append("---|");
        }
        table.append(" exponent |\n").append(line).append("---|\n");
        for (Jdk jdk : jdks) {
            List<List<Double>> costs = new ArrayList<>();
            for (int size : sizes) {
                List<Double> measured = measurement.of(jdk, size, selection.rounds(rounds));
                System.out.println(name + " " + size + ", " + jdk + ": " + measured);
                costs.add(measured);
            }
            String[] bases = cost.split("; and ", -1);
            for (int base = 0; base < bases.length; base++) {
                int column = base;
                row(
                        table,
                        jdk + ", " + (base == 0 ? bases[base] : "CPU " + bases[base]),
                        costs.stream().map(cell -> cell.get(column)).toList());
            }
        }
        return table.toString();
    }

    private void row(StringBuilder table, String head, List<Double> seconds) {
        table.append("| ").append(head).append(" |");
        seconds.forEach(cost -> table.append(String.format(Locale.ROOT, " %+.3f s |", cost)));
        table.append(' ').append(exponent(seconds)).append(" |\n");
    }

    /** The slope of the line through the logarithms: 1 for a cost that grows as the size does, 0 for one that does not grow. */
    private String exponent(List<Double> seconds) {
        double sumX = 0;
        double sumY = 0;
        double sumXX = 0;
        double sumXY = 0;
        for (int i = 0; i < sizes.size(); i++) {
            if (seconds.get(i) <= 0) {
                return "none: lost in the noise";
            }
            double x = Math.log(sizes.get(i));
            double y = Math.log(seconds.get(i));
            sumX += x;
            sumY += y;
            sumXX += x * x;
            sumXY += x * y;
        }
        int n = sizes.size();
        return String.format(Locale.ROOT, "%.2f", (n * sumXY - sumX * sumY) / (n * sumXX - sumX * sumX));
    }

    private static List<Double> loadedClasses(Jdk jdk, int size, int rounds) {
        String count = String.valueOf(size);
        Child with = Child.of(jdk, LoadCopies.class, count).agent(Place.agent());
        Child without = Child.of(jdk, LoadCopies.class, count);
        Child looking = Child.of(jdk, LoadCopies.class, count).agent(Place.agentJar(NullTransformer.class));
        return List.of(difference(rounds, without, with), difference(rounds, looking, with));
    }

    private static List<Double> trackedMethods(Jdk jdk, int size, int rounds) throws IOException {
        Path classes = TrackedMethods.write(size);
        Child with = Child.of(jdk, classes, TrackedMethods.MAIN)
                .agent(Place.agent())
                .environment(Map.of("PLUTO_MODE", "noop"));
        return List.of(difference(rounds, Child.of(jdk, classes, TrackedMethods.MAIN), with));
    }

    private static List<Double> concurrentRuns(Jdk jdk, int size, int rounds) {
        String count = String.valueOf(size);
        try (Server server = Server.http()) {
            Child with = server.found(Child.of(jdk, Concurrent.class, count).agent(Place.agent()))
                    .environment(Map.of("PLUTO_START_TIMEOUT", "60s", "PLUTO_SHUTDOWN_TIMEOUT", "60s"));
            double seconds = difference(rounds, Child.of(jdk, Concurrent.class, count), with);
            int runs = server.pluto().runs().size();
            if (runs != size * (rounds + 1)) { // one round does not count, see Pairs
                throw new IllegalStateException(runs + " runs instead of " + size * (rounds + 1));
            }
            return List.of(seconds);
        }
    }

    private static double difference(int rounds, Child base, Child subject) {
        return Pairs.measure(
                        rounds,
                        () -> base.run().cpuSeconds(),
                        () -> subject.run().cpuSeconds())
                .difference();
    }
}

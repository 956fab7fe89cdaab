package io.plutorun.bench;

import io.plutorun.bench.programs.EmptyAgent;
import io.plutorun.bench.programs.FirstLine;
import io.plutorun.bench.programs.Hello;
import io.plutorun.bench.programs.LoadClasses;
import io.plutorun.bench.programs.LoadedBefore;
import io.plutorun.bench.programs.LogCost;
import io.plutorun.bench.programs.NullTransformer;
import io.plutorun.bench.programs.PeakMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** What the agent costs one program: a row for each figure, a column for each JDK. */
final class CostTable {

    private static final int MANY_JARS = 500;

    private static final int CLASSES = 4_760;

    private static final Duration SLOW = Duration.ofMillis(100);

    private final List<Row> rows;

    CostTable() {
        Path empty = Place.agentJar(EmptyAgent.class);
        Path looking = Place.agentJar(NullTransformer.class);
        rows = List.of(
                new Row(
                        "idle",
                        "CPU of hello-world, nothing tracked",
                        "an agent with an empty `premain`",
                        "≤ 1.05",
                        41,
                        (jdk, rounds) -> ratio(Pairs.measure(
                                rounds,
                                cpu(Child.of(jdk, Hello.class).agent(empty)),
                                cpu(Child.of(jdk, Hello.class).agent(Place.agent()))))),
                new Row(
                        "memory",
                        "peak memory of the same",
                        "the same",
                        "≤ +1 MiB",
                        21,
                        (jdk, rounds) -> mebibytes(Pairs.measure(
                                rounds,
                                number(Child.of(jdk, PeakMemory.class).agent(empty)),
                                number(Child.of(jdk, PeakMemory.class).agent(Place.agent()))))),
                new Row(
                        "classes",
                        "CPU of loading " + CLASSES + " classes through one loader, nothing tracked",
                        "a transformer that returns null",
                        "≤ 1.05",
                        15,
                        (jdk, rounds) -> ratio(Pairs.measure(
                                rounds,
                                cpu(loading(jdk).agent(looking)),
                                cpu(loading(jdk).agent(Place.agent()))))),
                new Row(
                        "noop",
                        "CPU with one tracked method, `PLUTO_MODE=noop`",
                        "no agent",
                        "≤ +0.20 s",
                        15,
                        (jdk, rounds) -> seconds(Pairs.measure(
                                rounds, cpu(Child.of(jdk, FirstLine.class)), cpu(noop(jdk, Place.agent()))))),
                new Row(
                        "http",
                        "wall time to the method's first line, http, local server",
                        "no agent",
                        "≤ +0.30 s",
                        15,
                        (jdk, rounds) -> {
                            try (Server server = Server.http()) {
                                return seconds(firstLine(jdk, rounds, null, server));
                            }
                        }),
                new Row(
                        "jars",
                        "the same with " + MANY_JARS
                                + " jars on the class path, before the program, for the first time",
                        "no agent, the same class path",
                        "≤ 0.30 s more than the row above",
                        9,
                        (jdk, rounds) -> seconds(manyJars(jdk, rounds, Map.of()))),
                new Row(
                        "jars",
                        "the same, jars that are known from the JVM before",
                        "no agent, the same class path",
                        "≤ 0.30 s more than the row above",
                        9,
                        (jdk, rounds) -> {
                            Map<String, String> cache = Map.of(
                                    "XDG_CACHE_HOME",
                                    Files.createTempDirectory(Place.folder(), "cache")
                                            .toString());
                            var unused = manyJars(jdk, 1, cache);
                            return seconds(manyJars(jdk, rounds, cache));
                        }),
                new Row(
                        "https",
                        "the same over https, the JDK's trust store",
                        "no agent",
                        "≤ +0.70 s",
                        15,
                        (jdk, rounds) -> {
                            try (Server server = Server.https(jdk)) {
                                return seconds(firstLine(jdk, rounds, null, server));
                            }
                        }),
                new Row(
                        "slow",
                        "the same over http, the server takes 100 ms for an answer",
                        "a server that takes none",
                        "one answer's time",
                        15,
                        (jdk, rounds) -> {
                            try (Server fast = Server.http();
                                    Server slow = Server.slow(SLOW)) {
                                return seconds(firstLine(jdk, rounds, fast, slow));
                            }
                        }),
                new Row(
                        "enter",
                        "time inside `enter`, http, class loaded 600 ms before",
                        "the same method untracked",
                        "≤ 80 ms",
                        15,
                        (jdk, rounds) -> {
                            try (Server server = Server.http()) {
                                return millis(entered(jdk, rounds, server));
                            }
                        }),
                new Row("enter-https", "the same over https", "the same", "≤ 210 ms", 15, (jdk, rounds) -> {
                    try (Server server = Server.https(jdk)) {
                        return millis(entered(jdk, rounds, server));
                    }
                }),
                new Row(
                        "joined",
                        "a joined (nested) tracked call (JMH)",
                        "the same method untracked",
                        "≤ +5 ns, 0 bytes",
                        15,
                        (jdk, rounds) -> nanos(JoinedCall.measure(jdk, Math.max(1, rounds / 5)))),
                new Row(
                        "log",
                        "`Run.log(name, value)`, one thread, steady",
                        "`System.nanoTime()`",
                        "≤ 4.0, 0 bytes",
                        5,
                        (jdk, rounds) -> logging(jdk, 1, "run", rounds)),
                new Row(
                        "log-8",
                        "the same, 8 threads on the machine's cores",
                        "the same, 8 threads",
                        "≤ 5.0",
                        5,
                        (jdk, rounds) -> logging(jdk, 8, "run", rounds)),
                new Row(
                        "log",
                        "`Pluto.log(name, value)`, one thread, steady",
                        "`System.nanoTime()`",
                        "≤ 4.0, 0 bytes",
                        5,
                        (jdk, rounds) -> logging(jdk, 1, "pluto", rounds)),
                new Row(
                        "log-result",
                        "a call of a method in `PLUTO_METRIC_METHODS`, one thread, steady",
                        "`System.nanoTime()`",
                        "≤ 1 µs a call",
                        5,
                        (jdk, rounds) -> logging(jdk, 1, "result", rounds)),
                new Row(
                        "log-none",
                        "`Run.log(name, value)` without an agent (JMH)",
                        "an empty method",
                        "≤ +2 ns, 0 bytes",
                        15,
                        (jdk, rounds) -> nanos(LoggedValue.withoutAgent(jdk, "run", Math.max(1, rounds / 5)))),
                new Row(
                        "log-none",
                        "`Pluto.log(name, value)` without an agent (JMH)",
                        "an empty method",
                        "≤ +2 ns, 0 bytes",
                        15,
                        (jdk, rounds) -> nanos(LoggedValue.withoutAgent(jdk, "pluto", Math.max(1, rounds / 5)))),
                new Row(
                        "log-rate",
                        "values a second for a minute, to a server that keeps up",
                        "the same training with 400 values a second",
                        "≥ 300,000, ≤ +64 MiB",
                        1,
                        (jdk, rounds) -> ManyValues.sustained(jdk)),
                new Row(
                        "log-away",
                        "10 million values while the server is away, then `sync`",
                        "the same program without an agent",
                        "all, heap ≤ +32 MiB",
                        1,
                        (jdk, rounds) -> ManyValues.whileAway(jdk)),
                new Row(
                        "xgboost-round",
                        "CPU of a round of XGBoost (5,000 rows, 20 features, depth 6, two watches, one thread), after 500 rounds",
                        "`PLUTO_AUTOLOG=false`",
                        "≤ 1.02",
                        7,
                        XGBoostCost::ofRound),
                new Row(
                        "xgboost-round-20k",
                        "the same with 20,000 rows",
                        "`PLUTO_AUTOLOG=false`",
                        "≤ 1.02",
                        2,
                        XGBoostCost::ofRoundOf20k),
                new Row(
                        "xgboost-round-100k",
                        "the same with 100,000 rows",
                        "`PLUTO_AUTOLOG=false`",
                        "≤ 1.02",
                        2,
                        XGBoostCost::ofRoundOf100k),
                new Row(
                        "spark-fit",
                        "CPU of a fit of Spark's logistic regression (2,000 rows, 10 iterations, local[1]), after 20 fits",
                        "`PLUTO_AUTOLOG=false`",
                        "",
                        2,
                        SparkCost::ofFit),
                new Row(
                        "xgboost-arming",
                        "CPU of a program that trains a round of XGBoost before its tracked class is loaded, and one in it",
                        "`PLUTO_AUTOLOG=false`",
                        "",
                        15,
                        XGBoostCost::ofArming),
                new Row("jar", "size of the jar", "", "≤ 5.5 MB", 1, (jdk, rounds) -> megabytes(Place.agent())),
                new Row(
                        "packer",
                        "size of the jar",
                        "the plain jar",
                        "",
                        1,
                        (jdk, rounds) -> megabytes(Place.agent()) + " (of " + megabytes(Place.plainAgent()) + ")"),
                new Row(
                        "packer",
                        "CPU with one tracked method, `PLUTO_MODE=noop`",
                        "the plain jar",
                        "",
                        15,
                        (jdk, rounds) -> ratio(Pairs.measure(
                                rounds, cpu(noop(jdk, Place.plainAgent())), cpu(noop(jdk, Place.agent()))))),
                new Row(
                        "packer",
                        "wall time to the method's first line, http, local server",
                        "the plain jar",
                        "",
                        15,
                        (jdk, rounds) -> {
                            try (Server server = Server.http()) {
                                Child plain = server.found(
                                        Child.of(jdk, FirstLine.class).agent(Place.plainAgent()));
                                Child packed = server.found(
                                        Child.of(jdk, FirstLine.class).agent(Place.agent()));
                                return ratio(Pairs.measure(rounds, untilFirstLine(plain), untilFirstLine(packed)));
                            }
                        }));
    }

    /**
     * A figure.
     *
     * @param name selects it on the command line
     * @param what is measured
     * @param base what it is compared with
     * @param goal what it shall be
     * @param rounds how many pairs are measured
     * @param measurement measures it
     */
    private record Row(String name, String what, String base, String goal, int rounds, Measurement measurement) {}

    private interface Measurement {
        String on(Jdk jdk, int rounds) throws IOException, GeneralSecurityException;
    }

    /** The table in Markdown, without the rows that were not selected. */
    String markdown(List<Jdk> jdks, Selection selection) throws IOException, GeneralSecurityException {
        StringBuilder table = new StringBuilder("| what | base | goal |");
        jdks.forEach(jdk -> table.append(' ').append(jdk).append(" |"));
        table.append("\n|---|---|---|").append("---|".repeat(jdks.size())).append('\n');
        boolean any = false;
        for (Row row : rows) {
            if (selection.has(row.name())) {
                any = true;
                table.append(format("| %s | %s | %s |", row.what(), row.base(), row.goal()));
                for (Jdk jdk : jdks) {
                    String figure = row.measurement().on(jdk, selection.rounds(row.rounds()));
                    System.out.println(row.name() + ", " + jdk + ": " + figure);
                    table.append(' ').append(figure).append(" |");
                }
                table.append('\n');
            }
        }
        return any ? table.toString() : "";
    }

    private static Pairs firstLine(Jdk jdk, int rounds, @Nullable Server base, Server server) {
        Child plain = Child.of(jdk, FirstLine.class);
        Child tracked = server.found(Child.of(jdk, FirstLine.class).agent(Place.agent()));
        return Pairs.measure(
                rounds,
                untilFirstLine(base == null ? plain : base.found(plain.agent(Place.agent()))),
                untilFirstLine(tracked));
    }

    private static Pairs manyJars(Jdk jdk, int rounds, Map<String, String> environment) throws IOException {
        Path[] jars = manyJars();
        try (Server server = Server.http()) {
            Child plain = Child.of(jdk, FirstLine.class).behind(jars);
            Child tracked = server.found(
                            Child.of(jdk, FirstLine.class).agent(Place.agent()).behind(jars))
                    .environment(environment);
            return Pairs.measure(rounds, untilFirstLine(plain), untilFirstLine(tracked));
        }
    }

    /** As many jars as a program with Spark has, each a library's: copies of this module's. */
    private static Path[] manyJars() throws IOException {
        Path folder = Files.createDirectories(Place.folder().resolve("many-jars"));
        List<Path> originals = Place.jars();
        List<Path> jars = new ArrayList<>();
        for (int i = 0; i < MANY_JARS; i++) {
            Path jar = folder.resolve("library-" + i + "-1.0.jar");
            if (Files.notExists(jar)) {
                Files.copy(originals.get(i % originals.size()), jar);
            }
            jars.add(jar);
        }
        return jars.toArray(Path[]::new);
    }

    private static Child noop(Jdk jdk, Path agent) {
        return Child.of(jdk, FirstLine.class).agent(agent).environment(Map.of("PLUTO_MODE", "noop"));
    }

    private static Pairs entered(Jdk jdk, int rounds, Server server) {
        return Pairs.measure(
                rounds,
                number(Child.of(jdk, LoadedBefore.class)),
                number(server.found(Child.of(jdk, LoadedBefore.class).agent(Place.agent()))));
    }

    /** Loads as many classes as the table says, the first ones by name: those that need nothing which is not there. */
    private static Child loading(Jdk jdk) throws IOException {
        List<String> names = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        Path list = Place.folder().resolve("classes.txt");
        arguments.add(list.toString());
        for (Path jar : Place.jars()) {
            arguments.add(jar.toString());
            try (ZipFile archive = new ZipFile(jar.toFile());
                    Stream<? extends ZipEntry> entries = archive.stream()) {
                entries.map(ZipEntry::getName)
                        .filter(name -> name.endsWith(".class")
                                && !name.startsWith("META-INF/")
                                && !name.endsWith("-info.class"))
                        .map(name -> name.substring(0, name.length() - ".class".length())
                                .replace('/', '.'))
                        .sorted()
                        .forEach(names::add);
            }
        }
        if (names.size() < CLASSES) {
            throw new IllegalStateException("the jars hold " + names.size() + " classes only");
        }
        Files.write(list, names.subList(0, CLASSES));
        return Child.of(jdk, LoadClasses.class, arguments.toArray(String[]::new));
    }

    /** Base and subject alternate within each program; the median over the programs is told. */
    private static String logging(Jdk jdk, int threads, String whose, int rounds) {
        List<double[]> runs = new ArrayList<>();
        Child program = Child.of(jdk, LogCost.class, "" + threads, whose)
                .agent(Place.agent())
                .environment(Map.of(
                        "PLUTO_MODE", "offline", "PLUTO_METRIC_METHODS", "loss=" + LogCost.class.getName() + "#loss"));
        for (int round = 0; round < rounds; round++) {
            runs.add(Stream.of(program.run().stdout().strip().split(" ", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray());
        }
        double[] middle = new double[4];
        for (int i = 0; i < middle.length; i++) {
            int column = i;
            middle[i] = Pairs.median(runs.stream().map(run -> run[column]).toList());
        }
        String bytes = threads == 1 ? format(", %.3f bytes", middle[3]) : "";
        return format("%.2f (%.1f ns of %.1f ns)%s", middle[0], middle[1], middle[2], bytes);
    }

    private static DoubleSupplier cpu(Child program) {
        return () -> program.run().cpuSeconds();
    }

    private static DoubleSupplier number(Child program) {
        return () -> program.run().number();
    }

    private static DoubleSupplier untilFirstLine(Child program) {
        return () -> {
            Child.Run run = program.run();
            return (run.number() - run.started()) / 1e3;
        };
    }

    private static String ratio(Pairs seconds) {
        return format("%.3f (of %.3f s)", seconds.ratio(), Pairs.median(seconds.base()));
    }

    private static String seconds(Pairs seconds) {
        return format("%+.3f s (to %.3f s)", seconds.difference(), Pairs.median(seconds.base()));
    }

    private static String mebibytes(Pairs kilobytes) {
        return format("%+.2f MiB (to %.1f)", kilobytes.difference() / 1024, Pairs.median(kilobytes.base()) / 1024);
    }

    private static String megabytes(Path file) throws IOException {
        return format("%.2f MB", Files.size(file) / 1e6);
    }

    private static String millis(Pairs millis) {
        return format("%.0f ms", millis.difference());
    }

    private static String nanos(MeasuredCalls measured) {
        return format(
                "%+.2f ns (to %.2f ns), %.3f bytes",
                measured.nanos().difference(),
                Pairs.median(measured.nanos().base()),
                Math.abs(measured.bytes().difference()));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}

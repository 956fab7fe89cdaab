package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import io.plutorun.fake.ingest.MetricSeries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A training with a framework, in which nothing is tracked: a source of the folder {@code autolog}, compiled against the framework.
 *
 * @param source the name of its class
 * @param folders where the framework's jars are: {@code tribuo-4.3.2}
 * @param jvmOptions what the program's JVM is given besides
 */
record FrameworkTraining(String source, List<String> folders, List<String> jvmOptions) {

    /** How the agent ends the loop of a cancelled run. */
    static final String CANCELLATION = "java.util.concurrent.CancellationException: pluto: run ";

    private static final Map<FrameworkTraining, Path> COMPILED = new ConcurrentHashMap<>();

    static FrameworkTraining of(String source, String... folders) {
        return new FrameworkTraining(source, List.of(folders), List.of());
    }

    /** The same, with options of its JVM. */
    FrameworkTraining jvmOptions(String... options) {
        return new FrameworkTraining(source, folders, List.of(options));
    }

    Path[] classPath() {
        List<Path> entries = new ArrayList<>();
        folders.forEach(folder -> entries.addAll(Arrays.asList(ThirdPartyJars.jars("autolog/" + folder))));
        entries.add(COMPILED.computeIfAbsent(
                this,
                first -> new Sources()
                        .resource("autolog/" + source + ".java")
                        .classPath(entries.toArray(Path[]::new))
                        .compile()));
        return entries.toArray(Path[]::new);
    }

    /**
     * The values that a program has printed. What stands below a line {@code == name} belongs to that training.
     *
     * @param value a line of one: its step, its name, and its number
     */
    static List<Printed> printed(String stdout, Pattern value, ToDoubleFunction<String> number) {
        List<Printed> printed = new ArrayList<>();
        String training = "";
        for (String line : stdout.lines().toList()) {
            Matcher found = value.matcher(line);
            if (line.startsWith("== ")) {
                training = line.substring(3);
            } else if (found.matches()) {
                printed.add(new Printed(
                        training + "/" + found.group(2),
                        Long.parseLong(found.group(1)),
                        number.applyAsDouble(found.group(3))));
            }
        }
        return printed;
    }

    /** The program, with its entrypoint named. */
    Program program(String... arguments) {
        String main = "autolog." + source;
        Program program = Program.of(main, arguments);
        jvmOptions.forEach(program::jvmOption);
        // A framework unpacks its native library there, always under one name. In a folder that all share, it may lie
        // there already for another user, or be in use by another training.
        return program.jvmOption("-Djava.io.tmpdir=" + Directories.fresh())
                .classPath(classPath())
                .env("PLUTO_METHODS", main + "#main")
                .env("PLUTO_SYSTEM_METRICS", "false");
    }

    /** As it is without the agent. */
    Result withoutAgent(String... arguments) {
        Result result = program(arguments).withoutAgent().run();
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        return result;
    }

    /** A framework's own library may need one of the system's that a machine lacks: then the test is skipped. */
    static Result assumeItsLibraryLoads(Result withoutAgent) {
        assumeTrue(
                !withoutAgent.stderr().contains("UnsatisfiedLinkError"),
                "the framework's own library can't be loaded on this machine");
        assertThat(withoutAgent.exitCode()).as(withoutAgent.stderr()).isZero();
        return withoutAgent;
    }

    /** A value that a program has printed. */
    record Printed(String name, long step, double value) {}

    /** By name, from step to value. What has no step has the next one of its name. */
    static Map<String, Map<Long, Double>> series(List<Printed> printed) {
        Map<String, Map<Long, Double>> all = new LinkedHashMap<>();
        for (Printed one : printed) {
            Map<Long, Double> values = all.computeIfAbsent(one.name(), first -> new LinkedHashMap<>());
            values.put(one.step() < 0 ? values.size() : one.step(), one.value());
        }
        return all;
    }

    /** What the first run has under a name, from step to value. */
    static Map<Long, Double> series(FakePluto pluto, String name) {
        MetricSeries series = pluto.series(1, name);
        Map<Long, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < series.size(); i++) {
            values.put(series.step(i), series.values()[i]);
        }
        return values;
    }

    /** The first run has these values, and no others. */
    static void assertHasExactly(FakePluto pluto, Map<String, Map<Long, Double>> expected) {
        assertThat(pluto.ingested(1).metricNames()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach(
                (name, values) -> assertThat(series(pluto, name)).as(name).containsExactlyEntriesOf(values));
    }

    /**
     * The program trains for ever, and its run is cancelled on its page: the training ends, with one of these words on stderr.
     *
     * @param series a series of the training, by which it is known to be under way
     */
    void assertCancelReachesTheLoop(String series, String... words) {
        assertCancelReachesTheLoop(program("forever"), series, words);
    }

    /** The same, of a program that is there. */
    static void assertCancelReachesTheLoop(Program forever, String series, String... words) {
        try (FakePluto pluto = FakePluto.start()) {
            Running running =
                    forever.against(pluto).env("PLUTO_HEARTBEAT_INTERVAL", "1s").start();
            pluto.await(p -> !p.runs().isEmpty() && p.series(1, series).size() > 20, Await.LONG);
            pluto.cancel(1);
            Result result = running.await();

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.stdout()).endsWith("finally\n");
            assertThat(result.stderr()).containsAnyOf(words);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.CANCELLED);
        }
    }

    /** A program whose framework is not as the agent knows it prints what it would without the agent, and one line tells. */
    static void assertMisfitIsOneLine(Path classes, String framework, String stdout) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("Main")
                    .classPath(classes)
                    .against(pluto)
                    .env("PLUTO_METHODS", "Main#main")
                    .run();

            assertThat(result.stdout()).isEqualTo(stdout);
            assertThat(result.exitCode()).isZero();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(result.agentLines())
                    .filteredOn(line -> !line.contains(" started: ") && !line.contains(" COMPLETED "))
                    .singleElement()
                    .asString()
                    .contains("autolog: " + framework + " is not fully recorded (")
                    .contains("the training is not affected");
        }
    }
}

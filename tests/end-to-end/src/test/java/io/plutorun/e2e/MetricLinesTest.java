package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.PrintedValues;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import io.plutorun.fake.ingest.MetricSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/** {@code PLUTO_METRIC_LINES}: what a program prints and logs is on its run's page, each value once, and its output is what it was. */
class MetricLinesTest {

    private static final int LINES = 10_000;

    /** The last two take longer, the longer the line: the last one until the end of time. */
    private static final String PATTERNS = """
            [{"line": "epoch (\\\\d+) loss=(\\\\S+)", "step": 1, "values": {"train/loss": 2}},
             {"line": "^(?:.* )?\\\\[(?<n>\\\\d+)/\\\\d+\\\\] acc: (?<acc>\\\\S+)$", "step": "n", "values": {"train/accuracy": "acc"}},
             {"line": "lr=(?<lr>\\\\S+) at step=(?<step>\\\\d+)"},
             {"line": "\\\\| (\\\\d+) \\\\| (\\\\S+) \\\\|", "step": 1, "values": {"table/value": 2}},
             {"line": "grad norm (\\\\S+) at (\\\\d+)", "step": 2, "values": {"gradient": 1}},
             {"line": "(a+)+b", "values": {"never": 1}},
             {"line": "(a+)+\\\\1b", "values": {"never either": 1}}]""";

    /** What each framework prints: its level, and the message; nothing that differs from time to time. */
    private static final Map<String, String> CONFIGURATION =
            Map.of("logback.xml", """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%level logback %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="out"/></root>
            </configuration>
            """, "log4j2.properties", """
            appender.out.type = Console
            appender.out.name = out
            appender.out.layout.type = PatternLayout
            appender.out.layout.pattern = %level log4j2 %msg%n
            rootLogger.level = INFO
            rootLogger.appenderRef.out.ref = out
            """, "log4j.properties", """
            log4j.rootLogger = INFO, out
            log4j.appender.out = org.apache.log4j.ConsoleAppender
            log4j.appender.out.layout = org.apache.log4j.PatternLayout
            log4j.appender.out.layout.ConversionPattern = %p log4j1 %m%n
            """);

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void in_a_jar_of_jars_each_line_of_any_framework_is_a_value_once(Jdk jdk) throws IOException {
        Path jar = Directories.fresh().resolve("app.jar");
        Repackager repackager = new Repackager(Jars.of(Map.of(), program()).toFile());
        repackager.setMainClass("logging.FiveShapes");
        repackager.repackage(jar.toFile(), callback -> {
            for (Path library : ThirdPartyJars.jars("logging")) {
                callback.library(new Library(library.toFile(), LibraryScope.COMPILE));
            }
        });

        assertEachLineIsAValue(() -> Program.command("-jar", jar.toString()).on(jdk), "LaunchedClassLoader");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void in_a_loader_that_asks_its_parent_last_each_line_of_any_framework_is_a_value_once(Jdk jdk) throws IOException {
        Path launcher = new Sources().resource("logging/ChildFirst.java").compile();
        Path[] libraries = ThirdPartyJars.jars("logging");
        String own = Stream.concat(Stream.of(program()), Stream.of(libraries))
                .map(Path::toString)
                .collect(Collectors.joining(":"));

        assertEachLineIsAValue(
                () -> Program.of("logging.ChildFirst", "logging.FiveShapes", own)
                        .classPath(launcher)
                        .alsoOnClassPath(libraries)
                        .on(jdk),
                "ChildFirst");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void what_asynchronous_appenders_print_on_other_threads_counts_once(Jdk jdk) throws IOException {
        Path classes = compiled("logging/Asynchronous.java", Map.of("logback.xml", """
                        <configuration>
                          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                            <encoder><pattern>%level %msg%n</pattern></encoder>
                          </appender>
                          <appender name="async" class="ch.qos.logback.classic.AsyncAppender">
                            <discardingThreshold>0</discardingThreshold>
                            <appender-ref ref="out"/>
                          </appender>
                          <root level="INFO"><appender-ref ref="async"/></root>
                        </configuration>
                        """, "log4j2.properties", """
                        appender.out.type = Console
                        appender.out.name = out
                        appender.out.layout.type = PatternLayout
                        appender.out.layout.pattern = %level %msg%n
                        appender.async.type = Async
                        appender.async.name = async
                        appender.async.out.type = AppenderRef
                        appender.async.out.ref = out
                        rootLogger.level = INFO
                        rootLogger.appenderRef.async.ref = async
                        """));
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("logging.Asynchronous")
                    .classPath(classes)
                    .alsoOnClassPath(ThirdPartyJars.jars("logging"))
                    .env("PLUTO_METHODS", "logging.Asynchronous#train")
                    .env("PLUTO_METRIC_LINES", "(?:a=(?<a>\\d+)|b=(?<b>\\d+))")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout().lines()).hasSize(2000);
            double[] values = IntStream.range(0, 1000)
                    .mapToDouble(i -> i % 2 == 0 ? 0 : i)
                    .toArray();
            assertThat(pluto.series(1, "a").values()).containsExactly(values);
            assertThat(pluto.series(1, "b").values()).containsExactly(values);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P1_a_program_that_replaces_its_streams_is_not_hindered_and_its_lines_count_once(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result without =
                    Program.of(PrintedValues.class).on(jdk).withoutAgent().run();
            Result result = Program.of(PrintedValues.class)
                    .env("PLUTO_METRIC_LINES", """
                            [{"line": "loss=(\\\\d+)", "values": {"loss": 1}},
                             {"line": "thread (\\\\d) step (?<step>\\\\d+) value (\\\\d+)", "values": {"value": 3}}]""")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(sorted(result)).isEqualTo(sorted(without));
            assertThat(pluto.series(1, "loss").values()).containsExactly(1, 2, 3, 4);
            MetricSeries value = pluto.series(1, "value");
            assertThat(value.steps())
                    .containsExactly(LongStream.range(0, PrintedValues.THREADS * PrintedValues.VALUES)
                            .toArray());
            assertThat(value.values())
                    .containsExactly(IntStream.range(0, PrintedValues.THREADS * PrintedValues.VALUES)
                            .mapToDouble(step -> step % PrintedValues.VALUES)
                            .toArray());
            assertThat(value.arrivals().duplicates()).isZero();
        }
    }

    /** Its threads print in an order of their own; the parts of a line stay in theirs. */
    private static List<String> sorted(Result result) {
        return Stream.of(result.stdout().split("(?=thread)|\\R| value ", -1))
                .sorted()
                .toList();
    }

    @Test
    void a_mistake_is_told_at_the_first_run_and_what_matches_nothing_at_its_end() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(PrintedValues.class)
                    .env(
                            "PLUTO_METRIC_LINES",
                            "[{\"line\": \"(\"}, {\"line\": \"step: (?<step>\\\\d+) value: (?<v>.*)\"}]")
                    .against(pluto)
                    .run();

            assertThat(result.exitCode()).isZero();
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains("PLUTO_METRIC_LINES"))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "pluto: PLUTO_METRIC_LINES: \"(\" is no regular expression (Unclosed group,"
                                                    + " at character 2); this is left out"),
                            line -> assertThat(line).contains("has matched no line; the nearest line was \"thread "));
        }
    }

    private interface Programs {
        Program make();
    }

    private static void assertEachLineIsAValue(Programs programs, String loader) {
        try (FakePluto pluto = FakePluto.start()) {
            Result without = configured(programs.make()).withoutAgent().run();
            Result result = configured(programs.make())
                    .env("PLUTO_METHODS", "logging.FiveShapes#train")
                    .env("PLUTO_METRIC_LINES", PATTERNS)
                    .env("PLUTO_SYSTEM_METRICS", "false")
                    .against(pluto)
                    .run();

            assertThat(without.stdout()).endsWith(loader + " PrintStream true\n");
            assertThat(result.stdout()).isEqualTo(without.stdout());
            assertThat(result.otherLines()).isEqualTo(without.otherLines());
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.ingested(1).metricNames())
                    .containsExactlyInAnyOrder("train/loss", "train/accuracy", "lr", "table/value", "gradient");
            assertSeries(pluto.series(1, "train/accuracy"), 1);
            assertSeries(pluto.series(1, "lr"), 2);
            assertSeries(pluto.series(1, "table/value"), 3);
            assertSeries(pluto.series(1, "gradient"), 4);
            MetricSeries loss = pluto.series(1, "train/loss");
            assertThat(loss.step(loss.size() - 1)).as("the line without an end").isEqualTo(LINES);
            assertThat(Arrays.copyOf(loss.values(), LINES / 5)).containsExactly(values(0));
            assertThat(loss.arrivals().duplicates()).isZero();
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains("PLUTO_METRIC_LINES"))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("\"(a+)+\\1b\" is not looked for any more"),
                            line -> assertThat(line).contains("\"(a+)+b\" has matched no line"));
        }
    }

    private static Program configured(Program program) {
        return program.property("java.util.logging.SimpleFormatter.format", "%4$s jul %5$s%n");
    }

    private static Path program() throws IOException {
        return compiled("logging/FiveShapes.java", CONFIGURATION);
    }

    private static Path compiled(String source, Map<String, String> files) throws IOException {
        Path classes = new Sources()
                .resource(source)
                .classPath(ThirdPartyJars.jars("logging"))
                .compile();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(classes.resolve(file.getKey()), file.getValue());
        }
        return classes;
    }

    private static void assertSeries(MetricSeries series, int shape) {
        assertThat(series.steps())
                .as(series.name())
                .containsExactly(
                        LongStream.range(0, LINES).filter(i -> i % 5 == shape).toArray());
        assertThat(series.values()).as(series.name()).containsExactly(values(shape));
        assertThat(series.arrivals().duplicates()).as(series.name()).isZero();
    }

    private static double[] values(int shape) {
        return IntStream.range(0, LINES)
                .filter(i -> i % 5 == shape)
                .mapToDouble(i -> i / 8.0)
                .toArray();
    }
}

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.PrintedParts;
import io.plutorun.e2e.programs.PrintedRuns;
import io.plutorun.e2e.programs.PrintedShapes;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import io.plutorun.fake.ingest.LogLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code PLUTO_CAPTURE_CONSOLE}: what a program prints is on its run's page, line by line, and its output is what it was. */
class ConsoleTest {

    private static final String LOGS = "/ingest/logs";
    private static final String CAPTURE = "PLUTO_CAPTURE_CONSOLE";

    private static final Pattern OF_THREAD = Pattern.compile("thread (\\d) line (\\d+)(.*)");

    private static final Pattern LOST = Pattern.compile("pluto: (\\d+) printed lines of run CON-1 were not kept: ");

    private final Path directory;

    ConsoleTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Program parts(FakePluto pluto, String... arguments) {
        return Program.of(PrintedParts.class, arguments)
                .against(pluto)
                .directory(directory)
                .env(CAPTURE, "true")
                .env("PLUTO_SHUTDOWN_TIMEOUT", "60s");
    }

    private static List<LogLine> lines(FakePluto pluto, long run) {
        return pluto.runs().isEmpty() ? List.of() : pluto.ingested(run).logLines();
    }

    private static List<String> messages(FakePluto pluto, long run) {
        return lines(pluto, run).stream().map(LogLine::message).toList();
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i).toList();
    }

    private static void assertNumberedWithoutGaps(List<LogLine> lines) {
        assertThat(lines)
                .extracting(LogLine::lineNumber)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, lines.size()).boxed().toList());
    }

    // ---- what is recorded

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P1_P7_100_000_lines_of_eight_threads_are_printed_as_ever_and_recorded_in_order_without_a_secret(Jdk jdk)
            throws IOException {
        Path classes = new Sources()
                .resource("logging/EightThreads.java")
                .classPath(ThirdPartyJars.jars("logging"))
                .compile();
        Files.writeString(classes.resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%msg%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="out"/></root>
                </configuration>
                """);
        Program program = Program.of("logging.EightThreads")
                .classPath(classes)
                .alsoOnClassPath(ThirdPartyJars.jars("logging"))
                .property("java.util.logging.SimpleFormatter.format", "%5$s%n")
                .env("PLUTO_METHODS", "logging.EightThreads#train")
                .env(CAPTURE, "true")
                .env("PLUTO_SHUTDOWN_TIMEOUT", "60s")
                .on(jdk);
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program.against(pluto).run();
            Result without = program.withoutAgent().run();

            assertThat(result.stdout()).hasSameSizeAs(without.stdout());
            assertThat(byThread(result.stdout().lines()))
                    .isEqualTo(byThread(without.stdout().lines()));
            assertThat(byThread(result.otherLines().stream())).isEqualTo(byThread(without.otherLines().stream()));
            assertThat(result.agentLines()).hasSize(2);
            List<LogLine> lines = lines(pluto, 1);
            assertThat(lines).hasSize(100_000);
            assertNumberedWithoutGaps(lines);
            assertThat(byThread(ofType(lines, "INFO")))
                    .isEqualTo(byThread(redacted(result.stdout().lines())));
            assertThat(byThread(ofType(lines, "ERROR"))).isEqualTo(byThread(redacted(result.otherLines().stream())));
        }
    }

    private static Map<String, List<String>> byThread(Stream<String> lines) {
        return lines.collect(Collectors.groupingBy(line -> line.substring(0, 8)));
    }

    private static Stream<String> ofType(List<LogLine> lines, String type) {
        return lines.stream().filter(line -> line.type().equals(type)).map(LogLine::message);
    }

    /** Each thousandth line of a thread has a secret. */
    private static Stream<String> redacted(Stream<String> lines) {
        return lines.map(line -> {
            Matcher ofThread = OF_THREAD.matcher(line);
            assertThat(ofThread.matches()).as(line).isTrue();
            int number = Integer.parseInt(ofThread.group(2));
            return number % 1000 != 0
                    ? line
                    : line.substring(0, ofThread.start(3))
                            + (number / 1000 % 3 == 0 ? " password=[redacted]" : " [redacted]");
        });
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P1_lines_of_all_shapes_are_as_a_terminal_shows_them(Jdk jdk) {
        Program program = Program.of(PrintedShapes.class).env(CAPTURE, "true").on(jdk);
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program.against(pluto).run();
            Result without = program.withoutAgent().run();

            assertThat(result.stdout()).isEqualTo(without.stdout());
            assertThat(result.otherLines()).isEqualTo(without.otherLines());
            assertThat(messages(pluto, 1))
                    .containsExactly(
                            "one",
                            "",
                            "an error",
                            "training 100%",
                            "line ends",
                            "of Windows",
                            "",
                            "a new stream, für UTF-8",
                            "the old one is still used",
                            "x".repeat(1 << 16) + "…",
                            "nul\uFFFD \uFFFD\uFFFD",
                            "\u001b[32mgreen\u001b[0m",
                            "password=[redacted] and [redacted] [redacted]",
                            "[redacted]",
                            "Proc-Type: 4,ENCRYPTED",
                            "",
                            "[redacted]",
                            "[redacted]",
                            "another thread...",
                            "without an end");
            assertNumberedWithoutGaps(lines(pluto, 1));
            assertThat(ofType(lines(pluto, 1), "ERROR")).containsExactly("an error");
        }
    }

    @Test
    void of_several_open_runs_each_has_the_lines_of_its_threads_and_a_line_of_no_run_is_told() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(PrintedRuns.class)
                    .env(CAPTURE, "true")
                    .against(pluto)
                    .run();

            for (FakeRun run : pluto.runs()) {
                assertThat(messages(pluto, run.id()))
                        .containsExactlyElementsOf(IntStream.range(0, 100)
                                .mapToObj(i -> "of " + run.name() + " " + i)
                                .toList());
            }
            assertThat(pluto.runs()).hasSize(2);
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains(CAPTURE))
                    .singleElement()
                    .asString()
                    .contains("lines are in no run's console, 1 until now");
        }
    }

    @Test
    void of_several_processes_rank_0_alone_records_lines() {
        try (FakePluto pluto = FakePluto.start()) {
            for (int rank : List.of(0, 1)) {
                Program program = SeveralProcessesTest.asRank(parts(pluto, "10"), pluto, directory, rank, 2);
                assertThat(program.run().exitCode()).isZero();
            }
            assertThat(messages(pluto, 1)).containsExactlyElementsOf(numbered(1, 10));
        }
    }

    @Test
    void P2_without_the_option_no_line_is_recorded() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = parts(pluto, "10")
                    .withoutEnv(CAPTURE)
                    .jvmOption("-Xlog:redefine+class+load=info:stderr")
                    .run();
            assertThat(result.exitCode()).isZero();
            assertThat(result.stderr()).doesNotContain("java.io.PrintStream");
            assertThat(pluto.exchanges(LOGS)).isEmpty();
        }
    }

    // ---- when there are too many

    @Test
    void beyond_the_limit_the_first_and_the_last_lines_are_kept_and_the_gap_is_told() {
        int all = 20_000;
        try (FakePluto pluto = FakePluto.start()) {
            Result result = parts(pluto, "" + all)
                    .env("PLUTO_METRICS_MAX_BYTES", "256KiB")
                    .run();

            List<LogLine> lines = lines(pluto, 1);
            int gap = IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).message().startsWith("pluto: lines are left out here: "))
                    .boxed()
                    .collect(Collectors.collectingAndThen(Collectors.toList(), gaps -> {
                        assertThat(gaps).hasSize(1);
                        return gaps.get(0);
                    }));
            int last = lines.size() - gap - 1;
            assertThat(gap).isGreaterThan(2 * last);
            assertThat(last).isGreaterThan(500);
            assertThat(messages(pluto, 1).subList(0, gap)).isEqualTo(numbered(1, gap));
            assertThat(messages(pluto, 1).subList(gap + 1, lines.size())).isEqualTo(numbered(all - last + 1, all));
            assertThat(lines.get(gap).message()).endsWith(": " + (all - gap - last));
            assertThat(lines.get(gap).lineNumber()).isEqualTo(gap + 1);
            assertThat(lines.get(lines.size() - 1).lineNumber()).isEqualTo(all);
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains("prints more than its console keeps"))
                    .hasSize(1);
        }
    }

    @Test
    void a_program_that_prints_fast_sends_no_more_than_1_000_lines_a_second_until_its_run_ends() {
        try (FakePluto pluto = FakePluto.start()) {
            Running program = parts(pluto, "50000", "waits").start();
            pluto.await(p -> lines(p, 1).size() >= 10_000, Await.LONG);
            assertThat(lines(pluto, 1).size()).isLessThan(40_000);
            program.endInput();
            assertThat(program.await().exitCode()).isZero();
            assertThat(messages(pluto, 1)).isEqualTo(numbered(1, 50_000));
        }
    }

    // ---- when the server, the disk or the program fails

    @Test
    void P6_lines_that_the_server_did_not_take_come_once_when_it_is_back() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always(LOGS, Fault.ingestDatabaseDown());
            Running program = parts(pluto, "100", "waits").start();
            pluto.await(p -> p.exchanges(LOGS).size() >= 2, Await.LONG);
            pluto.faults().clear();
            program.endInput();
            assertThat(program.await().exitCode()).isZero();
            assertThat(messages(pluto, 1)).isEqualTo(numbered(1, 100));
        }
    }

    /** Killed between a request and its mark it would send that request's lines twice: the server drops no doubles. */
    @Test
    void P6_what_a_killed_program_has_printed_is_delivered_by_sync_once() {
        try (FakePluto pluto = FakePluto.start()) {
            Running program = parts(pluto, "30000", "waits").start();
            pluto.await(p -> !lines(p, 1).isEmpty(), Await.LONG);
            pluto.faults().always(LOGS, Fault.ingestDatabaseDown());
            pluto.await(p -> p.exchanges(LOGS).stream().anyMatch(exchange -> exchange.fault() != null), Await.LONG);
            program.awaitThat(() -> onDisk("line 30000"), "the last line is not on disk");
            program.kill();
            assertThat(program.await().exitCode()).isEqualTo(137);
            assertThat(lines(pluto, 1)).hasSizeLessThan(30_000);
            pluto.faults().clear();

            Result sync = Outage.sync(pluto, directory);
            assertThat(sync.exitCode()).as(sync.toString()).isZero();
            assertThat(messages(pluto, 1)).isEqualTo(numbered(1, 30_000));
            assertNumberedWithoutGaps(lines(pluto, 1));
            assertThat(directory.resolve(".pluto/jvm")).isEmptyDirectory();
        }
    }

    private boolean onDisk(String text) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("console-"))
                    .anyMatch(file -> read(file).contains(text));
        } catch (IOException e) {
            return false; // one was removed meanwhile
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void P6_what_a_program_prints_offline_is_delivered_by_sync() {
        try (FakePluto pluto = FakePluto.start()) {
            assertThat(parts(pluto, "1000").env("PLUTO_MODE", "offline").run().exitCode())
                    .isZero();
            assertThat(pluto.exchanges()).isEmpty();

            Result sync = Outage.sync(pluto, directory);
            assertThat(sync.exitCode()).as(sync.toString()).isZero();
            assertThat(messages(pluto, 1)).isEqualTo(numbered(1, 1000));
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void P6_the_lines_of_a_process_that_resumes_a_run_stand_behind_those_before() {
        try (FakePluto pluto = FakePluto.start()) {
            for (String lines : List.of("10", "20")) {
                Program program = parts(pluto, lines).env("PLUTO_EXTERNAL_ID", "resumed");
                assertThat(program.run().exitCode()).isZero();
            }
            List<LogLine> lines = lines(pluto, 1);
            assertThat(lines).isSortedAccordingTo(Comparator.comparingLong(LogLine::lineNumber));
            assertThat(lines).extracting(LogLine::lineNumber).doesNotHaveDuplicates();
            assertThat(messages(pluto, 1).subList(0, 10)).isEqualTo(numbered(1, 10));
            assertThat(messages(pluto, 1).subList(10, 30)).isEqualTo(numbered(1, 20));
        }
    }

    /** The disk hangs while the program prints: it waits for nothing, and what is in memory arrives when the disk answers. */
    @Test
    void P3_P6_a_disk_that_hangs_for_a_while_keeps_no_line_back_from_the_terminal() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Program program = parts(pluto, "5000", "waits");
            SilentDisk disk = SilentDisk.under(program, directory.resolve("hangs"), "console-");
            disk.hang();
            Running running = program.start();
            pluto.await(p -> p.runs().size() == 1, Await.LONG);
            running.awaitThat(() -> running.stdout().contains("line 5000\n"), "its last line is not printed");
            assertThat(lines(pluto, 1)).isEmpty();
            disk.answer();
            running.endInput();
            assertThat(running.await().exitCode()).isZero();
            assertThat(messages(pluto, 1)).isEqualTo(numbered(1, 5000));
        }
    }

    /** No file may grow beyond 300 KiB. Of the lines that are written together, it may have taken some. */
    @Test
    void P3_P6_lines_that_a_full_disk_does_not_take_are_counted() {
        try (FakePluto pluto = FakePluto.start()) {
            Program program = parts(pluto, "20000");
            Result result = DiskFaultsTest.onAFullDisk(program, 300).run();

            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout().lines()).hasSize(20_000);
            int arrived = lines(pluto, 1).size();
            assertThat(messages(pluto, 1)).isEqualTo(numbered(1, arrived));
            List<Integer> lost = result.agentLines().stream()
                    .map(LOST::matcher)
                    .filter(Matcher::find)
                    .map(line -> Integer.valueOf(line.group(1)))
                    .toList();
            assertThat(lost)
                    .singleElement()
                    .satisfies(count -> assertThat(count).isBetween(20_000 - arrived, 22_000 - arrived));
        }
    }
}

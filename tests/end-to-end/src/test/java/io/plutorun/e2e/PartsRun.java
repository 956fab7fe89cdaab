package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.TwoParts;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.ingest.DataRow;
import io.plutorun.fake.ingest.MetricSeries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.LongToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One execution of {@link TwoParts}, and what must be true of it whatever goes wrong. */
final class PartsRun {

    private static final int METRICS = 2;
    private static final Pattern LOST = Pattern.compile("pluto: (\\d+) values? of run \\S+ (?:was|were) not kept: .*");

    private final Path directory;
    private final int first;
    private final int second;
    private final Program program;

    /** Null before it is started. */
    private @Nullable Running started;

    /**
     * Does not start it.
     *
     * @param first steps of the first part
     * @param second steps of the second part
     */
    PartsRun(Path directory, int first, int second) {
        this.directory = directory;
        this.first = first;
        this.second = second;
        this.program = Program.of(TwoParts.class, "" + first, "" + second)
                .directory(directory)
                .env("PLUTO_START_TIMEOUT", "60s"); // enough on a busy machine too
    }

    /** To be changed before it is started. */
    Program program() {
        return program;
    }

    /** Starts it, and waits until the first part is logged. */
    void startAndLogTheFirstPart() {
        started = program.start();
        awaitSign("first");
    }

    /** Waits until the second part is logged: whatever goes wrong meanwhile keeps no call that logs. */
    void logTheSecondPart() {
        running().goOn();
        awaitSign("second");
    }

    /** Has the tracked call return. */
    void returnFromTheCall() {
        running().goOn();
        awaitSign("returned");
    }

    private Running running() {
        return Objects.requireNonNull(started);
    }

    private void awaitSign(String name) {
        running().awaitThat(() -> Files.exists(directory.resolve(name)), "its part \"" + name + "\" is not over");
    }

    /** Has it end, and looks whether it ends as it does without the agent. */
    Result end() {
        running().goOn();
        Result result = running().await();
        assertThat(result.stdout()).isEqualTo("begins\nfirst part\nsecond part\nresult " + (first + second) + "\n");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.otherLines()).isEmpty();
        return result;
    }

    /** The folder of the run's values, which may not exist yet. */
    Path values() {
        try (Stream<Path> files = Files.list(directory.resolve(".pluto/jvm"))) {
            Path journal = files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
            return journal.resolveSibling(journal.getFileName().toString().replace(".jsonl", ".values"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many values are logged. */
    int logged() {
        return METRICS * (first + second);
    }

    /**
     * Each value is there once, with what it was at its step, and nothing else.
     *
     * @param refused the steps at which the server did not take the accuracy
     */
    void assertAllArrived(FakePluto pluto, Long... refused) {
        assertAllArrivedOf(first + second, pluto, refused);
        assertThat(pluto.ingested(1).strings("part").stream().map(DataRow::data).distinct())
                .containsExactlyElementsOf(first == 0 ? List.of("second") : List.of("first", "second"));
    }

    private void assertAllArrivedOf(int steps, FakePluto pluto, Long... refused) {
        assertThat(pluto.series(1, "loss").steps())
                .containsExactly(LongStream.range(0, steps).toArray());
        assertThat(pluto.series(1, "accuracy").steps())
                .containsExactly(LongStream.range(0, steps)
                        .map(step -> 10 * step)
                        .filter(step -> !List.of(refused).contains(step))
                        .toArray());
        assertThat(pluto.ingested(1).metricNames()).containsExactlyInAnyOrder("loss", "accuracy");
        assertTrueAsFarAsArrived(pluto);
    }

    /** What has arrived is what was logged. */
    static void assertTrueAsFarAsArrived(FakePluto pluto) {
        assertTrue(pluto.series(1, "loss"), TwoParts::loss);
        assertTrue(pluto.series(1, "accuracy"), step -> step / 80.0);
    }

    private static void assertTrue(MetricSeries series, LongToDoubleFunction value) {
        assertThat(series.values())
                .as(series.toString())
                .containsExactly(
                        LongStream.of(series.steps()).mapToDouble(value).toArray());
        assertThat(series.arrivals().replaced() + series.arrivals().outdated())
                .as("sent with two meanings: " + series)
                .isZero();
    }

    /** Waits until the first part has arrived. */
    void awaitFirstPart(FakePluto pluto) {
        pluto.await(p -> arrived(p) >= METRICS * first, Await.LONG);
        assertAllArrivedOf(first, pluto);
    }

    /** How many of the values have arrived. */
    static int arrived(FakePluto pluto) {
        return pluto.series(1, "loss").size() + pluto.series(1, "accuracy").size();
    }

    /** How many values the agent says that it could not keep; it says so in one line, or in none. */
    static long lost(Result result) {
        List<String> lines = result.agentLines().stream()
                .filter(line -> LOST.matcher(line).matches())
                .toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(1);
        return lines.stream()
                .mapToLong(line -> {
                    Matcher lost = LOST.matcher(line);
                    return lost.matches() ? Long.parseLong(lost.group(1)) : 0;
                })
                .sum();
    }
}

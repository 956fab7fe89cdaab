package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.ManyRuns;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P5 for many runs at once in one JVM, at a server that takes 100 ms to answer: 200 runs in every build, 1,000, as many as
 * {@code PLUTO_MAX_RUNS} allows by default, with {@code -Dpluto.runs=1000}.
 *
 * <p>The server's clock is so much faster than the world's that beats from one thread would come too late: a round of beats for all runs
 * would take one thread a third longer than the server waits for a beat.
 */
@Order(2) // takes long
class ManyRunsTest {

    private static final int RUNS = Integer.getInteger("pluto.runs", 200);
    private static final Duration ANSWER_TAKES = Duration.ofMillis(100);
    /**
     * Up to 16 that deliver records and 4 that deliver values, and one each for beats, the journals, the files of values, system metrics, the
     * console, the end, the JVM's flags, what the threads of failed runs do, looking at files, and sending them.
     */
    private static final int MAX_AGENT_THREADS = 30;

    /** How long the server waits for a beat, and how often it looks for runs whose beats are missing. */
    private static final Duration GRACE = Duration.ofSeconds(150);

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(60);

    /** By the world's clock, how long one thread would need for a beat of every run. */
    private static final Duration ROUND_OF_ONE_THREAD = ANSWER_TAKES.multipliedBy(RUNS);

    private static final int SPEED = Math.max(1, (int) (GRACE.toMillis() * 4 / 3 / ROUND_OF_ONE_THREAD.toMillis()));

    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(10).dividedBy(SPEED);
    private static final Duration PATIENCE = Duration.ofMinutes(9);

    static Stream<Arguments> threadsAndJdks() {
        Stream<Arguments> platform = Jdk.all().stream().map(jdk -> Arguments.of("platform", jdk));
        Stream<Arguments> virtual =
                Stream.of(Jdk.newest()).filter(jdk -> jdk.feature() >= 21).map(jdk -> Arguments.of("virtual", jdk));
        return Stream.concat(platform, virtual);
    }

    @ParameterizedTest
    @MethodSource("threadsAndJdks")
    void P5_many_runs_are_kept_alive_by_a_bounded_number_of_threads_and_each_gets_its_verdict(String threads, Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always(Fault.delay(ANSWER_TAKES));
            Path directory = Directories.fresh();
            Running program = Program.of(ManyRuns.class, threads, String.valueOf(RUNS))
                    .on(jdk)
                    .directory(directory)
                    .against(pluto)
                    .env("PLUTO_HEARTBEAT_INTERVAL", HEARTBEAT_INTERVAL.toMillis() + "ms")
                    .env("PLUTO_START_TIMEOUT", PATIENCE.toSeconds() + "s")
                    .env("PLUTO_SHUTDOWN_TIMEOUT", PATIENCE.toSeconds() + "s")
                    .start();
            String kept = keptAlive(pluto, program, directory);
            program.endInput();
            pluto.await(p -> p.runs().stream().allMatch(run -> run.status().isTerminal()), PATIENCE);
            Result result = program.await();

            System.out.println(RUNS + " runs on " + threads + " threads of " + jdk + ", the server's clock " + SPEED
                    + " times as fast as the world's: " + kept + "; "
                    + result.stdout().strip());
            assertThat(pluto.runs())
                    .hasSize(RUNS)
                    .allSatisfy(run -> assertThat(run.status())
                            .as(run.name() + " " + run.events())
                            .isEqualTo(verdict(run)));
            assertThat(agentThreads(result)).as("threads of the agent").isBetween(1, MAX_AGENT_THREADS);
            assertThat(result.exitCode()).isZero();
        }
    }

    /**
     * Lets the server's clock run fast until every run would have been declared dead, had it not beaten. When methods have ended their runs
     * beat no more, and the verdicts take by the world's clock what they take: then the server's clock is an ordinary one again.
     */
    private static String keptAlive(FakePluto pluto, Running program, Path directory) {
        try (FastClock clock = new FastClock(pluto, SPEED, BETWEEN_SWEEPS)) {
            pluto.await(p -> p.runs().size() == RUNS, PATIENCE);
            Intervention.awaitThere(program, directory);
            Duration enough = clock.age().plus(GRACE).plus(BETWEEN_SWEEPS.multipliedBy(2));
            pluto.await(p -> clock.age().compareTo(enough) > 0 && leastBeats(p.runs()) >= 3, PATIENCE);
            assertThat(clock.reaped()).as("declared dead alive").isZero();
            return "at least " + leastBeats(pluto.runs()) + " beats a run, in " + clock.sweeps()
                    + " sweeps none was declared dead";
        }
    }

    private static int leastBeats(List<FakeRun> runs) {
        return runs.stream().mapToInt(FakeRun::heartbeats).min().orElse(0);
    }

    private static RunStatus verdict(FakeRun run) {
        return Integer.parseInt(run.name()) % 3 == 0 ? RunStatus.FAILED : RunStatus.COMPLETED;
    }

    private static int agentThreads(Result result) {
        Matcher count = Pattern.compile("agent threads at most (\\d+) ").matcher(result.stdout());
        assertThat(count.find()).as(result.toString()).isTrue();
        return Integer.parseInt(count.group(1));
    }
}

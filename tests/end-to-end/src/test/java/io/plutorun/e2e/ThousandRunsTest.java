package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Thousand;
import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * P5, in company: a thousand runs at once in one JVM, against a server that takes 100 ms per answer, all by the server's clock, which is
 * {@link HurriedServer hurried}. {@code -Dpluto.thousand.hurry=1} lets it take its time.
 */
@Order(2) // takes long
class ThousandRunsTest {

    private static final int RUNS = 1_000; // as many as PLUTO_MAX_RUNS allows by default
    private static final int HURRY = Integer.getInteger("pluto.thousand.hurry", 5);
    private static final Duration ANSWER_TAKES = Duration.ofMillis(100);
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(10); // as by default
    private static final int MOST_THREADS = 3;

    /** The reaper's grace, and twice the time between two sweeps of it. */
    private static final Duration LONG_ENOUGH_TO_BE_REAPED = Duration.ofSeconds(150 + 2 * 60);

    private static final Duration PATIENCE = Duration.ofMinutes(9);

    @Test
    void P5_a_thousand_runs_on_platform_threads_are_kept_alive_by_three_threads() {
        hold("platform", Jdk.all().get(0));
    }

    @Test
    void P5_a_thousand_runs_on_virtual_threads_are_kept_alive_by_three_threads() {
        Assumptions.assumeTrue(Jdk.newest().feature() >= 21, "there are no virtual threads");
        hold("virtual", Jdk.newest());
    }

    private static void hold(String threads, Jdk jdk) {
        try (FakePluto pluto = FakePluto.start();
                HurriedServer server = new HurriedServer(pluto, HURRY, ANSWER_TAKES)) {
            Path directory = Directories.fresh();
            Running program = Program.of(Thousand.class, threads, String.valueOf(RUNS))
                    .on(jdk)
                    .directory(directory)
                    .against(pluto)
                    .env(
                            "PLUTO_HEARTBEAT_INTERVAL",
                            HEARTBEAT_INTERVAL.dividedBy(HURRY).toMillis() + "ms")
                    .env("PLUTO_START_TIMEOUT", PATIENCE.toSeconds() + "s")
                    .env("PLUTO_SHUTDOWN_TIMEOUT", PATIENCE.toSeconds() + "s")
                    .start();
            Outside.awaitThere(directory);
            Duration allInside = server.age();
            Duration enough = allInside.plus(LONG_ENOUGH_TO_BE_REAPED);
            pluto.await(p -> server.age().compareTo(enough) > 0, PATIENCE);
            program.endInput();
            Result result = program.await();

            System.out.println("a thousand runs on " + threads + " threads, " + jdk + ", by the server's clock " + HURRY
                    + " times faster: all began within " + allInside.toSeconds() + " s, all ended after "
                    + server.age().toSeconds() + " s; " + tally(pluto.runs()) + "; " + server.sweeps()
                    + " sweeps reaped "
                    + server.reaped() + "; longest silence "
                    + longestSilence(pluto).toSeconds() + " s; "
                    + result.stdout().strip());
            assertThat(server.reaped()).as("reaped").isZero();
            assertThat(pluto.runs())
                    .hasSize(RUNS)
                    .allSatisfy(run -> assertThat(run.status())
                            .as(run.name() + " " + run.events())
                            .isEqualTo(expected(run)));
            assertThat(most(result)).as("threads of the agent").isBetween(1, MOST_THREADS);
            assertThat(result.exitCode()).isZero();
        }
    }

    private static RunStatus expected(FakeRun run) {
        int number = Integer.parseInt(run.name().substring("number ".length()));
        return number % 3 == 0 ? RunStatus.FAILED : RunStatus.COMPLETED;
    }

    private static int most(Result result) {
        Matcher count = Pattern.compile("agent threads at most (\\d+) ").matcher(result.stdout());
        assertThat(count.find()).as(result.toString()).isTrue();
        return Integer.parseInt(count.group(1));
    }

    private static Map<RunStatus, Integer> tally(List<FakeRun> runs) {
        Map<RunStatus, Integer> tally = new HashMap<>();
        runs.forEach(run -> tally.merge(run.status(), 1, Integer::sum));
        return tally;
    }

    /** The longest time between two beats of one run, by the server's clock. */
    private static Duration longestSilence(FakePluto pluto) {
        Map<Long, Instant> last = new HashMap<>();
        Duration longest = Duration.ZERO;
        for (Exchange beat : pluto.exchanges("/api/runs/trigger")) {
            Instant before = last.put(beat.json().path("runId").asLong(), beat.at());
            Duration silence = before == null ? Duration.ZERO : Duration.between(before, beat.at());
            longest = silence.compareTo(longest) > 0 ? silence : longest;
        }
        return longest;
    }
}

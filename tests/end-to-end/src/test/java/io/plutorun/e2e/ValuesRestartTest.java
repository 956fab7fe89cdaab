package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.ResumedCurve;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import io.plutorun.fake.ingest.MetricSeries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * P4, P6: a job that is killed three times in the middle, and goes on with its run by {@code PLUTO_RESUME=auto}, has one curve: its steps go
 * on without a gap, none is used twice, and the values stand in the order in which they were logged.
 */
class ValuesRestartTest {

    private static final int LIVES = 4;
    private static final String METRICS = "/ingest/metrics";

    private final Path directory;

    ValuesRestartTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Program life(FakePluto pluto, int life) {
        return Program.of(ResumedCurve.class, String.valueOf(life), String.valueOf(life == LIVES))
                .against(pluto)
                .directory(directory)
                .env("PLUTO_RESUME", "auto")
                .env("PLUTO_START_TIMEOUT", "60s")
                .env("PLUTO_SHUTDOWN_TIMEOUT", "60s");
    }

    /** Kills it when it has logged some values, and these are safe. */
    private void liveAndBeKilled(Program program, int life, Runnable beforeTheKill) {
        Running running = program.start();
        running.awaitThat(() -> Files.exists(directory.resolve("life-" + life)), "life " + life + " is not there yet");
        beforeTheKill.run();
        running.kill();
        assertThat(running.await().exitCode()).isEqualTo(137);
    }

    private void lastLife(FakePluto pluto) {
        Result last = life(pluto, LIVES).run();
        assertThat(last.exitCode()).isZero();
        Result sync = Outage.sync(pluto, directory);
        assertThat(sync.exitCode()).as(sync.toString()).isZero();
        assertOneCurve(pluto);
    }

    private static void assertOneCurve(FakePluto pluto) {
        assertThat(pluto.runs()).hasSize(1);
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        MetricSeries loss = pluto.series(1, "loss");
        assertThat(loss.arrivals().replaced() + loss.arrivals().outdated())
                .as("overwritten: " + loss + " " + lives(loss))
                .isZero();
        assertThat(loss.values()).as(lives(loss)).isSorted();
        assertThat(loss.steps())
                .as(lives(loss))
                .containsExactly(LongStream.range(0, loss.size()).toArray());
        for (int life = 1; life <= LIVES; life++) {
            double first = (double) ResumedCurve.FIRST_VALUE * life;
            assertThat(loss.values())
                    .as("life " + life + ": " + lives(loss))
                    .contains(first, first + ResumedCurve.VALUES);
        }
    }

    /** For a person: which step of the curve is whose. */
    private static String lives(MetricSeries loss) {
        StringBuilder text = new StringBuilder("the lives begin and end at");
        for (int i = 0; i < loss.size(); i++) {
            boolean begins = i == 0 || loss.value(i) != loss.value(i - 1) + 1 || loss.step(i) != loss.step(i - 1) + 1;
            if (begins) {
                text.append(" (")
                        .append(loss.step(i))
                        .append(": ")
                        .append((long) loss.value(i))
                        .append(")");
            }
        }
        return text.toString();
    }

    private static void awaitValuesOf(int life, FakePluto pluto) {
        double wanted = (double) ResumedCurve.FIRST_VALUE * life + ResumedCurve.VALUES;
        pluto.await(p -> DoubleStream.of(p.series(1, "loss").values()).anyMatch(value -> value >= wanted), Await.LONG);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void P4_P6_steps_go_on_from_life_to_life_whether_values_have_arrived_or_not(boolean arrived) {
        try (FakePluto pluto = FakePluto.start()) {
            for (int life = 1; life < LIVES; life++) {
                int current = life;
                liveAndBeKilled(life(pluto, life), life, arrived ? () -> awaitValuesOf(current, pluto) : () -> {});
            }
            lastLife(pluto);
        }
    }

    @Test
    void P4_P6_steps_go_on_from_what_was_sent_before_the_server_can_tell_it() {
        try (FakePluto pluto =
                FakePluto.builder().readableAfter(Duration.ofDays(1)).start()) {
            for (int life = 1; life < LIVES; life++) {
                int current = life;
                liveAndBeKilled(life(pluto, life), life, () -> awaitValuesOf(current, pluto));
            }
            lastLife(pluto);
        }
    }

    @Test
    void P4_P6_steps_go_on_behind_values_that_are_still_undelivered() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always(METRICS, Fault.ingestDatabaseDown());
            for (int life = 1; life < LIVES; life++) {
                liveAndBeKilled(life(pluto, life), life, () -> {});
            }
            pluto.faults().clear();
            lastLife(pluto);
        }
    }

    @Test
    void P4_P6_steps_go_on_when_the_server_was_away_during_the_first_two_lives() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always(Fault.dropBeforeProcessing());
            for (int life = 1; life < LIVES; life++) {
                if (life == LIVES - 1) {
                    pluto.faults().clear();
                }
                liveAndBeKilled(life(pluto, life).env("PLUTO_START_TIMEOUT", "300ms"), life, () -> {});
            }
            lastLife(pluto);
        }
    }

    @Test
    void P4_P6_steps_go_on_when_the_first_two_lives_were_offline() {
        try (FakePluto pluto = FakePluto.start()) {
            for (int life = 1; life < LIVES; life++) {
                Program program = life(pluto, life);
                liveAndBeKilled(life < LIVES - 1 ? program.env("PLUTO_MODE", "offline") : program, life, () -> {});
            }
            lastLife(pluto);
        }
    }

    @Test
    void P4_P6_lives_that_were_all_offline_are_one_curve_after_one_sync() {
        try (FakePluto pluto = FakePluto.start()) {
            for (int life = 1; life < LIVES; life++) {
                liveAndBeKilled(life(pluto, life).env("PLUTO_MODE", "offline"), life, () -> {});
            }
            assertThat(life(pluto, LIVES).env("PLUTO_MODE", "offline").run().exitCode())
                    .isZero();
            assertThat(pluto.exchanges()).isEmpty();
            Result sync = Outage.sync(pluto, directory);

            assertThat(sync.exitCode()).as(sync.toString()).isZero();
            assertOneCurve(pluto);
        }
    }
}

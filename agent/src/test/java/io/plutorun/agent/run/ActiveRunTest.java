package io.plutorun.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActiveRunTest {

    private final Path directory;

    ActiveRunTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** A run that began at a later time than it is now is one during which the clock was set back. */
    @Test
    void P5_a_clock_that_is_set_back_makes_no_run_end_before_it_began_nor_changes_how_long_it_lasted() {
        Instant start = Instant.now().plus(Duration.ofHours(1));

        RunRecord.End end = completed(SampleRun.of(directory, start));

        double seconds = (double) Objects.requireNonNull(end.evidence().get("duration_seconds"));
        assertThat(seconds).isBetween(0.0, 60.0);
        assertThat(end.at())
                .isBetween(start.plusMillis((long) (seconds * 1000)), start.plusMillis((long) (seconds * 1000) + 1));
    }

    @Test
    void a_run_ends_now_where_the_clock_went_on() {
        Instant before = Instant.now();

        RunRecord.End end = completed(SampleRun.of(directory, before.minus(Duration.ofHours(1))));

        assertThat(end.at()).isBetween(before, Instant.now());
    }

    private static RunRecord.End completed(ActiveRun run) {
        Verdict verdict = new Verdict.Completed();
        run.methodBegins();
        assertThat(run.decide(verdict)).isTrue();
        return run.record(verdict);
    }
}

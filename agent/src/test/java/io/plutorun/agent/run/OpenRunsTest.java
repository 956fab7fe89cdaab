package io.plutorun.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.run.OpenRuns.AmbiguousValues;
import io.plutorun.agent.settings.LogLevel;
import io.plutorun.agent.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which run a thread means that is in no tracked call. */
class OpenRunsTest {

    private final Path directory;
    private final OpenRuns openRuns = new OpenRuns(100, () -> 0);

    OpenRunsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private ActiveRun open() throws UntrackableException {
        ActiveRun run = SampleRun.of(directory, Instant.now());
        return openRuns.enter(run.specification(), () -> run).run();
    }

    private @Nullable ActiveRun sole() {
        Call call = openRuns.sole();
        return call == null ? null : call.run();
    }

    @Test
    void the_only_active_run_is_meant_and_of_several_none() throws UntrackableException {
        assertThat(sole()).isNull();
        ActiveRun first = open();
        assertThat(sole()).isSameAs(first);
        ActiveRun second = open();
        assertThat(sole()).isNull();
        openRuns.remove(first);
        assertThat(sole()).isSameAs(second);
        openRuns.remove(second);
        assertThat(sole()).isNull();
    }

    @Test
    void a_run_whose_verdict_is_decided_is_not_meant_though_it_is_still_being_recorded() throws UntrackableException {
        ActiveRun first = open();
        ActiveRun second = open();
        first.decide(new Verdict.Completed());
        assertThat(sole()).isSameAs(second);
        second.decide(new Verdict.Completed());
        assertThat(sole()).isNull();
    }

    @Test
    void a_value_is_ambiguous_while_several_runs_are_active_and_only_then() throws UntrackableException {
        openRuns.loggedWithoutRun();
        ActiveRun first = open();
        openRuns.loggedWithoutRun();
        assertThat(openRuns.takeAmbiguousValues()).isEqualTo(new AmbiguousValues(0, 0));

        open();
        openRuns.loggedWithoutRun();
        open();
        openRuns.loggedWithoutRun();
        first.decide(new Verdict.Completed());
        openRuns.loggedWithoutRun();
        assertThat(openRuns.takeAmbiguousValues()).isEqualTo(new AmbiguousValues(3, 3));
        assertThat(openRuns.takeAmbiguousValues().count())
                .as("each is told once")
                .isZero();
    }

    @Test
    void P1_a_value_waits_for_no_lock() throws Exception {
        ActiveRun first = open();
        synchronized (openRuns) {
            assertThat(CompletableFuture.supplyAsync(this::sole).get(20, TimeUnit.SECONDS))
                    .isSameAs(first);
        }
        open();
        synchronized (openRuns) {
            CompletableFuture.runAsync(openRuns::loggedWithoutRun).get(20, TimeUnit.SECONDS);
        }
        assertThat(openRuns.takeAmbiguousValues().count()).isEqualTo(1);
    }

    @Test
    void ambiguous_values_are_told_once_at_the_jvms_end() throws UntrackableException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunsAtJvmEnd end = new RunsAtJvmEnd(
                openRuns, SampleRun.session(directory), Console.over(out, new Redactor(Map.of()), LogLevel.WARNING));
        open();
        open();
        end.deliver(Duration.ZERO);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();

        openRuns.loggedWithoutRun();
        end.deliver(Duration.ZERO);
        end.deliver(Duration.ZERO);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("pluto: 1 value was logged where it was not clear which run it belongs to (2 runs were"
                        + " open): use Run.wrap, or keep the Run from Pluto.current()");
    }
}

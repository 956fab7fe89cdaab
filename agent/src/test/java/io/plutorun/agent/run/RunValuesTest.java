package io.plutorun.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program logs reaches the run that it belongs to. */
class RunValuesTest extends TrackerFixture {

    private static final Duration LONG = Duration.ofSeconds(20);

    RunValuesTest(@TempDir Path directory) {
        super(directory);
        sample.environment.put("PLUTO_MODE", "offline");
    }

    /** One of each kind. */
    private void logAll(@Nullable Object call) {
        tracker().log(call, "loss", Double.NaN);
        tracker().log(call, "loss", 0.5, 7);
        tracker().record(call, "text", new Object[] {"phase", "fit"});
        tracker().record(call, "text", new Object[] {"phase", "evaluate", 3L});
        tracker().record(call, "table", new Object[] {"top", List.of("a", "b"), List.of(List.of(1, 2))});
        tracker().record(call, "histogram", new Object[] {"weights", new double[] {1, 2}, 4L});
        tracker().record(call, "unreadable", new Object[0]);
    }

    @Test
    void what_is_logged_in_a_call_goes_to_its_run_alone() {
        Object first = enter();
        Object second = enter();
        KeptValues ofFirst = KeptValues.of(first);
        KeptValues ofSecond = KeptValues.of(second);

        logAll(second);

        assertThat(ofSecond.all())
                .containsExactly(
                        "loss=NaN",
                        "loss=0.5 at 7",
                        "phase is fit",
                        "phase is evaluate at 3",
                        "top [a, b] [[1, 2]]",
                        "weights of [1.0, 2.0] at 4",
                        "unreadable");
        assertThat(ofFirst.all()).isEmpty();
    }

    @Test
    void a_thread_outside_any_call_means_the_only_run() {
        Object call = enter();
        KeptValues values = KeptValues.of(call);

        tracker().log(tracker().sole(), "loss", 1);

        assertThat(values.all()).containsExactly("loss=1.0");
    }

    @Test
    void after_the_verdict_nothing_is_logged() {
        Object call = enter();
        KeptValues values = KeptValues.of(call);
        tracker().returned(call, null);

        logAll(call);

        assertThat(values.all()).isEmpty();
    }

    @Test
    void a_kind_that_a_later_version_of_the_annotations_may_know_is_nothing() {
        Object call = enter();
        KeptValues values = KeptValues.of(call);

        tracker().record(call, "hologram", new Object[] {"name", 1});

        assertThat(values.all()).isEmpty();
    }

    @Test
    void only_values_of_nobody_knows_which_run_are_counted_and_told_when_the_jvm_ends() {
        logAll(null); // without a run
        Object first = enter();
        logAll(null); // with one
        enter();
        logAll(first);
        logAll(Call.UNTRACKED);
        logAll(tracker().sole());
        tracker().log("no call of the agent's", "loss", 1);

        tracker().halting(0);

        String line =
                "pluto: 8 values were logged where it was not clear which run they belong to (2 runs were open): use"
                        + " Run.wrap, or keep the Run from Pluto.current()";
        assertTimeoutPreemptively(
                LONG,
                () -> { // it is printed by a thread that is not waited for
                    while (!lines().contains(line)) {
                        Thread.onSpinWait();
                    }
                });
    }

    @Test
    void P1_a_value_makes_no_object() {
        Object call = enter();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int turn = 0; turn < 10; turn++) { // the first ones load classes
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 1_000; i++) {
                tracker().log(call, "loss", i);
                tracker().log(call, "loss", i, i);
                tracker().log(tracker().sole(), "loss", i);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(least).as("bytes for 3,000 values").isLessThan(1_000);
    }
}

package io.plutorun.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.run.OpenRuns.Entered;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ProcessRunTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ProcessRun process = new ProcessRun();
    private final ActiveRun parents;

    ProcessRunTest(@TempDir Path directory) {
        parents = SampleRun.of(directory, Instant.EPOCH);
    }

    private static Entered own() {
        throw new AssertionError("a run of the process's own is opened");
    }

    @Test
    void a_call_that_comes_before_the_parents_run_is_joined_joins_it_and_is_no_run_of_its_own()
            throws UntrackableException {
        AtomicInteger joins = new AtomicInteger();
        process.isOfParent(() -> {
            joins.incrementAndGet();
            return new Entered(parents, false);
        });

        assertThat(process.isMeant()).isTrue();
        assertThat(process.enter(ProcessRunTest::own, LONG)).isEqualTo(new Entered(parents, false));
        process.join(LONG);
        assertThat(process.enter(ProcessRunTest::own, LONG)).isEqualTo(new Entered(parents, false));
        assertThat(joins).hasValue(1);
    }

    @Test
    void calls_wait_a_bounded_time_for_the_parents_run_while_the_disk_hangs() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        process.isOfParent(() -> {
            begun.countDown();
            try {
                hangs.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Entered(parents, false);
        });
        Thread joining = new Thread(() -> {
            try {
                process.join(LONG);
            } catch (UntrackableException e) {
                throw new IllegalStateException(e);
            }
        });
        joining.start();
        begun.await();

        assertThat(process.isMeant()).isTrue();
        assertThatThrownBy(() -> process.enter(ProcessRunTest::own, Duration.ofMillis(10)))
                .isInstanceOf(UntrackableException.class);
        hangs.countDown();
        joining.join();

        assertThat(process.enter(ProcessRunTest::own, LONG).run()).isSameAs(parents);
    }

    @Test
    void where_there_is_no_parent_nothing_is_joined() throws UntrackableException {
        process.join(LONG);

        assertThat(process.isMeant()).isFalse();
        assertThat(process.run()).isNull();
    }
}

package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.ManyJournals;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P6 for many runs that wait on disk, and a server that takes 100 ms to answer: 300 in every build, 10,000 with {@code
 * -Dpluto.journals=10000}. What it took is printed.
 */
@Order(2) // takes long
class ManyJournalsTest {

    private static final int JOURNALS = Integer.getInteger("pluto.journals", 300);
    private static final Duration ANSWER_TAKES = Duration.ofMillis(100);

    @Test
    void P6_many_journals_are_delivered_several_at_once_within_a_small_heap(@TempDir Path directory) {
        try (FakePluto pluto = FakePluto.start()) {
            Result recorded = Program.of(ManyJournals.class, String.valueOf(JOURNALS))
                    .directory(directory)
                    .env("PLUTO_MODE", "offline")
                    .run();
            assertThat(recorded.exitCode()).as(recorded.toString()).isZero();
            pluto.faults().always(Fault.delay(ANSWER_TAKES));

            long began = System.nanoTime();
            Result sync =
                    Outage.syncProgram(pluto, directory).jvmOption("-Xmx64m").run();
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            int requests = pluto.exchanges().size();
            Duration oneByOne = ANSWER_TAKES.multipliedBy(requests);
            System.out.println(JOURNALS + " journals, " + requests + " requests that take " + ANSWER_TAKES.toMillis()
                    + " ms each, delivered within 64 MiB of heap in " + took.toMillis() / 1000.0 + " s");
            assertThat(sync.stdout()).contains(JOURNALS + " delivered, 0 left");
            assertThat(sync.exitCode()).isZero();
            assertThat(pluto.runs())
                    .hasSize(JOURNALS)
                    .allSatisfy(run -> assertThat(run.status()).as(run.name()).isEqualTo(verdict(run)));
            assertThat(took).as("one after the other would take " + oneByOne).isLessThan(oneByOne.dividedBy(2));
        }
    }

    private static RunStatus verdict(FakeRun run) {
        return Integer.parseInt(run.name()) % 3 == 0 ? RunStatus.FAILED : RunStatus.COMPLETED;
    }
}

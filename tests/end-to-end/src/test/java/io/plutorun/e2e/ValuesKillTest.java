package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P6 of values under kill -9, {@code halt} and OutOfMemoryError, as often and by the same random choices as {@link KillTest}: all that was
 * logged more than 50 ms before the end is on the server in the end, and nothing else.
 */
class ValuesKillTest {

    @Test
    void P6_no_kill_of_a_training_or_of_a_sync_loses_doubles_or_changes_a_value(@TempDir Path directory)
            throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Random random = new Random(KillTest.SEED);
            LoggingTrainings trainings = new LoggingTrainings(directory, random);
            KillCampaign campaign = new KillCampaign(pluto, directory, random, trainings, RandomFaults.OF_VALUES);
            campaign.kill(KillTest.KILLS);
            Result sync = campaign.sync();
            ValueTally tally = trainings.tally(pluto);
            System.out.println("kills " + campaign.kills() + ", halts " + trainings.halts() + ", out of memory "
                    + trainings.outOfMemory() + ", seed " + KillTest.SEED);
            System.out.println(tally.line());

            assertThat(sync.exitCode()).as(sync.toString()).isZero();
            assertThat(KillTest.left(directory)).isEmpty();
            assertThat(tally.old()).isPositive();
            assertThat(tally.missing()).as("missing").isEmpty();
            assertThat(tally.wrong()).as("wrong").isEmpty();
            assertThat(tally.doubled()).as("doubled").isZero();
        }
    }
}

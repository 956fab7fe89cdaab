package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P4, P5, P6 under kill -9, a few times in every build; {@code -Dpluto.kills=200} makes it a torture, {@code -Dpluto.kills.seed} takes the
 * random choices of an earlier one (what the operating system does in between is never the same).
 */
class KillTest {

    static final int KILLS = Integer.getInteger("pluto.kills", 12);
    static final long SEED = Long.getLong("pluto.kills.seed", System.nanoTime() & 0xffff_ffffL);

    @Test
    void P4_P5_P6_no_kill_of_a_training_or_of_a_sync_doubles_loses_or_belies_a_run(@TempDir Path directory)
            throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Random random = new Random(SEED);
            DoomedTrainings trainings = new DoomedTrainings(directory, random);
            KillCampaign campaign = new KillCampaign(pluto, directory, random, trainings, RandomFaults.OF_RECORDS);
            campaign.kill(KILLS);
            Result sync = campaign.sync();
            RunTally tally = trainings.tally(pluto);
            System.out.println("kills " + campaign.kills() + ", seed " + SEED);
            System.out.println(tally.line());

            assertThat(sync.exitCode()).as(sync.toString()).isZero();
            assertThat(left(directory)).isEmpty();
            assertThat(tally.doubled()).as("doubled").isEmpty();
            assertThat(tally.lost()).as("lost").isEmpty();
            assertThat(tally.wrong()).as("wrong verdict").isEmpty();
        }
    }

    /** The journals and values that lie undelivered. */
    static List<Path> left(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(".pluto").resolve("jvm"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")
                            || file.toString().endsWith(".values"))
                    .filter(file -> !isKeptForNow(file))
                    .toList();
        }
    }

    /**
     * Whether it is a journal, or lies beside one, of which all is delivered, and which a request that was never answered may undo: see
     * docs/journal.md.
     */
    static boolean isKeptForNow(Path file) {
        try {
            Path journal = file.resolveSibling(file.getFileName().toString().replace(".values", ".jsonl"));
            String text = Files.exists(journal) ? Files.readString(journal) : "";
            return text.contains("\"unanswered\":")
                    && text.lastIndexOf("{\"delivered\":") > text.lastIndexOf("{\"record\":");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

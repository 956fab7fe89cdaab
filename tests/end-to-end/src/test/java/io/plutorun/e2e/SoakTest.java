package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P4, P5, P6 against a server with random faults, for a minute in every build; {@code -Dpluto.soak=PT10M} makes it longer, {@code -Dpluto.soak.seed} takes the
 * random choices of an earlier one (what the operating system does in between is never the same).
 */
@Order(1) // takes long
class SoakTest {

    private static final Duration LASTS = Duration.parse(System.getProperty("pluto.soak", "PT1M"));
    private static final long SEED = Long.getLong("pluto.soak.seed", System.nanoTime() & 0xffff_ffffL);

    @Test
    void P4_P5_P6_every_call_has_one_run_and_it_says_what_the_programs_own_log_says(@TempDir Path directory)
            throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Soak soak = new Soak(pluto, directory, SEED);
            soak.goOn(LASTS);
            Result sync = soak.sync();
            RunTally tally = soak.tally();
            System.out.println("soaked for " + LASTS + ", seed " + SEED + ": " + soak.line());
            System.out.println(tally.line());

            assertThat(sync.exitCode()).as(sync.toString()).isZero();
            assertThat(left(directory)).isEmpty();
            assertThat(tally.doubled()).as("doubled").isEmpty();
            assertThat(tally.lost()).as("lost").isEmpty();
            assertThat(tally.wrong())
                    .as("wrong verdict; the agent told\n" + soak.told(tally.wrong()))
                    .isEmpty();
        }
    }

    /** A program that was ended while it looked whether it can write leaves an empty file, which a start removes a minute later. */
    private static List<Path> left(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(".pluto").resolve("jvm"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".probe-"))
                    .filter(file -> !KillTest.isKeptForNow(file))
                    .toList();
        }
    }
}

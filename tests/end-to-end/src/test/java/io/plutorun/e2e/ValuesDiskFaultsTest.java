package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * P3, P6: the disk does not take what the program logs, or does not keep it. The program does not notice: its second part is over while the
 * disk is as bad as can be. Each value is on the server in the end, or is counted in the one line that tells what was not kept.
 */
class ValuesDiskFaultsTest {

    private static final String METRICS = "/ingest/metrics";

    /** More than the memory between the program and the disk holds, so that some are lost while the disk takes none. */
    private static final int MANY = 200_000;

    private static final int SOME = 20_000;

    /** Steps of the first part, where it is logged before the disk fails. */
    private static final int FIRST = 1_000;

    /** Names count like values, and so does what was on its way to the server when its file was damaged. */
    private static final long MORE_COUNTED = 3 * FIRST;

    private final Path directory;

    ValuesDiskFaultsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private PartsRun parts(FakePluto pluto, int first, int second) {
        PartsRun parts = new PartsRun(directory, first, second);
        parts.program().against(pluto).env("PLUTO_SHUTDOWN_TIMEOUT", "60s");
        return parts;
    }

    private static Result restOf(PartsRun parts, FakePluto pluto) {
        parts.returnFromTheCall();
        pluto.await(p -> p.run(1).status() == RunStatus.COMPLETED, Await.LONG);
        return parts.end();
    }

    private void assertAccountedFor(PartsRun parts, Result result, FakePluto pluto) {
        Result sync = Outage.sync(pluto, directory);
        assertThat(sync.exitCode()).as(sync.toString()).isZero();
        PartsRun.assertTrueAsFarAsArrived(pluto);
        long logged = parts.logged();
        long missing = logged - PartsRun.arrived(pluto);
        assertThat(PartsRun.lost(result)).as(result.toString()).isBetween(missing, missing + MORE_COUNTED);
        assertThat(directory.resolve(".pluto/jvm")).isEmptyDirectory();
    }

    private static long refusals(Result result) {
        return result.agentLines().stream()
                .filter(line -> line.contains("values of run PAR-1 can't be written to "))
                .count();
    }

    @Test
    void P3_P6_a_folder_that_can_t_be_made_is_told_and_all_values_are_counted() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = withoutPrivileges(parts(pluto, 0, SOME));
            parts.startAndLogTheFirstPart();
            Path folder = parts.values().resolveSibling("");
            allow(folder, "r-x------");
            parts.logTheSecondPart();
            Result result = restOf(parts, pluto);
            allow(folder, "rwx------");

            assertThat(refusals(result)).isEqualTo(1);
            assertThat(PartsRun.lost(result)).isEqualTo(parts.logged() + 1); // a text as well
            assertAccountedFor(parts, result, pluto);
        }
    }

    @Test
    void P3_P6_a_folder_that_becomes_read_only_is_told_and_what_it_does_not_take_is_counted() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = withoutPrivileges(parts(pluto, FIRST, MANY));
            parts.startAndLogTheFirstPart();
            parts.awaitFirstPart(pluto);
            Path folder = parts.values();
            allow(folder, "r-x------");
            parts.logTheSecondPart();
            Result result = restOf(parts, pluto);
            allow(whileRemoved(folder), "rwx------");

            assertThat(refusals(result)).isEqualTo(1);
            assertThat(PartsRun.lost(result)).isPositive();
            assertAccountedFor(parts, result, pluto);
        }
    }

    /** Whoever is root may write everywhere, unless that is taken away. */
    private static PartsRun withoutPrivileges(PartsRun parts) {
        if (System.getProperty("user.name").equals("root")) {
            parts.program().startedBy("setpriv", "--bounding-set=-all", "--inh-caps=-all");
        }
        return parts;
    }

    /** All that is in it has been delivered, but it can't be removed. */
    private static Path whileRemoved(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".delivered");
    }

    private static void allow(Path folder, String permissions) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }

    /** No file may grow beyond 300 KiB: the first segment of values fits, the next does not. */
    @Test
    void P3_P6_a_disk_that_is_full_while_values_are_logged_is_told_and_what_it_does_not_take_is_counted() {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, FIRST, MANY);
            DiskFaultsTest.onAFullDisk(parts.program(), 300);
            parts.startAndLogTheFirstPart();
            parts.awaitFirstPart(pluto);
            parts.logTheSecondPart();
            Result result = restOf(parts, pluto);

            assertThat(refusals(result)).isEqualTo(1);
            assertThat(PartsRun.lost(result)).isPositive();
            assertAccountedFor(parts, result, pluto);
        }
    }

    @Test
    void P3_P6_a_disk_that_hangs_for_a_while_keeps_no_call_and_what_found_no_room_is_counted() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, FIRST, MANY);
            SilentDisk disk = SilentDisk.under(parts.program(), directory.resolve("hangs"), ".values");
            parts.startAndLogTheFirstPart();
            parts.awaitFirstPart(pluto);
            disk.hang();
            parts.logTheSecondPart();
            disk.answer();
            Result result = restOf(parts, pluto);

            assertThat(PartsRun.lost(result)).isPositive();
            assertAccountedFor(parts, result, pluto);
        }
    }

    @Test
    void P3_P6_a_disk_that_hangs_to_the_end_keeps_no_call_and_what_it_did_not_take_is_counted() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, FIRST, MANY);
            parts.program().env("PLUTO_SHUTDOWN_TIMEOUT", "2s");
            SilentDisk disk = SilentDisk.under(parts.program(), directory.resolve("hangs"), ".values");
            parts.startAndLogTheFirstPart();
            parts.awaitFirstPart(pluto);
            disk.hang();
            parts.logTheSecondPart();
            Result result = restOf(parts, pluto);

            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains("had not all arrived"))
                    .hasSize(1);
            assertThat(PartsRun.lost(result)).isPositive();
            assertAccountedFor(parts, result, pluto);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 20_000})
    void P3_P6_a_file_that_somebody_truncates_costs_what_was_in_it_and_no_more(long bytes) throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, FIRST, SOME);
            pluto.faults().always(METRICS, Fault.ingestDatabaseDown());
            parts.startAndLogTheFirstPart();
            pluto.await(p -> !p.exchanges(METRICS).isEmpty(), Await.LONG);
            for (Path segment : segments(parts.values())) {
                try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                    var unused = file.truncate(bytes);
                }
            }
            parts.logTheSecondPart();
            pluto.faults().clear();
            Result result = restOf(parts, pluto);

            assertThat(PartsRun.lost(result)).isPositive();
            assertAccountedFor(parts, result, pluto);
        }
    }

    private static List<Path> segments(Path values) throws IOException {
        try (Stream<Path> files = Files.list(values)) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        }
    }

    /** None of the values has been sent when the folder goes. */
    @Test
    void P3_P6_a_folder_that_somebody_removes_is_made_anew_and_what_is_lost_is_counted() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, FIRST, SOME);
            parts.program().env("PLUTO_SHUTDOWN_TIMEOUT", "2s");
            pluto.faults().always(METRICS, Fault.ingestDatabaseDown());
            parts.startAndLogTheFirstPart();
            pluto.await(p -> !p.exchanges(METRICS).isEmpty(), Await.LONG);
            delete(parts.values());
            parts.logTheSecondPart();
            Result result = restOf(parts, pluto);
            pluto.faults().clear();

            assertAccountedFor(parts, result, pluto);
        }
    }

    @Test
    void P3_a_program_does_not_notice_that_all_that_the_agent_has_on_disk_is_removed() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            PartsRun parts = parts(pluto, FIRST, SOME);
            parts.startAndLogTheFirstPart();
            parts.awaitFirstPart(pluto);
            delete(directory.resolve(".pluto"));
            parts.logTheSecondPart();
            var unused = restOf(parts, pluto);

            PartsRun.assertTrueAsFarAsArrived(pluto);
            assertThat(PartsRun.arrived(pluto)).isGreaterThan(2 * FIRST);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

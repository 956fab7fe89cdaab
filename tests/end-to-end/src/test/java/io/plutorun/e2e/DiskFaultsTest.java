package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.TwoCalls;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P3, P6: the disk does not take what the agent would write, or does not keep it. */
class DiskFaultsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Path directory;
    private final Path notAFolder;

    DiskFaultsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.notAFolder = Files.createFile(directory.resolve("file"));
    }

    @Test
    void P6_a_folder_that_can_t_be_written_is_told_with_where_the_run_is_recorded_instead() throws IOException {
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Path home = Files.createDirectory(directory.resolve("home"));
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        String user = Files.getOwner(temporary).getName();

        assertRecordedIn(cache, recording().env("XDG_CACHE_HOME", cache.toString()));
        assertRecordedIn(home.resolve(".cache"), recording().property("user.home", home.toString()));
        assertRecordedIn(
                temporary.resolve("pluto-" + user),
                recording().property("user.home", "?").property("java.io.tmpdir", temporary.toString()));

        try (FakePluto pluto = FakePluto.start()) {
            Result sync = Outage.sync(pluto, cache, home.resolve(".cache"), temporary.resolve("pluto-" + user));
            assertThat(sync.stdout()).contains("3 delivered, 0 left");
            assertThat(pluto.runs()).hasSize(3).allMatch(run -> run.status() == RunStatus.COMPLETED);
        }
    }

    private Program recording() {
        return Outage.program()
                .directory(directory)
                .env("PLUTO_MODE", "offline")
                .env("XDG_CACHE_HOME", "")
                .env("PLUTO_DIR", notAFolder.resolve("x").toString());
    }

    private void assertRecordedIn(Path place, Program program) throws IOException {
        Result result = program.run();

        Outage.assertUnnoticed(result);
        assertThat(result.agentLines()).hasSize(2);
        assertThat(result.agentLines().get(0))
                .startsWith("pluto: runs are recorded in " + place + "/.pluto/jvm, since they can't be in " + notAFolder
                        + "/x/.pluto/jvm (");
        assertThat(result.agentLines().get(1)).contains("Work.train is recorded in " + place + "/.pluto/jvm");
        try (Stream<Path> journals = Files.list(place.resolve(".pluto/jvm"))) {
            assertThat(journals).hasSize(1);
        }
    }

    @Test
    void where_nothing_can_be_written_the_run_goes_to_the_server_all_the_same() {
        try (FakePluto pluto = FakePluto.start()) {
            Program program = Outage.program()
                    .against(pluto)
                    .directory(directory)
                    .env("XDG_CACHE_HOME", notAFolder.toString())
                    .env("PLUTO_DIR", notAFolder.resolve("x").toString());
            Result plain =
                    withoutTemporaryFolder(Outage.program().withoutAgent()).run();
            Result result = withoutTemporaryFolder(program).run();

            assertThat(result.stdout()).isEqualTo(plain.stdout());
            assertThat(result.exitCode()).isEqualTo(plain.exitCode());
            assertThat(result.otherLines()).isEqualTo(plain.otherLines());
            assertThat(result.agentLines()).hasSize(3);
            assertThat(result.agentLines().get(0))
                    .startsWith("pluto: runs can't be recorded on disk, ")
                    .contains(notAFolder + "/x/.pluto/jvm (", notAFolder + "/.pluto/jvm (", "set PLUTO_DIR");
            Outage.assertOneCompletedRun(pluto);
        }
    }

    private Program withoutTemporaryFolder(Program program) {
        return program.property("java.io.tmpdir", notAFolder.resolve("z").toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void a_full_disk_is_told_and_the_run_goes_to_the_server_all_the_same(int kibibytes) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = onAFullDisk(kibibytes).against(pluto).run();

            Outage.assertUnnoticed(result);
            assertThat(result.agentLines()).hasSize(3);
            assertThat(result.agentLines().get(0))
                    .startsWith("pluto: the record of a run on disk, " + directory + "/.pluto/jvm/")
                    .contains("can't be written (");
            Outage.assertOneCompletedRun(pluto);
            assertThat(directory.resolve(".pluto/jvm")).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void a_full_disk_and_a_server_that_is_away_are_told_and_leave_nothing_half(int kibibytes) {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always(Fault.dropBeforeProcessing());
            Result result = onAFullDisk(kibibytes)
                    .against(pluto)
                    .env("PLUTO_START_TIMEOUT", "300ms")
                    .run();
            pluto.faults().clear();

            Outage.assertUnnoticed(result);
            assertThat(result.agentLines()).hasSize(3);
            assertThat(result.agentLines().get(0)).contains("can't be written (", "is lost");
            Result sync = Outage.sync(pluto, directory);
            assertThat(sync.stdout()).contains("0 delivered, 0 left");
            assertThat(sync.exitCode()).isZero();
            assertThat(pluto.runs()).isEmpty();
        }
    }

    private Program onAFullDisk(int kibibytes) {
        return onAFullDisk(Outage.program(), kibibytes)
                .env("PLUTO_CONFIG", "{\"large\":\"" + "text ".repeat(1000) + "\"}")
                .directory(directory);
    }

    /**
     * No file may grow larger: with 2 KiB a journal's first line fits, and the start's does not. The program's own output goes through
     * pipes, which have no size.
     */
    static Program onAFullDisk(Program program, int kibibytes) {
        String limited = "ulimit -f " + kibibytes + " && exec \"$@\"";
        return program.startedBy(
                        "bash", "-c", "set -o pipefail; { (" + limited + ") 2>&1 1>&3 | cat >&2; } 3>&1 | cat", "bash")
                .jvmOption("-XX:-UsePerfData");
    }

    @Test
    void a_journal_that_is_deleted_while_its_run_goes_on_costs_neither_that_run_nor_the_next() {
        try (FakePluto pluto = FakePluto.start()) {
            Running program = Program.of(TwoCalls.class)
                    .against(pluto)
                    .directory(directory)
                    .start();
            pluto.await(server -> server.runs().size() == 1, LONG);
            delete(directory.resolve(".pluto"));
            program.endInput();
            Result result = program.await();

            assertThat(result.stdout().lines()).containsExactly("first", "second");
            assertThat(result.exitCode()).isZero();
            assertThat(result.agentLines()).hasSize(4).allMatch(line -> line.startsWith("pluto: run WOR-"));
            assertThat(pluto.runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.COMPLETED);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String HANGS = "pluto: the disk does not answer, so runs are recorded in memory until it does";

    @Test
    void P3_a_disk_that_does_not_answer_holds_up_neither_the_program_nor_its_end() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Program program = Outage.program().against(pluto).directory(directory);
            SilentDisk disk = SilentDisk.under(program, directory.resolve("hangs"), ".pluto");
            disk.hang();
            Result result = program.run(); // the disk hangs to its end, and beyond

            Outage.assertUnnoticed(result);
            assertThat(result.agentLines()).hasSize(3);
            assertThat(result.agentLines().get(0)).startsWith(HANGS);
            Outage.assertOneCompletedRun(pluto);
        }
    }

    @Test
    void P3_a_disk_that_stops_answering_while_a_run_goes_on_holds_up_neither_its_end_nor_the_next_run()
            throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Program program = Program.of(TwoCalls.class).against(pluto).directory(directory);
            SilentDisk disk = SilentDisk.under(program, directory.resolve("hangs"), ".pluto");
            Running running = program.start();
            pluto.await(server -> server.runs().size() == 1, LONG);
            running.awaitWords("run WOR-1 started");
            disk.hang();
            running.endInput();
            Result result = running.await();

            assertThat(result.stdout().lines()).containsExactly("first", "second");
            assertThat(result.exitCode()).isZero();
            assertThat(result.agentLines())
                    .hasSize(5)
                    .filteredOn(line -> line.startsWith(HANGS))
                    .hasSize(1);
            assertThat(pluto.runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.COMPLETED);
        }
    }

    @Test
    void P6_what_happened_while_the_disk_did_not_answer_is_on_it_when_it_does() throws IOException {
        Program program = Program.of(TwoCalls.class).directory(directory).env("PLUTO_MODE", "offline");
        SilentDisk disk = SilentDisk.under(program, directory.resolve("hangs"), ".pluto");
        disk.hang();
        Running running = program.start();
        running.awaitWords(HANGS);
        disk.answer();
        running.endInput();
        Result result = running.await();

        assertThat(result.stdout().lines()).containsExactly("first", "second");
        try (FakePluto pluto = FakePluto.start()) {
            Result sync = Outage.sync(pluto, directory);
            assertThat(sync.stdout()).contains("2 delivered, 0 left");
            assertThat(pluto.runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.COMPLETED);
        }
    }

    @Test
    void P6_where_the_file_system_knows_no_locks_runs_are_recorded_left_alone_while_they_go_on_and_delivered_once()
            throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Running running = NoLocks.under(
                            Program.of(TwoCalls.class).directory(directory).env("PLUTO_MODE", "offline"))
                    .start();
            running.awaitWords("is recorded in " + directory);
            assertThat(syncWithoutLocks(pluto).stdout()).contains("a process is at work on it", "0 delivered, 0 left");
            running.endInput();
            Result result = running.await();

            assertThat(result.stdout().lines()).containsExactly("first", "second");
            assertThat(result.agentLines()).hasSize(1);
            assertThat(syncWithoutLocks(pluto).stdout()).contains("2 delivered, 0 left");
            assertThat(pluto.runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.COMPLETED);
            assertThat(directory.resolve(".pluto/jvm")).as("no litter").isEmptyDirectory();
        }
    }

    private Result syncWithoutLocks(FakePluto pluto) throws IOException {
        return NoLocks.under(Outage.syncProgram(pluto, directory)).run();
    }
}

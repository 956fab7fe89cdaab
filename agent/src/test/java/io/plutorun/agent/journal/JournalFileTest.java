package io.plutorun.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plutorun.agent.api.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {

    private final Path directory;

    JournalFileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private JournalFile create(String name) throws IOException {
        return present(JournalFile.create(directory.resolve(name)));
    }

    private static JournalFile present(@Nullable JournalFile file) {
        if (file == null) {
            throw new AssertionError("somebody else has it open");
        }
        return file;
    }

    @Test
    void a_new_journal_is_its_owner_s_alone() throws IOException {
        try (JournalFile file = create("a.jsonl")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_journal_that_is_open_here_is_not_opened_a_second_time_under_any_name() throws IOException {
        try (JournalFile file = create("a.jsonl")) {
            assertThat(JournalFile.open(file.path())).isNull();
            assertThat(JournalFile.open(directory.resolve(".").resolve("a.jsonl")))
                    .isNull();
        }
        try (JournalFile again = present(JournalFile.open(directory.resolve("a.jsonl")))) {
            assertThat(again.path()).isEqualTo(directory.resolve("a.jsonl"));
        }
    }

    @Test
    void another_process_can_t_lock_a_journal_that_is_open_here() throws Exception {
        try (JournalFile file = create("a.jsonl")) {
            assertThat(lockedElsewhere(file.path())).isEqualTo("null");
            assertThat(JournalFile.open(file.path())).isNull(); // must not cost this process its lock
            assertThat(lockedElsewhere(file.path())).isEqualTo("null");
        }
        assertThat(lockedElsewhere(directory.resolve("a.jsonl"))).isNotEqualTo("null");
    }

    /** What {@code tryLock} answers in another JVM. */
    private String lockedElsewhere(Path path) throws Exception {
        Path source = Files.writeString(
                directory.resolve("Lock.java"),
                "class Lock { public static void main(String[] a) throws Exception {"
                        + " System.out.println(new java.io.RandomAccessFile(a[0], \"rw\").getChannel().tryLock()); } }");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=" + directory,
                        source.toString(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
    }

    @Test
    void a_link_is_not_followed() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "");
        Path link = Files.createSymbolicLink(directory.resolve("link.jsonl"), target);

        assertThatThrownBy(() -> JournalFile.open(link)).hasMessageContaining("is a link");
    }

    @Test
    void P6_what_is_appended_to_a_torn_journal_takes_the_torn_line_s_place() throws Exception {
        String whole = Written.text(Written.header(null), Written.start(Written.random()));
        Path path = Written.file(directory, whole + "{\"record\":\"en");
        try (JournalFile file = present(JournalFile.open(path))) {
            assertThat(file.read().torn()).isTrue();
            file.append(Written.started(7, Written.END), true);
            file.append(Written.end(RunStatus.FAILED), true);
        }
        assertThat(Files.readString(path))
                .isEqualTo(whole + Written.text(Written.started(7, Written.END), Written.end(RunStatus.FAILED)));
    }

    @Test
    void a_closed_journal_takes_no_more() throws IOException {
        JournalFile file = create("a.jsonl");
        file.append(Written.header(null), false);
        file.close();
        file.append(Written.start(Written.random()), true);

        assertThat(Files.readString(file.path())).isEqualTo(Written.text(Written.header(null)));
    }

    @Test
    void a_removed_journal_is_gone_and_another_may_have_its_name() throws IOException {
        JournalFile file = create("a.jsonl");
        file.remove();
        assertThat(file.path()).doesNotExist();
        create("a.jsonl").remove();
    }

    @Test
    void what_fails_to_be_removed_is_closed_all_the_same_and_leaks_neither_lock_nor_name() throws Exception {
        JournalFile file = create("a.jsonl");
        Files.move(file.path(), directory.resolve("moved"));
        Files.createDirectories(file.path().resolve("in the way"));
        assertThatThrownBy(file::remove).isInstanceOf(IOException.class);
        assertThat(lockedElsewhere(directory.resolve("moved"))).as("free").isNotEqualTo("null");

        Files.delete(file.path().resolve("in the way"));
        Files.delete(file.path());
        create("a.jsonl").remove();
    }

    @Test
    void a_record_that_no_reader_would_take_is_not_written_and_the_journal_stays_readable() throws Exception {
        JournalFile file = create("a.jsonl");
        file.append(Written.header(null), false);
        file.append(Written.start(Written.random()), false);
        RunRecord large = new RunRecord.Tags(java.util.List.of("x".repeat(JournalFormat.MAX_LINE_BYTES)));
        assertThatThrownBy(() -> file.append(new JournalFormat.Happened(large), false))
                .hasMessageContaining("too large");
        file.close();

        assertThat(Written.read(Files.readString(file.path())).records()).hasSize(1);
    }

    @Test
    void P3_a_write_that_fails_leaves_a_journal_that_can_be_read_and_nothing_is_written_after_it() throws Exception {
        // The limit of the shell stands in for a full disk: it cuts a write in its middle, as that does.
        Path path = directory.resolve("full.jsonl");
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f 8; exec \"$@\"",
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-Duser.home=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullDisk.class.getName(),
                        path.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(said).contains("failed: IOException");
        try (JournalFile file = present(JournalFile.open(path))) {
            JournalContents contents = file.read();
            assertThat(contents.torn()).isFalse();
            assertThat(contents.end()).isNull();
            assertThat(contents.records()).hasSizeGreaterThan(1);
        }
    }

    /** Writes until a write fails, and once more. */
    static final class FullDisk {
        public static void main(String[] path) throws IOException {
            JournalFile file = present(JournalFile.create(Path.of(path[0])));
            file.append(Written.header(null), false);
            file.append(Written.start(Written.random()), true);
            for (int i = 0; i < 100; i++) {
                try {
                    file.append(
                            new JournalFormat.Happened(
                                    new RunRecord.Tags(java.util.List.of("x".repeat(1000), String.valueOf(i)))),
                            false);
                } catch (IOException e) {
                    System.out.println("failed: " + e.getClass().getSimpleName());
                    file.append(Written.end(RunStatus.COMPLETED), true);
                    return;
                }
            }
        }
    }
}

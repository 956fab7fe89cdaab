package io.plutorun.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.ProcessLife;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is at work on a journal, where the file system knows no locks. */
class JournalLockTest {

    private final Path directory;

    JournalLockTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private boolean isAtWork(String text) throws IOException {
        return isAtWork(Written.file(directory, text));
    }

    private static boolean isAtWork(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            return JournalLock.isAtWork(path, file);
        }
    }

    private static String header(long pid, String host) {
        return Written.text(new JournalFormat.Header(null, "1", pid, host));
    }

    @Test
    void P6_a_process_is_at_work_on_its_journal_as_long_as_it_lives() throws Exception {
        Process alive = new ProcessBuilder("sleep", "60").start();
        try {
            assertThat(isAtWork(header(alive.pid(), HostName.known()))).isTrue();
        } finally {
            alive.destroyForcibly().waitFor();
        }
        assertThat(isAtWork(header(alive.pid(), HostName.known()))).isFalse();
    }

    @Test
    void whether_a_process_of_another_machine_lives_can_t_be_seen_so_its_journal_is_left_alone() throws IOException {
        assertThat(isAtWork(header(1, "another machine"))).isTrue();
    }

    @Test
    void this_process_is_not_at_work_on_a_journal_that_it_has_not_open() throws IOException {
        assertThat(isAtWork(header(ProcessHandle.current().pid(), HostName.known())))
                .isFalse();
    }

    @Test
    void an_empty_file_is_somebody_s_who_is_about_to_write_unless_it_is_old() throws IOException {
        Path empty = Written.file(directory, "");
        assertThat(isAtWork(empty)).isTrue();
        Files.setLastModifiedTime(empty, FileTime.from(Instant.now().minusSeconds(120)));
        assertThat(isAtWork(empty)).isFalse();
    }

    @Test
    void P6_another_process_that_has_the_number_now_is_not_at_work_on_it() throws Exception {
        Process alive = new ProcessBuilder("sleep", "60").start();
        try {
            long born = ProcessLife.birth(alive.pid()).orElseThrow();
            assertThat(isAtWork(header(alive.pid(), born))).isTrue();
            assertThat(isAtWork(header(alive.pid(), born - 1))).isFalse();
        } finally {
            alive.destroyForcibly().waitFor();
        }
    }

    private static String header(long pid, long born) {
        JournalFormat.Origin origin = new JournalFormat.Origin(ProcessLife.space(), born, 1);
        return Written.text(new JournalFormat.Header(null, "1", pid, HostName.known(), origin));
    }
}

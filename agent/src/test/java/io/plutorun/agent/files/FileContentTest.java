package io.plutorun.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.journal.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentTest {

    private static final Instant FINE = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final Path file;

    FileContentTest(@TempDir Path folder) throws IOException {
        this.file = Files.writeString(folder.resolve("model.bin"), "one");
    }

    private @Nullable String problem(Instant noted, Instant now) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(now));
        return new FileContent(new RunRecord.File("m", "m", file.toString(), 3, noted, null)).problem();
    }

    @Test
    void a_change_within_a_millisecond_is_seen_where_the_file_system_tells() throws IOException {
        assertThat(problem(FINE, FINE)).isNull();
        assertThat(problem(FINE, FINE.plusNanos(1000))).isEqualTo("it was changed after it had been named");
        assertThat(FileContent.modified(file.toFile())).isEqualTo(FINE.plusNanos(1000));
    }

    @Test
    void what_was_noted_in_milliseconds_is_compared_in_milliseconds() throws IOException {
        Instant coarse = Instant.ofEpochMilli(FINE.toEpochMilli());

        assertThat(problem(coarse, FINE)).isNull();
        assertThat(problem(coarse, FINE.plusMillis(1))).isNotNull();
    }
}

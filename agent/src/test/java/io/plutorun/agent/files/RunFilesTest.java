package io.plutorun.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.settings.LogLevel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final Redactor redactor = new Redactor(Map.of());
    private final Path folder;

    RunFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private RunFiles files(List<String> patterns) {
        JournalStore store =
                new JournalStore(folder, ThisJvm.ENVIRONMENT, redactor, null, "1", "host", false, line -> {});
        RunRecord.Start start = new RunRecord.Start(
                Instant.EPOCH,
                new RunRecord.Target.Create("id", false),
                "proj",
                "run",
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                RunRecord.Part.ALONE);
        Console console = Console.over(lines, redactor, LogLevel.INFO);
        RunJournal journal = store.open();
        assertThat(journal.path())
                .as("made, beside the test, before its folder goes")
                .isNotNull();
        return new RunFiles(new FilesSession(null, patterns, console), journal, start);
    }

    private String lines() {
        return lines.toString(StandardCharsets.UTF_8);
    }

    @Test
    void P3_a_search_that_a_disk_holds_up_is_told_and_holds_up_nobody() {
        CountDownLatch disk = new CountDownLatch(1);
        List<String> hanging = new AbstractList<>() {
            @Override
            public String get(int index) {
                try {
                    disk.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return "out/*.bin";
            }

            @Override
            public int size() {
                return 1;
            }
        };

        files(hanging).ending();

        assertThat(lines()).contains("PLUTO_FILES: the search had not come to its end", "run run had");
        disk.countDown();
    }

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere a name is always a text
    void a_file_that_the_locale_has_no_text_for_is_told_as_what_it_is() throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "echo x > \"$(printf 'lost\\377')\"")
                        .directory(folder.toFile())
                        .start()
                        .waitFor())
                .isZero();
        try (Stream<Path> inside = Files.list(folder)) {
            files(List.of())
                    .add(null, inside.filter(Files::isRegularFile).findFirst().orElseThrow());
        }

        assertThat(lines()).contains("is not uploaded: its name holds characters that the JVM can't read");
    }

    @Test
    void a_search_that_has_come_to_its_end_is_worth_no_line() {
        files(List.of(folder + "/missing/*.bin")).ending();

        assertThat(lines()).contains("no file is called so").doesNotContain("the search");
    }
}

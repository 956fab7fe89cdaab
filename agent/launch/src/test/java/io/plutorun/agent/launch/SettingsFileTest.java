package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    private final Path folder;

    private final List<String> warnings = new ArrayList<>();

    SettingsFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Map<String, String> read(String content) throws IOException {
        return SettingsFile.read(
                Files.writeString(folder.resolve("pluto.properties"), content).toString(), warnings);
    }

    @Test
    void keys_stand_with_or_without_pluto() throws IOException {
        assertThat(read("# a fleet's defaults\npluto.project = digits\ntags=a,b\n"))
                .containsOnly(entry("project", "digits"), entry("tags", "a,b"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void the_file_is_utf_8() throws IOException {
        assertThat(read("project=Zürich ☃")).containsOnly(entry("project", "Zürich ☃"));
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_key() throws IOException {
        assertThat(read("\uFEFFproject=digits\ntags=a")).containsOnly(entry("project", "digits"), entry("tags", "a"));
        assertThat(read("")).isEmpty();
    }

    @Test
    void a_disk_that_does_not_answer_holds_the_program_up_for_a_bounded_time() {
        CountDownLatch answers = new CountDownLatch(1);
        SettingsFile hanging = new SettingsFile("/on/a/dead/mount") {
            @Override
            public void run() {
                try {
                    answers.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try {
            assertThatThrownBy(() -> hanging.within(50))
                    .isInstanceOf(IOException.class)
                    .hasMessage("it does not answer within 50 ms");
        } finally {
            answers.countDown();
        }
    }

    @Test
    void no_file_named_is_no_settings() {
        assertThat(SettingsFile.read(null, warnings)).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_missing_file_is_told_by_its_path() {
        String path = folder.resolve("absent").toString();
        assertThat(SettingsFile.read(path, warnings)).isEmpty();
        assertThat(warnings).singleElement().asString().contains(path).contains("left out");
    }

    @Test
    void a_folder_is_no_file() {
        assertThat(SettingsFile.read(folder.toString(), warnings)).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such pipes")
    void P2_a_pipe_and_a_device_are_refused_and_never_opened() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (String path : Arrays.asList(pipe.toString(), "/dev/zero")) {
            assertThat(assertTimeoutPreemptively(Duration.ofSeconds(30), () -> SettingsFile.read(path, warnings)))
                    .isEmpty();
            assertThat(warnings)
                    .last()
                    .asString()
                    .contains("the settings file " + path + " can't be read", "it is no regular file");
        }
    }

    @Test
    void P2_no_more_than_1_MiB_is_read() throws IOException {
        char[] comment = new char[1 << 20];
        Arrays.fill(comment, '#');
        assertThat(read(new String(comment))).isEmpty();
        assertThat(warnings).isEmpty();

        assertThat(read("project=digits\n" + new String(comment))).isEmpty();
        assertThat(warnings).singleElement().asString().contains("it has more than 1 MiB");
    }

    @Test
    void a_path_that_can_not_be_is_told() {
        assertThat(SettingsFile.read("nul\0l", warnings)).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void of_a_malformed_file_nothing_is_taken_as_its_warning_says() throws IOException {
        assertThat(read("project=digits\nrun.name=\\u12\n")).isEmpty();
        assertThat(warnings).singleElement().asString().contains("its settings are left out");
    }
}

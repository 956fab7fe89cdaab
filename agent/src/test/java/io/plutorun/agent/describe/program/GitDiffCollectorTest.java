package io.plutorun.agent.describe.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.edge.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in for git is a shell script")
class GitDiffCollectorTest {

    private final Path folder;

    GitDiffCollectorTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** What is recorded where git is a script that does this. */
    private Map<String, @Nullable Object> collected(String script) throws IOException, InterruptedException {
        Path git = Files.writeString(folder.resolve("git"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(git, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new GitDiffCollector(
                        () -> Optional.of(folder),
                        folder.toString(),
                        new Redactor(Map.of("DB_PASSWORD", "correcthorsebattery")),
                        Thread::new)
                .collect();
    }

    @Test
    void the_differences_to_the_commit_and_to_the_upstream_are_recorded_without_secrets() throws Exception {
        assertThat(collected("""
                        case "$*" in
                          *HEAD*) echo "-lr = 0.1"; echo "+password = correcthorsebattery" ;;
                          *upstream*) echo "-epochs = 3" ;;
                        esac
                        """))
                .isEqualTo(Map.of(
                        "git",
                        Map.of(
                                "diff",
                                Map.of("head", "-lr = 0.1\n+password = [redacted]\n", "remote", "-epochs = 3\n"))));
    }

    @Test
    void a_branch_without_an_upstream_and_a_folder_without_changes_have_none() throws Exception {
        assertThat(collected("case \"$*\" in *upstream*) echo fatal >&2; exit 128 ;; esac"))
                .isEmpty();
    }

    @Test
    void a_large_difference_is_cut_off() throws Exception {
        assertThat(collected("yes 'a line of a large difference'"))
                .extractingByKey("git", InstanceOfAssertFactories.MAP)
                .extractingByKey("diff", InstanceOfAssertFactories.MAP)
                .extractingByKey("head", InstanceOfAssertFactories.STRING)
                .hasSizeBetween((1 << 20) - 30, (1 << 20) + 100)
                .endsWith("(cut off: the difference is larger than 1 MiB)\n");
    }

    @Test
    void without_git_or_a_repository_there_is_none() throws Exception {
        Redactor redactor = new Redactor(Map.of());
        assertThat(new GitDiffCollector(() -> Optional.of(folder), folder.toString(), redactor, Thread::new).collect())
                .isEmpty();
        assertThat(new GitDiffCollector(Optional::empty, "/usr/bin", redactor, Thread::new).collect())
                .isEmpty();
    }
}

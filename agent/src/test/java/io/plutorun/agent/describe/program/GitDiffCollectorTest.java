package io.plutorun.agent.describe.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.commands.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        assertThat(collected("case \"$*\" in *regexp*) exit 1 ;; *) yes 'a line of a large difference' ;; esac"))
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

    @Test
    void where_the_filters_are_not_known_there_is_none() throws Exception {
        assertThat(collected("case \"$*\" in *regexp*) exit 128 ;; *) echo '-lr = 0.1' ;; esac"))
                .isEmpty();
        assertThat(collected("case \"$*\" in *regexp*) printf 'filter.a=b.clean\\0' ;; *) echo '-lr = 0.1' ;; esac"))
                .isEmpty();
    }

    /** By the git of this machine: what it executes is what counts. */
    @Test
    void nothing_that_a_repository_has_configured_is_executed() throws Exception {
        Path ofMachine = Commands.find(System.getenv("PATH"), "git");
        assumeThat(ofMachine).as("a git to execute").isNotNull();
        Path git = Objects.requireNonNull(ofMachine);
        Path inner = repository(git, Files.createDirectory(folder.resolve("inner")));
        Path outer = repository(git, Files.createDirectory(folder.resolve("outer")));
        run(git, outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.toString(), "sub");
        run(git, outer, "commit", "--quiet", "--message", "sub");
        Path marker = folder.resolve("executed");
        Path script = Files.writeString(folder.resolve("any.sh"), "#!/bin/sh\necho \"$0 $*\" >> " + marker + "\ncat\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path work : List.of(outer, outer.resolve("sub"))) {
            for (String setting : List.of(
                    "filter.a.b.clean",
                    "filter.a.b.process",
                    "filter.c.clean",
                    "diff.d.textconv",
                    "diff.d.command",
                    "diff.external",
                    "core.fsmonitor",
                    "core.pager")) {
                run(git, work, "config", setting, script.toString());
            }
            run(git, work, "config", "filter.a.b.required", "true");
            run(git, work, "config", "core.hooksPath", folder.toString());
            run(git, work, "config", "diff.submodule", "diff");
            Files.writeString(work.resolve(".gitattributes"), "a.txt filter=a.b diff=d\nb.txt filter=c diff=d\n");
            Files.writeString(work.resolve("a.txt"), "lr = 0.2\n");
            Files.writeString(work.resolve("b.txt"), "epochs = 7\n");
        }
        Files.copy(script, folder.resolve("post-index-change"));
        Files.deleteIfExists(marker);

        Object found = new GitDiffCollector(
                        () -> Optional.of(outer), System.getenv("PATH"), new Redactor(Map.of()), Thread::new)
                .collect();

        assertThat(marker).doesNotExist();
        assertThat(found).asString().contains("-lr = 0.1", "+lr = 0.2", "-epochs = 3", "+epochs = 7");
    }

    private static Path repository(Path git, Path folder) throws Exception {
        run(git, folder, "init", "--quiet");
        Files.writeString(folder.resolve("a.txt"), "lr = 0.1\n");
        Files.writeString(folder.resolve("b.txt"), "epochs = 3\n");
        run(git, folder, "add", ".");
        run(git, folder, "commit", "--quiet", "--message", "first");
        return folder;
    }

    private static void run(Path git, Path folder, String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(git.toString(), "-c", "user.name=me", "-c", "user.email=me@host"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    }
}

package io.plutorun.agent.describe.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.plutorun.agent.json.JsonObjects;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repositories of every kind, made of files as git lays them out. */
class GitCollectorTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String OTHER = "f".repeat(40);
    private static final Instant CHANGED = Instant.ofEpochSecond(1_700_000_000, 123_000_000);

    private final Path root;

    GitCollectorTest(@TempDir Path root) {
        this.root = root;
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Map<String, @Nullable Object> git(Path folder) {
        GitCollector collector = new GitCollector(folder, List::of, Map.of());
        Map<String, @Nullable Object> part = collector.collect();
        if (collector.hasLeftChanges()) {
            part = JsonObjects.merge(part, collector.changes());
        }
        Object git = part.get("git");
        @SuppressWarnings("unchecked")
        Map<String, @Nullable Object> fields = git == null ? Map.of() : (Map<String, @Nullable Object>) git;
        return fields;
    }

    @Test
    void a_branch_and_its_commit_are_read_from_the_files_from_a_folder_deep_inside() throws IOException {
        file(".git/HEAD", "ref: refs/heads/feature/x\n");
        file(".git/refs/heads/feature/x", COMMIT + "\n");
        file(".git/config", """
                [core]
                \turl = no remote
                [remote "upstream"]
                \turl = https://example.com/other.git
                [remote "origin"]
                \turl = https://user:secret@example.com/team/code.git
                """);
        Files.createDirectories(root.resolve("src/main"));

        assertThat(git(root.resolve("src/main")))
                .isEqualTo(Map.of(
                        "url",
                        "https://example.com/team/code.git",
                        "root",
                        root.toString(),
                        "branch",
                        "feature/x",
                        "commit",
                        COMMIT,
                        "diff",
                        Map.of()));
    }

    @Test
    void a_commit_that_is_packed_is_found() throws IOException {
        file(".git/HEAD", "ref: refs/heads/main\n");
        file(
                ".git/packed-refs",
                "# pack-refs with: peeled\n" + OTHER + " refs/heads/other\n" + COMMIT + " refs/heads/main\n^" + OTHER
                        + "\n");

        assertThat(git(root)).containsEntry("commit", COMMIT).containsEntry("branch", "main");
    }

    @Test
    void a_detached_head_has_a_commit_and_no_branch() throws IOException {
        file(".git/HEAD", COMMIT + "\n");

        assertThat(git(root)).containsEntry("commit", COMMIT).doesNotContainKey("branch");
    }

    @Test
    void a_repository_without_a_commit_has_a_branch() throws IOException {
        file(".git/HEAD", "ref: refs/heads/main\n");

        assertThat(git(root)).containsEntry("branch", "main").doesNotContainKey("commit");
    }

    @Test
    void a_work_tree_and_a_submodule_point_to_their_folders() throws IOException {
        file("main/.git/config", "[remote \"origin\"]\n url = git@example.com:team/code.git\n");
        file("main/.git/packed-refs", COMMIT + " refs/heads/side\n");
        file("main/.git/worktrees/side/HEAD", "ref: refs/heads/side\n");
        file("main/.git/worktrees/side/commondir", "../..\n");
        file("side/.git", "gitdir: " + root.resolve("main/.git/worktrees/side") + "\n");
        file("main/.git/modules/sub/HEAD", OTHER + "\n");
        file("main/sub/.git", "gitdir: ../.git/modules/sub\n");

        assertThat(git(root.resolve("side")))
                .containsEntry("commit", COMMIT)
                .containsEntry("branch", "side")
                .containsEntry("url", "git@example.com:team/code.git");
        assertThat(git(root.resolve("main/sub"))).containsEntry("commit", OTHER);
    }

    @Test
    void a_repository_around_the_class_path_counts_where_there_is_none_around_the_working_folder() throws IOException {
        file("code/.git/HEAD", COMMIT + "\n");
        Path classes = Files.createDirectories(root.resolve("code/target/classes"));
        Path jar = Files.createFile(root.resolve("lib.jar"));
        Path work = Files.createDirectories(root.resolve("work"));

        assertThat(new GitCollector(work, () -> List.of(jar, classes), Map.of())
                        .collect()
                        .toString())
                .contains(COMMIT);
    }

    @Test
    void without_a_repository_what_the_build_has_written_beside_the_classes_says_it() throws IOException {
        Path work = Files.createDirectories(root.resolve("work"));
        Path classes = root.resolve("classes");
        file("classes/git.properties", """
                git.commit.id=%s
                git.commit.id.abbrev=0123456
                git.branch=release
                git.dirty=true
                git.remote.origin.url=https\\://me\\:secret@example.com/code.git
                """.formatted(COMMIT));
        file(
                "classes/META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nImplementation-Title: app\nImplementation-Version: 1.4\n\n");

        assertThat(new GitCollector(work, () -> List.of(classes), Map.of("GIT_COMMIT", OTHER)).collect())
                .isEqualTo(Map.of(
                        "git",
                        Map.of(
                                "url",
                                "https://example.com/code.git",
                                "branch",
                                "release",
                                "commit",
                                COMMIT,
                                "dirty",
                                true,
                                "diff",
                                Map.of()),
                        "program",
                        Map.of("title", "app", "version", "1.4")));
    }

    @Test
    void without_a_repository_the_variables_of_a_build_say_it() throws IOException {
        Files.createDirectories(root.resolve("empty"));
        GitCollector collector = new GitCollector(
                root.resolve("empty"), List::of, Map.of("CI_COMMIT_SHA", COMMIT, "CI_COMMIT_REF_NAME", "main"));

        assertThat(collector.collect())
                .isEqualTo(Map.of("git", Map.of("commit", COMMIT, "branch", "main", "diff", Map.of())));
        assertThat(new GitCollector(root.resolve("empty"), List::of, Map.of("GIT_COMMIT", "unknown")).collect())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "https://example.com/a.git,https://example.com/a.git",
                "https://user:p%40ss@example.com:8443/a.git,https://example.com:8443/a.git",
                "https://ghp_0123456789@example.com/a.git,https://example.com/a.git",
                "https://example.com/a.git?token=secret,https://example.com/a.git",
                "ssh://git@example.com/a.git,ssh://example.com/a.git",
                "git@example.com:team/a.git,git@example.com:team/a.git",
                "/srv/git/a.git,none",
                "../a.git,none",
                "file:///srv/git/a.git,none",
                "https://us er@example.com/a,none"
            })
    void a_remote_is_shown_without_what_is_secret_and_in_a_form_that_the_card_takes(
            String remote, @Nullable String shown) {
        assertThat(GitCollector.shown(remote)).isEqualTo(shown);
    }

    /** An index of version 2 with one file, as git wrote it when the file had this content and this time. */
    private void index(String name, String content, Instant time) throws IOException, GeneralSecurityException {
        index(name, content, time, 1);
    }

    /** The same with that file so many times. */
    private void index(String name, String content, Instant time, int times)
            throws IOException, GeneralSecurityException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(entry);
        for (int i = 0; i < 2; i++) { // the inode's time, the file's
            out.writeInt((int) time.getEpochSecond());
            out.writeInt(time.getNano());
        }
        out.writeInt(0); // device
        out.writeInt(0); // inode
        out.writeInt(0x81A4);
        out.writeInt(0); // user
        out.writeInt(0); // group
        out.writeInt(bytes.length);
        MessageDigest sha = MessageDigest.getInstance("SHA-1");
        sha.update(("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII));
        out.write(sha.digest(bytes));
        out.writeShort(path.length);
        out.write(path);
        out.write(new byte[8 - (62 + path.length) % 8]);
        file(".git/HEAD", COMMIT);
        Files.write(
                root.resolve(".git/index"),
                ByteBuffer.allocate(12 + times * entry.size())
                        .put("DIRC".getBytes(StandardCharsets.US_ASCII))
                        .putInt(2)
                        .putInt(times)
                        .put(entry.toString(StandardCharsets.ISO_8859_1)
                                .repeat(times)
                                .getBytes(StandardCharsets.ISO_8859_1))
                        .array());
    }

    private void workFile(String name, String content, Instant time) throws IOException {
        file(name, content);
        Files.setLastModifiedTime(root.resolve(name), FileTime.from(time));
    }

    @Test
    void files_as_git_last_saw_them_are_clean_and_files_that_git_does_not_know_do_not_count() throws Exception {
        index("src/Train.java", "class Train {}", CHANGED);
        workFile("src/Train.java", "class Train {}", CHANGED);
        file("notes.txt", "unknown to git");

        assertThat(git(root)).containsEntry("dirty", false);
    }

    @Test
    void a_file_that_was_only_touched_is_clean() throws Exception {
        index("Train.java", "class Train {}", CHANGED);
        workFile("Train.java", "class Train {}", CHANGED.plusSeconds(60));

        assertThat(git(root)).containsEntry("dirty", false);
    }

    @Test
    void a_file_of_another_content_size_or_none_at_all_is_dirty() throws Exception {
        index("Train.java", "class Train {}", CHANGED);
        workFile("Train.java", "class Drain {}", CHANGED.plusSeconds(60));
        assertThat(git(root)).containsEntry("dirty", true);

        workFile("Train.java", "class Train { }", CHANGED);
        assertThat(git(root)).containsEntry("dirty", true);

        Files.delete(root.resolve("Train.java"));
        assertThat(git(root)).containsEntry("dirty", true);
    }

    @Test
    void changes_that_a_look_shows_among_few_files_are_told_with_the_commit_and_others_apart() throws Exception {
        GitCollector collector = new GitCollector(root, List::of, Map.of());
        workFile("Train.java", "class Train {}", CHANGED);

        index("Train.java", "class Train {}", CHANGED, 100);
        assertThat(collector.collect()).extractingByKey("git", MAP).containsEntry("dirty", false);
        assertThat(collector.hasLeftChanges()).isFalse();

        index("Train.java", "class Train {}", CHANGED, 1000);
        assertThat(collector.collect()).extractingByKey("git", MAP).doesNotContainKey("dirty");
        assertThat(collector.hasLeftChanges()).isTrue();
        assertThat(collector.changes()).isEqualTo(Map.of("git", Map.of("dirty", false)));

        workFile("Train.java", "class Drain {}", CHANGED.plusSeconds(60));
        index("Train.java", "class Train {}", CHANGED, 1);
        assertThat(collector.collect()).extractingByKey("git", MAP).doesNotContainKey("dirty");
        assertThat(collector.hasLeftChanges()).isTrue();
        assertThat(collector.changes()).isEqualTo(Map.of("git", Map.of("dirty", true)));
    }

    @Test
    void of_an_index_that_can_t_be_read_nothing_is_said() throws IOException {
        file(".git/HEAD", COMMIT);
        file(".git/index", "DIRC and nonsense");

        assertThat(git(root)).doesNotContainKey("dirty").containsEntry("commit", COMMIT);
    }

    @Test
    void what_the_build_has_written_may_be_in_utf_8_in_latin_1_or_in_numbers() throws IOException {
        Path work = Files.createDirectories(root.resolve("work"));
        Path file = Files.createDirectories(root.resolve("classes")).resolve("git.properties");
        String branch = "für-日本";
        String commit = "git.commit.id=" + COMMIT + "\ngit.branch=";
        for (byte[] written : List.of(
                (commit + branch).getBytes(StandardCharsets.UTF_8),
                (commit + "f\\u00fcr-\\u65e5\\u672c").getBytes(StandardCharsets.US_ASCII),
                (commit + "für-\\u65e5\\u672c").getBytes(StandardCharsets.ISO_8859_1))) {
            Files.write(file, written);
            assertThat(new GitCollector(work, () -> List.of(file.getParent()), Map.of()).collect())
                    .extractingByKey("git", MAP)
                    .containsEntry("branch", branch);
        }
    }
}

package io.plutorun.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FilePatternTest {

    private final Path directory;

    FilePatternTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void someFiles() throws IOException {
        for (String file :
                List.of("a.html", "b.html", "c.txt", "deep/d.html", "deep/er/e.html", ".hidden/f.html", ".g.html")) {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "x");
        }
    }

    private List<String> found(String pattern) {
        List<String> found = new ArrayList<>();
        String problem = new FilePattern(
                        directory + "/" + pattern,
                        (name, file) ->
                                found.add(directory.relativize(file.toPath()).toString()))
                .search();
        if (!problem.isEmpty()) {
            found.add(problem);
        }
        return found;
    }

    @Test
    void a_star_and_a_question_mark_stand_for_characters_of_a_name() {
        assertThat(found("*.html")).containsExactly("a.html", "b.html");
        assertThat(found("?.txt")).containsExactly("c.txt");
        assertThat(found("*/*.html")).containsExactly("deep/d.html");
        assertThat(found("*.none")).containsExactly("no file is called so");
    }

    @Test
    void two_stars_stand_for_folders_in_folders_and_for_none() {
        assertThat(found("**/*.html")).containsExactly("a.html", "b.html", "deep/d.html", "deep/er/e.html");
    }

    @Test
    void two_stars_behind_two_stars_find_no_file_twice() {
        assertThat(found("**/**/*.html")).containsExactly("a.html", "b.html", "deep/d.html", "deep/er/e.html");
    }

    @Test
    void P3_many_stars_take_no_longer_than_a_moment() throws IOException {
        Path file = Files.createFile(directory.resolve("a".repeat(200)));

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(found("*a".repeat(40) + "b")).containsExactly("no file is called so"));
        assertThat(found("*a".repeat(40) + "*"))
                .containsExactly(file.getFileName().toString());
        assertThat(found("*aa?a*")).containsExactly(file.getFileName().toString());
        assertThat(found("*.ht*ml*")).containsExactly("a.html", "b.html");
        assertThat(found("a?html")).containsExactly("a.html");
        assertThat(found("?a.html")).containsExactly("no file is called so");
    }

    @Test
    void what_begins_with_a_dot_is_meant_only_by_name() {
        assertThat(found(".hidden/*")).containsExactly(".hidden/f.html");
        assertThat(found(".*.html")).containsExactly(".g.html");
    }

    @Test
    void a_name_behind_wildcards_is_told_only_where_it_is_there() {
        assertThat(found("**/d.html")).containsExactly("deep/d.html");
        assertThat(found("*/er/e.html")).containsExactly("deep/er/e.html");
        assertThat(found("**/er")).containsExactly("no file is called so");
    }

    @Test
    void a_name_without_wildcards_is_told_whether_it_is_there_or_not() {
        assertThat(found("missing.bin")).containsExactly("missing.bin");
    }

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere a name is always a text
    void what_the_locale_has_no_text_for_is_told_where_it_is_meant() throws Exception {
        String make = "d=$(printf 'lost\\377'); echo x > \"$d.bin\"; mkdir \"$d\"; echo x > \"$d/c.bin\"";
        assertThat(new ProcessBuilder("sh", "-c", make)
                        .directory(directory.toFile())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(found("*.html")).containsExactly("a.html", "b.html");
        assertThat(found("*.bin")).singleElement().asString().startsWith("1 name holds characters that the JVM can't");
        assertThat(found("lost?/*.bin"))
                .singleElement()
                .asString()
                .startsWith("1 name holds")
                .contains("LC_ALL=C.UTF-8, such as " + directory);
        assertThat(found("**/*.bin")).singleElement().asString().startsWith("2 names hold");
    }

    @Test
    void a_link_that_leads_back_is_not_followed_by_a_wildcard_and_is_by_its_name() throws IOException {
        Files.createSymbolicLink(directory.resolve("deep/back"), directory);

        assertThat(found("**/*.html")).containsExactly("a.html", "b.html", "deep/d.html", "deep/er/e.html");
        assertThat(found("deep/back/*.txt")).containsExactly("deep/back/c.txt");
    }

    @Test
    void more_files_than_anybody_wants_are_told() throws IOException {
        Path many = Files.createDirectory(directory.resolve("many"));
        for (int i = 0; i < 1100; i++) {
            Files.createFile(many.resolve("f" + i));
        }

        List<String> found = found("many/*");

        assertThat(found).hasSize(1001);
        assertThat(found.get(1000)).contains("more than 1000 files");
    }

    @Test
    void of_an_absolute_pattern_too_the_folders_tell_files_of_one_name_apart() throws IOException {
        Files.createDirectories(directory.resolve("other"));
        Files.writeString(directory.resolve("other/d.html"), "y");
        List<String> names = new ArrayList<>();

        assertThat(new FilePattern(directory + "/*/d.html", (name, file) -> names.add(name)).search())
                .isEmpty();
        assertThat(new FilePattern(directory + "/a.html", (name, file) -> names.add(name)).search())
                .isEmpty();

        String root = directory.getRoot().relativize(directory).toString().replace(File.separatorChar, '/');
        assertThat(names).containsExactly(root + "/deep/d.html", root + "/other/d.html", root + "/a.html");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its folders have no such permissions")
    void a_folder_that_may_not_be_read_does_not_end_the_search_in_others() throws IOException {
        Path closed = directory.resolve("deep/closed");
        Files.createDirectories(closed);
        Files.setPosixFilePermissions(closed, Set.of());
        assumeThat(Files.isReadable(closed)).as("to root all is open").isFalse();

        assertThat(found("**/*.html"))
                .containsExactly(
                        "a.html",
                        "b.html",
                        "deep/d.html",
                        "deep/er/e.html",
                        "the folder " + closed + " may not be read; it is passed over");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
}

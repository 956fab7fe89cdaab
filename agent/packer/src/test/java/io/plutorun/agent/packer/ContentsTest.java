package io.plutorun.agent.packer;

import static io.plutorun.agent.packer.ClassFiles.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentsTest {

    private final Path folder;

    ContentsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Map<String, byte[]> contents(boolean multiRelease, Map<String, byte[]> entries) throws IOException {
        Map<String, byte[]> contents =
                Contents.ofJar(ClassFiles.jar(folder.resolve("library.jar"), multiRelease, entries));
        contents.remove(JarFile.MANIFEST_NAME);
        return contents;
    }

    @Test
    void of_a_multi_release_jar_the_highest_release_up_to_17_is_taken() throws IOException {
        Map<String, byte[]> contents = contents(
                true,
                Map.of(
                        "a/A.class", bytes("base"),
                        "META-INF/versions/9/a/A.class", bytes("nine"),
                        "META-INF/versions/17/a/A.class", bytes("seventeen"),
                        "META-INF/versions/21/a/A.class", bytes("twenty-one"),
                        "a/B.class", bytes("base"),
                        "META-INF/versions/18/a/B.class", bytes("eighteen"),
                        "META-INF/versions/11/a/Only11.class", bytes("eleven"),
                        "META-INF/versions/21/a/Only21.class", bytes("twenty-one")));
        assertThat(contents).containsOnlyKeys("a/A.class", "a/B.class", "a/Only11.class");
        assertThat(contents.get("a/A.class")).isEqualTo(bytes("seventeen"));
        assertThat(contents.get("a/B.class")).isEqualTo(bytes("base"));
        assertThat(contents.get("a/Only11.class")).isEqualTo(bytes("eleven"));
    }

    @Test
    void a_jar_that_is_not_multi_release_has_no_such_entries() throws IOException {
        Map<String, byte[]> contents =
                contents(false, Map.of("a/A.class", bytes("base"), "META-INF/versions/9/a/A.class", bytes("nine")));
        assertThat(contents.get("a/A.class")).isEqualTo(bytes("base"));
    }

    @Test
    void module_descriptors_are_left_out() throws IOException {
        assertThat(contents(
                        true,
                        Map.of(
                                "module-info.class", bytes("m"),
                                "META-INF/versions/9/module-info.class", bytes("m"),
                                "a/A.class", bytes("a"))))
                .containsOnlyKeys("a/A.class");
        Files.write(folder.resolve("module-info.class"), bytes("m"));
        assertThat(Contents.ofDirectory(folder)).doesNotContainKey("module-info.class");
    }

    @Test
    void a_directory_is_read_with_its_folders() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.write(folder.resolve("a/b/C.class"), bytes("c"));
        Files.write(folder.resolve("top"), bytes("t"));
        assertThat(Contents.ofDirectory(folder)).containsOnlyKeys("a/b/C.class", "top");
    }
}

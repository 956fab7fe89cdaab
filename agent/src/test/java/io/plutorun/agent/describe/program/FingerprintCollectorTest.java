package io.plutorun.agent.describe.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plutorun.agent.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintCollectorTest {

    private final Path root;

    FingerprintCollectorTest(@TempDir Path root) {
        this.root = root;
    }

    private String ofProgram(Path folder) throws IOException {
        ClassPath classPath = ClassPath.read(folder.toString(), "", "", null);
        return String.valueOf(Json.object(new FingerprintCollector(() -> classPath, "17", List::of)
                        .collect()
                        .get("fingerprint"))
                .get("program"));
    }

    private Path folder(String name, String... files) throws IOException {
        Path folder = root.resolve(name);
        for (String file : files) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), "class " + file);
        }
        return folder;
    }

    @Test
    void the_same_classes_have_the_same_one_wherever_they_lie_and_whenever_they_were_written() throws IOException {
        Path one = folder("one", "a/B.class", "a/C.class", "D.class");
        Path other = folder("other", "D.class", "a/C.class", "a/B.class");

        assertThat(ofProgram(one)).isEqualTo(ofProgram(other));
    }

    @Test
    void another_content_or_another_name_has_another_one() throws IOException {
        String before = ofProgram(folder("one", "a/B.class"));
        Files.writeString(root.resolve("one/a/B.class"), "class other");

        assertThat(ofProgram(root.resolve("one"))).isNotEqualTo(before);
        assertThat(ofProgram(folder("other", "a/C.class"))).isNotEqualTo(before);
    }

    @Test
    void what_is_no_file_does_not_count_and_no_link_is_followed_back() throws IOException {
        Path folder = folder("one", "a/B.class");
        String before = ofProgram(folder);

        Files.createDirectories(folder.resolve("left/by/a/build"));
        Files.createSymbolicLink(folder.resolve("a/back"), folder);
        Files.createSymbolicLink(folder.resolve("a/nowhere"), root.resolve("absent"));

        assertThat(ofProgram(folder)).isEqualTo(before);
    }

    @Test
    void a_folder_that_is_a_link_is_looked_into() throws IOException {
        Path folder = folder("one", "a/B.class");
        Path link = Files.createSymbolicLink(root.resolve("link"), folder);

        assertThat(ofProgram(link)).isEqualTo(ofProgram(folder));
    }

    @Test
    void nothing_is_said_where_the_name_of_a_file_can_t_be_read() throws Exception {
        Path folder = folder("one", "a/B.class");
        Process process = new ProcessBuilder("sh", "-c", "echo x > \"$(printf 'C\\377.class')\"")
                .directory(folder.toFile())
                .start();
        assertThat(process.waitFor()).isZero();

        assertThatThrownBy(() -> ofProgram(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("locale");
    }
}

package io.plutorun.agent.packer;

import static io.plutorun.agent.packer.ClassFiles.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainEngineTest {

    private static final String DOOR = "java/lang/PlutoBridge.class";
    private static final byte[] OWN = ClassFiles.calling("io/Engine", "lib/Used");
    private static final byte[] UNUSED = ClassFiles.annotated("lib/Unused", "Lkotlin/Metadata;");
    private static final byte[] LOGS = ClassFiles.calling("okhttp3/Logs", "java/util/logging/Logger");

    private final Path folder;

    PlainEngineTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path library(Map<String, byte[]> entries) throws IOException {
        Files.createDirectories(folder.resolve("libraries"));
        return ClassFiles.jar(folder.resolve("libraries/library-1.jar"), false, entries);
    }

    @Test
    void every_class_is_there_as_its_compiler_wrote_it_and_under_its_own_name() throws IOException {
        Path library = library(Map.of(
                "lib/Unused.class",
                UNUSED,
                "okhttp3/Logs.class",
                LOGS,
                "lib/data.txt",
                bytes("data"),
                "META-INF/NOTICE",
                bytes("notice")));

        Map<String, byte[]> plain = PlainEngine.of(Map.of("io/Engine.class", OWN), List.of(library));

        assertThat(plain).containsOnlyKeys("io/Engine.class", "lib/Unused.class", "okhttp3/Logs.class", "lib/data.txt");
        assertThat(plain.get("io/Engine.class")).isEqualTo(OWN);
        assertThat(plain.get("lib/Unused.class")).isEqualTo(UNUSED);
        assertThat(plain.get("okhttp3/Logs.class")).isEqualTo(LOGS);
    }

    @Test
    void an_own_class_goes_before_a_librarys_of_the_same_name() throws IOException {
        Path library = library(Map.of("io/Engine.class", UNUSED));

        assertThat(PlainEngine.of(Map.of("io/Engine.class", OWN), List.of(library)))
                .containsEntry("io/Engine.class", OWN);
    }

    @Test
    void the_switch_decides_which_archive_is_written() throws IOException {
        library(Map.of("lib/Unused.class", UNUSED));

        assertThat(build("plain", "true")).containsKeys("io/Engine.class", "lib/Unused.class", DOOR);
        assertThat(build("packed", "false"))
                .containsKeys("io/Engine.class", DOOR)
                .doesNotContainKey("lib/Unused.class");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build("neither", "yes"))
                .withMessage("pluto.plain must be true or false, not yes");
    }

    /** What the build step writes, with the switch as it stands on the command line. */
    private Map<String, byte[]> build(String to, String plain) throws IOException {
        file("launch/" + DOOR, ClassFiles.calling("java/lang/PlutoBridge"));
        file("engine/io/Engine.class", ClassFiles.calling("io/Engine"));
        file("licences.txt", bytes("(Apache-2.0) Library (org.example:library:1 - no url defined)"));
        EnginePacker.main(new String[] {
            folder.resolve("launch").toString(),
            folder.resolve("engine").toString(),
            folder.resolve("libraries").toString(),
            folder.resolve(to).toString(),
            folder.resolve("licences.txt").toString(),
            plain
        });
        return ClassFiles.unzip(folder.resolve(to).resolve("pluto-engine.jar"));
    }

    private void file(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}

package io.plutorun.agent.packer;

import static io.plutorun.agent.packer.ClassFiles.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;

class EnginePackerTest {

    private static final String DOOR = "java/lang/PlutoBridge.class";

    private final Path folder;

    EnginePackerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void a_build() throws IOException {
        file("launch/io/Launch.class", ClassFiles.calling("io/Launch"));
        file("launch/" + DOOR, ClassFiles.calling("java/lang/PlutoBridge"));
        file("engine/io/Engine.class", ClassFiles.calling("io/Engine", "lib/Used"));
        file("engine/io/version.txt", bytes("1"));
        Files.createDirectories(folder.resolve("libraries"));
        library(Map.of(
                "lib/Used.class", ClassFiles.calling("lib/Used"),
                "lib/Unused.class", ClassFiles.calling("lib/Unused"),
                "META-INF/proguard/rules.pro", bytes("-keep"),
                "okhttp3/internal/publicsuffix/PublicSuffixDatabase.list", bytes("com")));
    }

    private void file(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private Path library(Map<String, byte[]> entries) throws IOException {
        return ClassFiles.jar(folder.resolve("libraries/library.jar"), false, entries);
    }

    private Path pack(String to) throws IOException {
        Path root = folder.resolve(to);
        EnginePacker.main(new String[] {
            folder.resolve("launch").toString(),
            folder.resolve("engine").toString(),
            folder.resolve("libraries").toString(),
            root.toString()
        });
        return root;
    }

    private Map<String, byte[]> pack(Map<String, byte[]> library, byte[] engineClass) throws IOException {
        return EnginePacker.pack(Map.of("io/Engine.class", engineClass), List.of(library(library)));
    }

    @Test
    void at_the_root_stand_the_launch_classes_and_one_archive() throws IOException {
        assertThat(Contents.ofDirectory(pack("jar"))).containsOnlyKeys("io/Launch.class", "pluto-engine.jar");
    }

    @Test
    void the_engine_has_its_own_classes_what_they_reach_and_the_door() throws IOException {
        assertThat(ClassFiles.unzip(pack("jar").resolve("pluto-engine.jar")))
                .containsOnlyKeys("io/Engine.class", "io/version.txt", DOOR, "lib/Used.class");
    }

    @Test
    void what_is_reached_and_never_executed_is_left_out() throws IOException {
        Map<String, byte[]> packed = pack(
                Map.of(
                        "okhttp3/Client.class",
                                ClassFiles.calling("okhttp3/Client", "okhttp3/Cache", "okhttp3/CacheControl"),
                        "okhttp3/Cache.class", ClassFiles.calling("okhttp3/Cache"),
                        "okhttp3/CacheControl.class", ClassFiles.calling("okhttp3/CacheControl")),
                ClassFiles.calling("io/Engine", "okhttp3/Client"));

        assertThat(packed)
                .containsOnlyKeys(
                        "io/Engine.class",
                        "io/plutorun/agent/okhttp3/Client.class",
                        "io/plutorun/agent/okhttp3/CacheControl.class");
    }

    @Test
    void monitoring_agents_do_not_know_the_agents_okhttp() throws IOException {
        Map<String, byte[]> packed = pack(
                Map.of("okhttp3/Client.class", ClassFiles.calling("okhttp3/Client")),
                ClassFiles.calling("io/Engine", "okhttp3/Client"));

        assertThat(packed).containsOnlyKeys("io/Engine.class", "io/plutorun/agent/okhttp3/Client.class");
        assertThat(ConstantPool.of(Objects.requireNonNull(packed.get("io/Engine.class")))
                        .texts())
                .contains("io/plutorun/agent/okhttp3/Client")
                .doesNotContain("okhttp3/Client");
    }

    @Test
    void what_a_training_loads_is_stored_and_what_only_the_command_line_loads_is_deflated() throws IOException {
        file("engine/io/plutorun/agent/cli/Command.class", ClassFiles.calling("io/plutorun/agent/cli/Command"));
        try (ZipFile zip = new ZipFile(pack("jar").resolve("pluto-engine.jar").toFile())) {
            assertThat(zip.stream())
                    .hasSizeGreaterThan(4)
                    .allSatisfy(entry -> assertThat(entry.getMethod())
                            .as(entry.getName())
                            .isEqualTo(entry.getName().contains("/cli/") ? ZipEntry.DEFLATED : ZipEntry.STORED));
        }
    }

    @Test
    void the_same_input_gives_the_same_bytes() throws IOException {
        byte[] first = Files.readAllBytes(pack("one").resolve("pluto-engine.jar"));
        byte[] second = Files.readAllBytes(pack("two").resolve("pluto-engine.jar"));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_build_without_the_door_fails() throws IOException {
        Files.delete(folder.resolve("launch").resolve(DOOR));
        assertThatIllegalStateException().isThrownBy(() -> pack("jar")).withMessageContaining("PlutoBridge");
    }

    @Test
    void the_agents_own_classes_are_kept_byte_for_byte() throws IOException {
        byte[] own = ClassFiles.calling("io/Engine");
        assertThat(pack(Map.of(), own).get("io/Engine.class")).isEqualTo(own);
    }

    @Test
    void an_own_class_goes_before_a_librarys_of_the_same_name() throws IOException {
        byte[] own = ClassFiles.calling("io/Engine", "io/Engine");
        assertThat(pack(Map.of("io/Engine.class", ClassFiles.calling("io/Engine")), own)
                        .get("io/Engine.class"))
                .isEqualTo(own);
    }

    @Test
    void a_librarys_logger_becomes_one_that_does_nothing() throws IOException {
        Map<String, byte[]> packed = pack(
                Map.of(
                        "lib/Logs.class",
                        ClassFiles.calling("lib/Logs", "java/util/logging/Logger", "java/util/logging/Level")),
                ClassFiles.calling("io/Engine", "lib/Logs"));
        assertThat(ConstantPool.of(packed.getOrDefault("lib/Logs.class", new byte[0]))
                        .texts())
                .contains("io/plutorun/agent/quiet/Logger", "io/plutorun/agent/quiet/Level")
                .noneMatch(text -> text.startsWith("java/util/logging"));
    }

    @Test
    void any_other_class_of_java_util_logging_fails_the_build_and_is_named() {
        assertThatIllegalStateException()
                .isThrownBy(() -> pack(
                        Map.of("lib/Logs.class", ClassFiles.calling("lib/Logs", "java/util/logging/LogManager")),
                        ClassFiles.calling("io/Engine", "lib/Logs")))
                .withMessageContaining("lib/Logs.class")
                .withMessageContaining("java/util/logging/LogManager");
    }

    @Test
    void so_does_one_that_is_only_named_in_a_literal() {
        assertThatIllegalStateException()
                .isThrownBy(() -> pack(
                        Map.of("lib/Logs.class", ClassFiles.saying("lib/Logs", "java.util.logging.LogManager")),
                        ClassFiles.calling("io/Engine", "lib/Logs")))
                .withMessageContaining("java.util.logging.LogManager");
    }

    @Test
    void so_does_the_agents_own_use_of_it() {
        assertThatIllegalStateException()
                .isThrownBy(() -> pack(Map.of(), ClassFiles.calling("io/Engine", "java/util/logging/Logger")))
                .withMessageContaining("io/Engine.class");
    }

    @Test
    void kotlins_metadata_is_taken_out_and_other_annotations_stay() throws IOException {
        Map<String, byte[]> packed = pack(
                Map.of(
                        "lib/K.class", ClassFiles.annotated("lib/K", "Lkotlin/Metadata;"),
                        "lib/D.class", ClassFiles.annotated("lib/D", "Lkotlin/coroutines/jvm/internal/DebugMetadata;"),
                        "lib/O.class", ClassFiles.annotated("lib/O", "Llib/Other;")),
                ClassFiles.calling("io/Engine", "lib/K", "lib/D", "lib/O"));
        assertThat(texts(packed, "lib/K.class")).doesNotContain("Lkotlin/Metadata;", "metadata of lib/K");
        assertThat(texts(packed, "lib/D.class")).noneMatch(text -> text.contains("Metadata"));
        assertThat(texts(packed, "lib/O.class")).contains("Llib/Other;", "metadata of lib/O");
    }

    @Test
    void generic_signatures_and_kotlins_annotations_are_taken_out() throws IOException {
        Map<String, byte[]> packed = pack(
                Map.of(
                        "lib/S.class", ClassFiles.signed("lib/S", "<T:Ljava/lang/Object;>Ljava/lang/Object;"),
                        "lib/D.class", ClassFiles.annotated("lib/D", "Lkotlin/Deprecated;")),
                ClassFiles.calling("io/Engine", "lib/S", "lib/D"));
        assertThat(texts(packed, "lib/S.class")).contains("lib/S").doesNotContain("Signature");
        assertThat(texts(packed, "lib/D.class")).contains("lib/D").doesNotContain("Lkotlin/Deprecated;");
    }

    @Test
    void debug_tables_of_libraries_are_taken_out() throws IOException {
        Map<String, byte[]> packed =
                pack(Map.of("lib/A.class", ClassFiles.calling("lib/A")), ClassFiles.calling("io/Engine", "lib/A"));
        assertThat(texts(packed, "lib/A.class")).contains("lib/A").doesNotContain("LineNumberTable", "lib/A.java");
        assertThat(new ClassReader(packed.getOrDefault("lib/A.class", new byte[0])).getClassName())
                .isEqualTo("lib/A");
    }

    private static Set<String> texts(Map<String, byte[]> packed, String name) {
        return ConstantPool.of(packed.getOrDefault(name, new byte[0])).texts();
    }
}

package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipArchiveTest {

    private final Path folder;

    ZipArchiveTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private File write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("some.jar"), bytes).toFile();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void an_entry_is_read_in_place() throws IOException {
        ZipArchive archive = ZipArchive.open(
                write(Zip.stored(Map.of("a/B.class", bytes("class B"), "empty", new byte[0], "Ünï", bytes("☃")))));
        assertThat(archive.read("a/B.class")).asString(StandardCharsets.UTF_8).isEqualTo("class B");
        assertThat(archive.read("empty")).isEmpty();
        assertThat(archive.read("Ünï")).asString(StandardCharsets.UTF_8).isEqualTo("☃");
        assertThat(archive.contains("a/B.class")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 31, 1000})
    void an_entry_is_found_whatever_room_there_is_for_it(int size) throws IOException {
        Map<String, byte[]> entries = Map.of("a", bytes("a"), "b", new byte[900]);
        byte[] room = new byte[size];
        for (byte[] zip : List.of(Zip.stored(entries), Zip.deflated(entries))) {
            ZipArchive archive = ZipArchive.open(write(zip));
            for (int times = 0; times < 2; times++) {
                assertThat(archive.find("a", room)).isEqualTo(ByteBuffer.wrap(bytes("a")));
                assertThat(archive.find("b", room)).isEqualTo(ByteBuffer.wrap(new byte[900]));
                assertThat(archive.find("c", room)).isNull();
                archive.copyToMemory();
            }
        }
    }

    @Test
    void an_entry_that_is_not_there_is_null() throws IOException {
        ZipArchive archive = ZipArchive.open(write(Zip.stored(Map.of("a", bytes("a")))));
        assertThat(archive.contains("b")).isFalse();
        assertThat(archive.read("b")).isNull();
    }

    @Test
    void P3_an_archive_in_memory_can_be_read_when_the_file_has_been_written_over() throws IOException {
        byte[] inner = Zip.stored(Map.of("a/B.class", bytes("class B")));
        File jar = write(Zip.stored(Map.of("before", bytes("x"), "inner.jar", inner)));
        ZipArchive archive = ZipArchive.open(jar).nested("inner.jar");
        archive.copyToMemory();

        Files.write(jar.toPath(), new byte[(int) jar.length()]); // as cp does: the same file, other bytes
        assertThat(archive.read("a/B.class")).asString(StandardCharsets.UTF_8).isEqualTo("class B");
        Files.write(jar.toPath(), new byte[0]);
        assertThat(archive.read("a/B.class")).asString(StandardCharsets.UTF_8).isEqualTo("class B");
    }

    @Test
    void an_archive_in_an_archive_in_an_archive_is_read_in_place() throws IOException {
        byte[] inner = Zip.stored(Map.of("deep", bytes("down here")));
        byte[] middle = Zip.stored(Map.of("first", bytes("x"), "inner.jar", inner));
        ZipArchive archive = ZipArchive.open(write(Zip.stored(Map.of("before", bytes("y"), "middle.jar", middle))))
                .nested("middle.jar")
                .nested("inner.jar");
        assertThat(archive.read("deep")).asString(StandardCharsets.UTF_8).isEqualTo("down here");
        assertThat(archive.contains("first")).isFalse();
    }

    @Test
    void a_nested_archive_that_is_missing_is_named() throws IOException {
        ZipArchive archive = ZipArchive.open(write(Zip.stored(Map.of("a", bytes("a")))));
        assertThatThrownBy(() -> archive.nested("engine.jar"))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("engine.jar");
    }

    @Test
    void a_deflated_entry_is_inflated() throws IOException {
        byte[] zeros = new byte[100_000];
        ZipArchive archive =
                ZipArchive.open(write(Zip.deflated(Map.of("zeros", zeros, "a", bytes("a"), "empty", new byte[0]))));
        assertThat(archive.read("zeros")).isEqualTo(zeros);
        assertThat(archive.read("a")).isEqualTo(bytes("a"));
        assertThat(archive.read("empty")).isEmpty();
        archive.copyToMemory();
        assertThat(archive.read("zeros")).isEqualTo(zeros);
    }

    @Test
    void a_damaged_deflated_entry_is_an_io_exception() throws IOException {
        byte[] zip = Zip.deflated(Map.of("a", new byte[1000]));
        Arrays.fill(zip, 37, 41, (byte) 0xFF); // behind the local header, the name of one letter, and the extra field
        ZipArchive archive = ZipArchive.open(write(zip));
        assertThatIOException().isThrownBy(() -> archive.read("a")).withMessageContaining("the entry a is");
    }

    @Test
    void a_deflated_archive_in_an_archive_is_refused_with_a_hint() throws IOException {
        ZipArchive archive = ZipArchive.open(write(Zip.deflated(Map.of("engine.jar", new byte[100]))));
        assertThatIOException()
                .isThrownBy(() -> archive.nested("engine.jar"))
                .withMessageContaining("engine.jar is compressed")
                .withMessageContaining("repacked");
    }

    @Test
    void a_comment_may_follow_the_directory() throws IOException {
        byte[] zip = Zip.commented(Map.of("a", bytes("found")), "x".repeat(0xFFFF));
        assertThat(ZipArchive.open(write(zip)).read("a"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("found");
    }

    @Test
    void an_archive_without_entries_holds_nothing() throws IOException {
        ZipArchive archive = ZipArchive.open(write(Zip.stored(Map.of())));
        assertThat(archive.read("a")).isNull();
    }

    @Test
    void a_file_that_is_no_archive_is_an_io_exception() throws IOException {
        File empty = write(new byte[0]);
        assertThatIOException().isThrownBy(() -> ZipArchive.open(empty)).withMessageContaining("no zip archive");
        File text = write(bytes("this is a text, and a longer one than the end of a directory"));
        assertThatIOException().isThrownBy(() -> ZipArchive.open(text)).withMessageContaining("no zip archive");
    }

    @Test
    void a_cut_off_archive_is_an_io_exception() throws IOException {
        byte[] zip = Zip.stored(Map.of("a", bytes("a")));
        File cut = write(Arrays.copyOf(zip, zip.length - 4));
        assertThatIOException().isThrownBy(() -> ZipArchive.open(cut));
        File headless = write(Arrays.copyOfRange(zip, zip.length - 22, zip.length));
        assertThatIOException().isThrownBy(() -> ZipArchive.open(headless));
    }

    @Test
    void a_directory_with_senseless_sizes_is_an_io_exception() throws IOException {
        byte[] zip = Zip.stored(Map.of("a", bytes("a")));
        Arrays.fill(zip, zip.length - 10, zip.length - 6, (byte) 0xFF); // the directory's size
        File senseless = write(zip);
        assertThatIOException().isThrownBy(() -> ZipArchive.open(senseless));
    }

    @Test
    void the_archive_stays_readable_when_its_file_is_replaced() throws IOException {
        File file = write(Zip.stored(Map.of("a", bytes("old"))));
        ZipArchive archive = ZipArchive.open(file);
        Files.delete(file.toPath());
        write(Zip.stored(Map.of("b", bytes("new"))));
        assertThat(archive.read("a")).asString(StandardCharsets.UTF_8).isEqualTo("old");
    }

    @Test
    void a_thread_that_was_interrupted_reads_all_the_same() throws IOException {
        ZipArchive archive = ZipArchive.open(write(Zip.stored(Map.of("a", bytes("a")))));
        Thread.currentThread().interrupt();
        try {
            assertThat(archive.read("a")).hasSize(1);
            assertThat(archive.read("a")).hasSize(1);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}

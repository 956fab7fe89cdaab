package io.plutorun.agent.describe.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of jars from JVM to JVM. */
class KnownJarsTest {

    private final Path jars;
    private final Path cache;
    private final Path file;

    KnownJarsTest(@TempDir Path folder) {
        this.jars = folder.resolve("jars");
        this.cache = folder.resolve("cache/pluto-agent");
        this.file = cache.resolve("jars.json");
    }

    @BeforeEach
    void hundredJars() throws IOException {
        Files.createDirectories(jars);
        for (int i = 0; i < 100; i++) {
            jar(i, "a");
        }
    }

    private Path path(int i) {
        return jars.resolve("lib" + i + "-1.0.jar");
    }

    private void jar(int i, String entry) throws IOException {
        try (OutputStream out = Files.newOutputStream(path(i));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.closeEntry();
        }
    }

    private List<JarContents> contents(int jarCount) throws IOException {
        KnownJars known = new KnownJars(cache);
        List<JarContents> contents = new ArrayList<>();
        for (int i = 0; i < jarCount; i++) {
            contents.add(known.contents(path(i)));
        }
        known.keep();
        return contents;
    }

    /** As if another version of the agent had found something else in them. */
    private void changeKept() throws IOException {
        Files.writeString(file, Files.readString(file).replace("==1.0", "==2.0"));
    }

    @Test
    void what_was_read_is_not_read_again() throws IOException {
        List<JarContents> read = contents(100);
        List<JarContents> known = contents(100);
        changeKept();

        assertThat(known).isEqualTo(read);
        assertThat(read.get(70).libraries()).containsExactly("lib70==1.0");
        assertThat(contents(100).get(70).libraries()).containsExactly("lib70==2.0");
    }

    @Test
    void for_a_few_jars_the_file_is_not_read() throws IOException {
        contents(100);
        changeKept();

        assertThat(contents(10).get(7).libraries()).containsExactly("lib7==1.0");
    }

    @Test
    void a_jar_that_has_changed_is_read_again_though_it_has_its_size_and_the_time_of_before() throws IOException {
        JarContents before = contents(100).get(30);
        FileTime time = Files.getLastModifiedTime(path(30));
        jar(30, "b");
        Files.setLastModifiedTime(path(30), time);

        assertThat(contents(100).get(30).checksum()).isNotEqualTo(before.checksum());
    }

    @Test
    void a_small_class_path_leaves_no_file() throws IOException {
        assertThat(contents(49)).hasSize(49);
        assertThat(cache).doesNotExist();
    }

    @Test
    void the_file_is_for_its_owner_alone_and_keeps_what_other_programs_have_read() throws IOException {
        contents(60);
        KnownJars other = new KnownJars(cache);
        for (int i = 40; i < 100; i++) {
            jar(i, "changed");
            other.contents(path(i));
        }
        other.keep();

        assertThat(Files.readString(file)).contains(path(2).toString(), path(99).toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_file_that_is_damaged_or_of_another_version_is_written_anew() throws IOException {
        List<JarContents> read = contents(100);
        String wrong = Files.readString(file).replace("==1.0", "==2.0");
        for (String damaged : List.of(
                "",
                "no JSON",
                "[]",
                wrong.replace("\"agent\":\"", "\"agent\":\"9"),
                wrong.replace("\"checksum\":", "\"checked\":"))) {
            Files.writeString(file, damaged);

            assertThat(contents(100)).isEqualTo(read);
            assertThat(Files.size(file)).isGreaterThan(1_000);
        }
    }

    @Test
    void a_pipe_in_the_place_of_the_file_is_not_read() throws Exception {
        Files.createDirectories(cache);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();

        assertThat(contents(100)).hasSize(100);
        assertThat(file).isRegularFile();
    }

    @Test
    void a_folder_that_is_a_link_is_not_followed() throws IOException {
        Path elsewhere = Files.createDirectories(jars.resolve("elsewhere"));
        Files.createDirectories(cache.getParent());
        Files.createSymbolicLink(cache, elsewhere);

        assertThat(contents(100)).hasSize(100);
        assertThat(elsewhere).isEmptyDirectory();
    }
}

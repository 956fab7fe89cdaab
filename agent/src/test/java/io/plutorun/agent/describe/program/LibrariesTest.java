package io.plutorun.agent.describe.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which libraries a program has, and what tells two programs apart. */
class LibrariesTest {

    private final Path folder;

    LibrariesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void zip(OutputStream out, Map<String, byte[]> entries) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            zip.putNextEntry(new ZipEntry(entry.getKey()));
            zip.write(entry.getValue());
            zip.closeEntry();
        }
        zip.finish();
    }

    private Path jar(String name, Map<String, byte[]> entries) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar)) {
            zip(out, entries);
        }
        return jar;
    }

    private static byte[] nested(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        zip(bytes, entries);
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> pom(String group, String artifact, String version) {
        return Map.of(
                "META-INF/maven/" + group + "/" + artifact + "/pom.properties",
                bytes("version=" + version + "\ngroupId=" + group + "\nartifactId=" + artifact + "\n"));
    }

    private static ClassPath classPath(String command, Path... entries) {
        return ClassPath.read(
                String.join(
                        File.pathSeparator,
                        Stream.of(entries).map(Path::toString).toList()),
                "",
                command,
                null);
    }

    private List<?> requirements(Path... entries) {
        ClassPath classPath = classPath("", entries);
        Map<String, @Nullable Object> part = new RequirementsCollector(() -> classPath).collect();
        return part.get("requirements") instanceof List<?> list ? list : List.of();
    }

    @Test
    void a_library_is_told_by_mavens_properties_else_by_the_files_name() throws IOException {
        Path known = jar("anything.jar", pom("org.acme", "trainer", "1.2.3"));
        Path named = jar("opennlp-tools-2.5.5.jar", Map.of("a", bytes("b")));
        Path own = jar("app.jar", Map.of("a", bytes("b")));
        Path broken = Files.writeString(folder.resolve("broken-1.0.jar"), "no zip");

        assertThat(requirements(named, known, own, broken, folder))
                .isEqualTo(List.of("opennlp-tools==2.5.5", "org.acme:trainer==1.2.3"));
    }

    @Test
    void of_a_jar_of_jars_all_are_told() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(pom("org.acme", "app", "9"));
        entries.put("BOOT-INF/lib/first-1.0.jar", nested(pom("org.acme", "first", "1.0")));
        entries.put("BOOT-INF/lib/second-2.0.RELEASE.jar", nested(Map.of("x", bytes("y"))));
        entries.put("BOOT-INF/lib/odd.jar", nested(Map.of("x", bytes("y"))));

        assertThat(requirements(jar("boot.jar", entries)))
                .isEqualTo(List.of("odd.jar", "org.acme:app==9", "org.acme:first==1.0", "second==2.0.RELEASE"));
    }

    @Test
    void a_shaded_jar_that_does_not_say_what_it_is_itself_is_told_by_its_name() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(pom("com.other", "lib", "3"));
        entries.putAll(pom("com.third", "part", "4"));

        assertThat(requirements(jar("runtime-3.3.4.jar", entries)))
                .isEqualTo(List.of("com.other:lib==3", "com.third:part==4", "runtime==3.3.4"));
        assertThat(requirements(jar("lib-3.jar", entries))).isEqualTo(List.of("com.other:lib==3", "com.third:part==4"));
    }

    @Test
    void of_a_shaded_jar_all_that_it_was_made_of_are_told() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(pom("org.acme", "app", "9"));
        entries.putAll(pom("com.other", "lib", "3"));

        assertThat(requirements(jar("app-all.jar", entries))).isEqualTo(List.of("com.other:lib==3", "org.acme:app==9"));
    }

    /** More than the JVM of a small container has memory for. */
    @Test
    void of_a_text_without_end_the_beginning_is_read() throws IOException {
        String endless = "group=" + "x".repeat(3 << 20);
        Path jar = jar(
                "odd-1.0.jar",
                Map.of(
                        "META-INF/MANIFEST.MF",
                        bytes("Manifest-Version: 1.0\nImplementation-Title: odd\n\nName: a\n" + endless),
                        "META-INF/maven/g/a/pom.properties",
                        bytes("groupId=g\nartifactId=a\nversion=1\n" + endless)));

        assertThat(requirements(jar)).isEqualTo(List.of("g:a==1"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "xgboost4j_2.12-3.4.0.jar,xgboost4j_2.12==3.4.0",
                "netty-4.1.100.Final-linux-x86_64.jar,netty==4.1.100.Final-linux-x86_64",
                "app-1.0-SNAPSHOT.jar,app==1.0-SNAPSHOT",
                "app.jar,none",
                "tool-x.jar,none"
            })
    void a_files_name_is_an_artifact_and_a_version(String file, @Nullable String library) {
        assertThat(LibraryName.byName(file)).isEqualTo(library);
    }

    @ParameterizedTest
    @CsvSource({
        "/home/me/.m2/repository/org/acme/tools/tool-kit/2.5/tool-kit-2.5.jar,org.acme.tools:tool-kit==2.5",
        "/home/me/.m2/repository/acme/tool/2.5-RC1/tool-2.5-RC1-linux.jar,acme:tool==2.5-RC1",
        "/home/me/.gradle/caches/modules-2/files-2.1/org.acme/tool/2.5/0a1b2c/tool-2.5.jar,org.acme:tool==2.5",
        "/home/me/.cache/coursier/v1/https/host/maven2/org/acme/tool_2.13/1/tool_2.13-1.jar,org.acme:tool_2.13==1",
        "/opt/spark/jars/tool-2.5.jar,tool==2.5",
        "/repository/tool-2.5.jar,tool==2.5",
        "/opt/acme/tool/2.5/tool-2.5.jar,tool==2.5"
    })
    void a_jars_place_in_a_repository_tells_its_group(Path jar, String library) {
        assertThat(LibraryName.byPath(jar)).isEqualTo(library);
    }

    @Test
    void a_jar_whose_name_has_no_version_is_told_by_its_manifest() throws IOException {
        Path bundle = jar("bundle.jar", Map.of("META-INF/MANIFEST.MF", bytes("""
                                Manifest-Version: 1.0
                                Bundle-SymbolicName: org.acme.bundle;singleton:=true
                                Bundle-Version: 4.2.0

                                """)));
        Path titled = jar(
                "titled.jar",
                Map.of(
                        "META-INF/MANIFEST.MF",
                        bytes("Manifest-Version: 1.0\nImplementation-Title: titled\nImplementation-Version: 7\n\n")));

        assertThat(requirements(bundle, titled)).isEqualTo(List.of("org.acme.bundle==4.2.0", "titled==7"));
    }

    @Test
    void the_class_path_is_followed_into_manifests_and_folders_of_modules() throws IOException {
        Path lib = jar("lib.jar", Map.of("a", bytes("b")));
        Path app = jar(
                "app.jar",
                Map.of(
                        "META-INF/MANIFEST.MF",
                        bytes("Manifest-Version: 1.0\nClass-Path: lib.jar missing.jar app.jar\n\n")));
        Path modules = Files.createDirectories(folder.resolve("modules"));
        Path module = Files.copy(lib, modules.resolve("module.jar"));
        Path classes = Files.createDirectories(folder.resolve("classes"));

        ClassPath all = ClassPath.read(
                app + File.pathSeparator + classes + File.pathSeparator + lib, modules.toString(), "", null);

        assertThat(all.entries()).extracting(ClassPath.Entry::path).containsExactly(app, lib, classes, module);
        assertThat(classPath("").entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"G,1", "'',1", "com.acme.Train --lr 0.1,1", "app-1.0.jar,2", "/opt/app-1.0.jar train,2", "x.jarred,1"})
    void the_programs_own_are_folders_and_the_jar_that_it_was_started_by(String command, int count) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path app = jar("app-1.0.jar", Map.of("a", bytes("b")));
        Path library = jar("lib-1.0.jar", Map.of("a", bytes("b")));

        assertThat(classPath(command, classes, app, library).own()).hasSize(count);
    }

    private static Map<?, ?> fingerprint(String command, Path... entries) throws IOException {
        ClassPath classPath = classPath(command, entries);
        Map<String, @Nullable Object> part =
                new FingerprintCollector(() -> classPath, "17.0.1", () -> List.of("-Xmx1g", "-Dlr=1")).collect();
        return part.get("fingerprint") instanceof Map<?, ?> digests ? digests : Map.of();
    }

    @Test
    void two_runs_of_one_build_have_one_fingerprint_and_another_class_or_library_has_another() throws IOException {
        String command = "com.acme.Train";
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("Train.class"), "one");
        Path lib = jar("lib-1.0.jar", Map.of("A.class", bytes("a")));
        Map<?, ?> first = fingerprint(command, classes, lib);
        Path same = Files.createDirectories(folder.resolve("copy"));
        Files.writeString(same.resolve("Train.class"), "one");
        Path sameLib = Files.move(jar("other.jar", Map.of("A.class", bytes("a"))), folder.resolve("lib-1.1.jar"));

        assertThat(fingerprint(command, same, sameLib)).isEqualTo(first).hasSize(4);

        Files.writeString(same.resolve("Train.class"), "two");
        Map<?, ?> otherClass = fingerprint(command, same, lib);
        assertThat(otherClass.get("program")).isNotEqualTo(first.get("program"));
        assertThat(otherClass.get("all")).isNotEqualTo(first.get("all"));
        assertThat(otherClass.get("libraries")).isEqualTo(first.get("libraries"));
        assertThat(otherClass.get("jvm")).isEqualTo(first.get("jvm"));

        Map<?, ?> otherLibrary = fingerprint(command, classes, jar("lib-1.2.jar", Map.of("A.class", bytes("b"))));
        assertThat(otherLibrary.get("libraries")).isNotEqualTo(first.get("libraries"));
        assertThat(otherLibrary.get("program")).isEqualTo(first.get("program"));
    }

    @Test
    void the_jar_that_a_program_was_started_by_is_its_own_and_the_jars_in_it_are_libraries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(Map.of("Train.class", bytes("one")));
        entries.put("BOOT-INF/lib/a-1.jar", bytes("a"));
        Path app = jar("app-1.0.jar", entries);
        entries.put("BOOT-INF/lib/a-1.jar", bytes("b"));
        Path other = jar("app-1.1.jar", entries);

        Map<?, ?> first = fingerprint(app + " --epochs 3", app);
        Map<?, ?> second = fingerprint(other + " --epochs 3", other);

        assertThat(second.get("program")).isEqualTo(first.get("program"));
        assertThat(second.get("libraries")).isNotEqualTo(first.get("libraries"));
    }
}

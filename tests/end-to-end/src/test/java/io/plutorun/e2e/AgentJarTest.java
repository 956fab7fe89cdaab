package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What a program's class path gets with the agent's jar: the JVM puts it there. */
class AgentJarTest {

    private static final int JAVA_8 = 52;

    /**
     * Every JVM that the agent is attached to reads the jar's directory; whoever makes this number larger makes each start slower. Ten of
     * them know which program a command line means, and which task a thread executes, since that must be known before the engine is loaded.
     */
    private static final int MAX_ENTRIES = 38;

    private static final long MOST_BYTES = 5_500_000;

    @Test
    void the_jar_is_small_and_has_few_entries() throws IOException {
        assertThat(Program.agentJar()).isRegularFile();
        assertThat(Files.size(Program.agentJar())).isLessThanOrEqualTo(MOST_BYTES);
        try (JarFile jar = new JarFile(Program.agentJar().toFile())) {
            assertThat(jar.size()).isLessThanOrEqualTo(MAX_ENTRIES);
        }
    }

    @Test
    void the_root_holds_only_the_launch_classes_for_java_8_and_the_engine() throws IOException {
        try (JarFile jar = new JarFile(Program.agentJar().toFile())) {
            List<String> files = files(jar);
            assertThat(files)
                    .contains("pluto-engine.jar", "io/plutorun/agent/launch/PlutoAgent.class")
                    .allMatch(name -> name.equals("pluto-engine.jar")
                            || name.matches("META-INF/(MANIFEST\\.MF|LICENSE[^/]*|NOTICE[^/]*|licenses/.*)")
                            || name.matches("io/plutorun/agent/launch/(program/)?[^/]+\\.class"));
            for (String name : files) {
                if (name.endsWith(".class")) {
                    assertThat(classFileVersion(bytes(jar, name))).as(name).isEqualTo(JAVA_8);
                }
            }
            assertThat(jar.stream()).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
        }
    }

    @Test
    void the_manifest_makes_it_an_agent_and_a_command() throws IOException {
        try (JarFile jar = new JarFile(Program.agentJar().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Premain-Class")).isEqualTo("io.plutorun.agent.launch.PlutoAgent");
            assertThat(manifest.getValue("Agent-Class")).isEqualTo("io.plutorun.agent.launch.PlutoAgent");
            assertThat(manifest.getValue("Main-Class")).isEqualTo("io.plutorun.agent.launch.Main");
            assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
            assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
            assertThat(manifest.getValue("Boot-Class-Path"))
                    .as("it would make the JVM print a warning on the program's stdout")
                    .isNull();
        }
    }

    @Test
    void the_engine_is_an_ordinary_stored_archive_that_never_touches_the_programs_logging() throws IOException {
        Path engine = Directories.fresh().resolve("engine.jar");
        try (JarFile jar = new JarFile(Program.agentJar().toFile())) {
            Files.write(engine, bytes(jar, "pluto-engine.jar"));
        }
        try (ZipFile archive = new ZipFile(engine.toFile())) {
            List<String> files = files(archive);
            assertThat(files)
                    .contains(
                            "java/lang/PlutoBridge.class",
                            "io/plutorun/agent/run/Tracker.class",
                            "io/plutorun/agent/okhttp3/OkHttpClient.class")
                    .doesNotHaveDuplicates()
                    .as("flattened for Java 17")
                    .noneMatch(name -> name.startsWith("META-INF/versions/"))
                    .as("the launch classes are at the root already")
                    .noneMatch(name -> name.startsWith("io/plutorun/agent/launch/"))
                    .as("programs have their own copies, and the agent needs none")
                    .noneMatch(name -> name.matches("io/plutorun/[^/]+\\.class"));
            assertThat(archive.stream())
                    .as("what each training loads until its first line")
                    .filteredOn(entry -> !entry.getName()
                            .matches("(picocli|META-INF|io/plutorun/agent/"
                                    + "(capture|children|cli|console|lines|replay|results|autolog/[a-z0-9]+))/.*"))
                    .allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
            for (String name : files) {
                String latin1 = new String(bytes(archive, name), StandardCharsets.ISO_8859_1);
                boolean hooksLogging =
                        name.startsWith("io/plutorun/agent/capture/"); // by names, once the program has begun it
                assertThat(latin1.contains("java/util/logging/") && !hooksLogging)
                        .as(name)
                        .isFalse();
            }
        }
    }

    @Test
    void the_licences_and_notices_of_what_is_bundled_are_in_the_engine_and_the_root_says_so() throws IOException {
        Path engine = Directories.fresh().resolve("engine.jar");
        try (JarFile jar = new JarFile(Program.agentJar().toFile())) {
            Files.write(engine, bytes(jar, "pluto-engine.jar"));
            assertThat(new String(bytes(jar, "META-INF/NOTICE"), StandardCharsets.UTF_8))
                    .contains("pluto-engine.jar", "META-INF/licenses/");
            assertThat(jar.stream().filter(entry -> entry.getName().startsWith("META-INF/licenses")))
                    .as("the JVM pays for every entry of the root")
                    .isEmpty();
        }
        try (ZipFile archive = new ZipFile(engine.toFile())) {
            assertThat(files(archive))
                    .contains(
                            "META-INF/licenses/byte-buddy/LICENSE",
                            "META-INF/licenses/byte-buddy/NOTICE",
                            "META-INF/licenses/byte-buddy/ASM",
                            "META-INF/licenses/jackson-core/LICENSE",
                            "META-INF/licenses/jackson-core/NOTICE",
                            "META-INF/licenses/jackson-core/FastDoubleParser-LICENSE");
            assertThat(new String(bytes(archive, "META-INF/licenses/byte-buddy/ASM"), StandardCharsets.UTF_8))
                    .contains("INRIA", "Redistribution and use");
            assertThat(new String(bytes(archive, "META-INF/licenses/THIRD-PARTY.txt"), StandardCharsets.UTF_8).lines())
                    .hasSize(7)
                    .allMatch(line -> line.startsWith("(Apache-2.0) "))
                    .anyMatch(line -> line.contains("com.squareup.okhttp3:okhttp-jvm:"))
                    .anyMatch(line -> line.contains("net.bytebuddy:byte-buddy:"));
        }
    }

    private static List<String> files(ZipFile archive) {
        return archive.stream()
                .filter(entry -> !entry.isDirectory())
                .<String>map(ZipEntry::getName)
                .toList();
    }

    private static byte[] bytes(ZipFile archive, String name) throws IOException {
        try (InputStream in = archive.getInputStream(archive.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    private static int classFileVersion(byte[] classFile) {
        return (classFile[6] & 0xFF) << 8 | (classFile[7] & 0xFF);
    }
}

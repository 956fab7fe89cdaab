package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.WovenClasses;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P1: every method of every class of large public jars, woven: Scala, Kotlin, Spring, Spark, Guava. */
class CorpusTest {

    private static final Pattern COUNTS =
            Pattern.compile("woven ([0-9]+), verified ([0-9]+), without what they need ([0-9]+)");

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void every_method_of_large_libraries_is_woven_and_every_class_that_can_be_linked_verifies(Jdk jdk)
            throws IOException {
        Path[] jars = jars();
        Result result = Program.of(
                        WovenClasses.class.getName(),
                        Stream.of(jars).map(Path::toString).toArray(String[]::new))
                .on(jdk)
                .alsoOnClassPath(jars)
                .jvmOption("-Xverify:all", "-javaagent:" + Program.agentJar(), "-javaagent:" + counter())
                .withoutAgent()
                .withoutPlantedSecrets()
                .env(
                        "PLUTO_METHODS",
                        "scala.**#*; kotlin.**#*; org.springframework.**#*; org.apache.spark.**#*; com.google.**#*")
                .env("PLUTO_MODE", "noop")
                .run();
        System.out.println(jdk + ": " + result.stdout().strip());

        assertThat(result.stdout().lines()).hasSize(1).noneMatch(line -> line.startsWith("wrong: "));
        assertThat(result.agentLines())
                .allMatch(line -> line.contains("a Kotlin suspend function returns when it first suspends")
                        || line.contains("which can't be followed: its run ends when the method returns"));
        Matcher counts = COUNTS.matcher(result.stdout().strip());
        assertThat(counts.matches()).isTrue();
        assertThat(Integer.parseInt(counts.group(1))).isGreaterThan(9_000);
        assertThat(Integer.parseInt(counts.group(2))).isGreaterThan(9_000);
    }

    private static Path[] jars() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("pluto.corpus")))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toArray(Path[]::new);
        }
    }

    /** The program as an agent: its class is on the class path. */
    private static Path counter() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", WovenClasses.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = Directories.fresh().resolve("counter.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }
}

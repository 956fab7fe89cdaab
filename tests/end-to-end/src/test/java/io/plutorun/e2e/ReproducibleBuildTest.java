package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Two builds of one commit give the same bytes, so that anybody can find out whether a jar was made from the sources that it claims.
 *
 * <p>The second build is a whole one: of a copy of the sources, in another folder, later, and with another time zone and language. It has
 * the same JDK and umask: jars record the modes of files, so these two are part of what a builder must know.
 */
@Order(2)
class ReproducibleBuildTest {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir"), "..", "..").normalize();

    /** Not copied: what builds leave behind, and what is no source. */
    private static final Set<String> NO_SOURCES = Set.of("target", ".git", ".pluto", ".idea");

    private static final List<String> SHIPPED = List.of(
            "agent/target/pluto-agent.jar",
            "agent/target/pluto-agent-plain.jar",
            "agent/launch/target/pluto-agent-launch-*.jar",
            "annotations/target/pluto-annotations-*.jar");

    @Test
    void a_second_build_elsewhere_gives_the_same_bytes() throws IOException, InterruptedException {
        Path copy = Directories.fresh().resolve("elsewhere");
        copySources(copy);
        build(copy);

        for (String pattern : SHIPPED) {
            Path first = only(ROOT, pattern);
            Path second = only(copy, pattern);
            assertThat(Files.mismatch(first, second))
                    .as("the first byte in which %s and %s differ", first, second)
                    .isEqualTo(-1);
        }
    }

    private static void build(Path sources) throws IOException, InterruptedException {
        Path maven = Path.of(System.getProperty("pluto.maven"), "bin", "mvn");
        Path log = sources.resolveSibling("build.log");
        ProcessBuilder builder = new ProcessBuilder(
                        maven.toString(),
                        "-B",
                        "-o", // the build that runs this test has fetched all that it needs
                        "-Dmaven.repo.local=" + System.getProperty("pluto.maven.repository"),
                        "-Dmaven.test.skip=true",
                        "-Dspotless.check.skip=true",
                        "-Dpluto.plain=" + System.getProperty("pluto.plain"),
                        "-pl",
                        "annotations,agent",
                        "-am",
                        "package")
                .directory(sources.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put(
                        "MAVEN_OPTS",
                        "-Duser.timezone=Pacific/Kiritimati -Duser.language=tr -Duser.country=TR"
                                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process build = builder.start();
        try {
            assertThat(build.waitFor(10, TimeUnit.MINUTES)).as("the build ends").isTrue();
            assertThat(build.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            build.destroy();
        }
    }

    private static void copySources(Path to) throws IOException {
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (NO_SOURCES.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(ROOT.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    Files.copy(file, to.resolve(ROOT.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Path only(Path root, String pattern) throws IOException {
        int slash = pattern.lastIndexOf('/');
        Path folder = root.resolve(pattern.substring(0, slash));
        try (Stream<Path> found = Files.list(folder)) {
            List<Path> jars = found.filter(file -> file.getFileSystem()
                            .getPathMatcher("glob:" + pattern.substring(slash + 1))
                            .matches(file.getFileName()))
                    .toList();
            assertThat(jars).as("%s under %s", pattern, root).hasSize(1);
            return jars.get(0);
        }
    }
}

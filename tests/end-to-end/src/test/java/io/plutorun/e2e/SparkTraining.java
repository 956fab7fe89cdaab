package io.plutorun.e2e;

import io.plutorun.e2e.FrameworkTraining.Printed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs that train with Spark ML, and print what Spark itself has of each training below a line {@code == name}. */
final class SparkTraining {

    /** What Spark's own scripts give each JVM. */
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    private static final Pattern VALUE = Pattern.compile("(\\d+) (\\S+) = (.*)");

    private SparkTraining() {}

    /**
     * Stand-ins whose methods are declared as Spark's are, with the one of Scala's types that differs between its versions.
     *
     * @param seq what {@code Seq} is
     */
    static Path standIns(String seq) {
        return standIns("sparkml", seq);
    }

    /** Stand-ins for what an executor is made of, compiled against XGBoost. */
    static Path executorStandIns(Path... classPath) {
        return standIns("sparkexecutor", "", classPath);
    }

    private static Path standIns(String folder, String seq, Path... classPath) {
        Sources sources = new Sources().classPath(classPath);
        Path file = Path.of(System.getProperty("basedir"), "src/test/resources/sources/" + folder + "/StandIns.txt");
        try {
            String[] sections = Files.readString(file).split("\n--- ", -1);
            for (int i = 1; i < sections.length; i++) {
                int end = sections[i].indexOf('\n');
                sources.file(
                        sections[i].substring(0, end),
                        sections[i].substring(end).replace("SEQ", seq));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources.compile();
    }

    /** The jars of a Spark, which the build has copied. */
    static Path[] jars(String version) {
        Path jars = Path.of(System.getProperty("basedir"), "..", "spark-" + version, "target", "jars");
        try (Stream<Path> files = Files.list(jars)) {
            return files.sorted().toArray(Path[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program as {@code spark-submit} starts it: a source of the folder {@code autolog}. Its driver logs what Spark's algorithms say. */
    static Program submitted(String version, String source, String master, String... arguments) {
        Path[] jars = jars(version);
        Path jar = Jars.of(
                Map.of(),
                new Sources()
                        .resource("autolog/" + source + ".java")
                        .classPath(jars)
                        .options("--release", "17")
                        .compile());
        Path configuration = Directories.fresh();
        write(configuration.resolve("log4j2.properties"), """
                rootLogger.level = error
                rootLogger.appenderRef.stderr.ref = console
                appender.console.type = Console
                appender.console.name = console
                appender.console.target = SYSTEM_ERR
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %c{1} %m%n
                logger.algorithms.name = org.apache.spark.ml.util.Instrumentation
                logger.algorithms.level = info
                """);
        List<String> words = new ArrayList<>(List.of(
                "--master",
                master,
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.sql.shuffle.partitions=2",
                "--class",
                "autolog." + source,
                jar.toString()));
        words.addAll(List.of(arguments));
        Program program = Program.of("org.apache.spark.deploy.SparkSubmit", words.toArray(String[]::new))
                .classPath(jars)
                .alsoOnClassPath(configuration)
                .jvmOption("-Xmx1g", "-Djdk.reflect.useDirectMethodHandle=false")
                .env("SPARK_LOCAL_IP", "127.0.0.1")
                .env("PLUTO_METHODS", "autolog." + source + "#main")
                .env("PLUTO_SYSTEM_METRICS", "false");
        OPENED.forEach(name -> program.jvmOption("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        return program;
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was printed. */
    static List<Printed> printed(String stdout) {
        return FrameworkTraining.printed(stdout, VALUE, Double::parseDouble);
    }
}

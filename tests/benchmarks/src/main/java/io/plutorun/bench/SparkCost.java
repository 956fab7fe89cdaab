package io.plutorun.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What autolog costs a fit of Spark's. Its jars are too many for this module: {@code -Dbench.spark} names the folder that has them. */
final class SparkCost {

    private static final String PROGRAM = "FitsInTurns";

    /** Of the Sparks that are tried, none runs on a newer one. */
    private static final int NEWEST_JDK = 21;

    private static final InTurns FITS = new InTurns("fits", 20, 40, 5);

    /** What Spark's own scripts open. */
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
            "sun.security.action");

    private SparkCost() {}

    static String ofFit(Jdk jdk, int pairsOfJvms) throws IOException {
        String folder = System.getProperty("bench.spark", "");
        if (folder.isEmpty()) {
            return "not measured: -Dbench.spark names no folder with Spark's jars";
        }
        if (jdk.feature() > NEWEST_JDK) {
            return "not measured: Spark does not run on it";
        }
        Path[] jars;
        try (Stream<Path> files = Files.list(Path.of(folder).toAbsolutePath())) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toArray(Path[]::new);
        }
        Path classes = compiled(jars);
        try (Server server = Server.http()) {
            return FITS.measure(
                    pairsOfJvms,
                    () -> program(jdk, classes, jars, server, "false").start(),
                    () -> program(jdk, classes, jars, server, "true").start());
        }
    }

    private static Child program(Jdk jdk, Path classes, Path[] jars, Server server, String autolog) {
        Child program = Child.of(jdk, classes, PROGRAM)
                .on(jars)
                .agent(Place.agent())
                .environment(Map.of(
                        "PLUTO_AUTOLOG", autolog, "PLUTO_METHODS", PROGRAM + "#main", "SPARK_LOCAL_IP", "127.0.0.1"));
        OPENED.forEach(name -> program.option("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        return server.found(program);
    }

    private static Path compiled(Path[] jars) throws IOException {
        Path source = Files.createDirectories(Place.folder().resolve("spark")).resolve(PROGRAM + ".java");
        try (@Nullable InputStream text = SparkCost.class.getResourceAsStream("/spark/" + PROGRAM + ".java")) {
            Files.write(source, Objects.requireNonNull(text).readAllBytes());
        }
        Path classes = Files.createDirectories(Place.folder().resolve("spark-classes"));
        String classPath = String.join(
                System.getProperty("path.separator"),
                Stream.of(jars).map(Path::toString).toList());
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "--release",
                        "17",
                        "-cp",
                        classPath,
                        "-d",
                        classes.toString(),
                        source.toString());
        if (result != 0) {
            throw new IllegalStateException(source + " does not compile");
        }
        return classes;
    }
}

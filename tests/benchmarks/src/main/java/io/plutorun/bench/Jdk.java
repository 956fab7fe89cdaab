package io.plutorun.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An installed JDK.
 *
 * @param feature its feature release
 * @param home where it is
 */
record Jdk(int feature, Path home) {

    /** The JDK that runs the benchmarks, and the newest of those that are installed beside it. */
    static List<Jdk> measured() throws IOException {
        Jdk current = new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
        TreeMap<Integer, Jdk> found = new TreeMap<>();
        try (Stream<Path> siblings = Files.list(current.home().toRealPath().getParent())) {
            siblings.sorted(Comparator.reverseOrder())
                    .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .map(home -> new Jdk(featureOf(home), home))
                    .forEach(jdk -> found.put(jdk.feature(), jdk));
        }
        found.put(current.feature(), current);
        Jdk newest = found.lastEntry().getValue();
        return newest.equals(current) ? List.of(current) : List.of(current, newest);
    }

    Path java() {
        return home.resolve("bin/java");
    }

    private static int featureOf(Path home) {
        Path release = home.resolve("release");
        try (Stream<String> lines = Files.isReadable(release) ? Files.lines(release) : Stream.empty()) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                    .mapToInt(version -> Runtime.Version.parse(version).feature())
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}

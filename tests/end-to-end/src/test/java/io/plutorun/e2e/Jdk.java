package io.plutorun.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An installed JDK.
 *
 * @param feature its feature release, 17 or newer
 * @param home where it is
 */
record Jdk(int feature, Path home) {

    /** The JDK that runs the tests. */
    static Jdk current() {
        return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    }

    /** One JDK of each feature release from 17 on, oldest first: the one that runs the tests, and those installed beside it. */
    static List<Jdk> all() {
        Map<Integer, Jdk> found = new TreeMap<>();
        try (Stream<Path> siblings = Files.list(current().home().toRealPath().getParent())) {
            siblings.sorted(Comparator.reverseOrder())
                    .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .map(home -> new Jdk(featureOf(home), home))
                    .filter(jdk -> jdk.feature() >= 17)
                    .forEach(jdk -> found.put(jdk.feature(), jdk));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.put(current().feature(), current());
        return List.copyOf(found.values());
    }

    static Jdk newest() {
        List<Jdk> all = all();
        return all.get(all.size() - 1);
    }

    /** The launcher of this JDK. */
    Path java() {
        return home.resolve("bin/java");
    }

    private static int featureOf(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                    .mapToInt(version -> Runtime.Version.parse(version).feature())
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}

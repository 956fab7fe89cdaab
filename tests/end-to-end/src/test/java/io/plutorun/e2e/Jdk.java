package io.plutorun.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JDK that the tests run programs on.
 *
 * <p>Of each feature release there is one: the JDK that runs the tests, else the one that {@code -Dpluto.jdks=/path/a:/path/b} names, else
 * one that is installed beside the JDK that runs the tests.
 *
 * @param feature its feature release, such as 17
 * @param home where it is
 */
record Jdk(int feature, Path home) {

    /** The oldest release that the agent works on. */
    private static final int OLDEST = 17;

    /** {@code openjdk version "1.8.0_492"}, {@code java version "21.0.2" 2024-01-16}. */
    private static final Pattern VERSION = Pattern.compile("version \"(?:1\\.)?(\\d+)");

    private static final List<Jdk> FOUND = find();

    static {
        System.out.println("The end-to-end tests run programs on "
                + FOUND.stream().map(jdk -> jdk + " (" + jdk.home() + ")").collect(Collectors.joining(", ")));
    }

    /** The JDK that runs the tests. */
    static Jdk current() {
        return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    }

    /** The JDKs that the agent works on, oldest first. */
    static List<Jdk> all() {
        return FOUND.stream().filter(jdk -> jdk.feature() >= OLDEST).toList();
    }

    /** The JDKs that the agent refuses to work on, oldest first: only those that {@code -Dpluto.jdks} names, so there may be none. */
    static List<Jdk> tooOld() {
        return FOUND.stream().filter(jdk -> jdk.feature() < OLDEST).toList();
    }

    static Jdk newest() {
        List<Jdk> all = all();
        return all.get(all.size() - 1);
    }

    private static List<Jdk> find() {
        Map<Integer, Jdk> found = new TreeMap<>();
        siblings().filter(jdk -> jdk.feature() >= OLDEST).forEach(jdk -> found.put(jdk.feature(), jdk));
        named().forEach(jdk -> found.put(jdk.feature(), jdk));
        found.put(current().feature(), current());
        return List.copyOf(found.values());
    }

    /** Those beside the JDK that runs the tests. */
    private static Stream<Jdk> siblings() {
        try (Stream<Path> homes = Files.list(current().home().toRealPath().getParent())) {
            return homes
                    .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
                    .sorted(Comparator.reverseOrder())
                    .flatMap(home -> at(home).stream())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Jdk> named() {
        return Stream.of(System.getProperty("pluto.jdks", "").split(File.pathSeparator, -1))
                .filter(home -> !home.isBlank())
                .map(home -> Path.of(home).toAbsolutePath())
                .map(home -> at(home).orElseThrow(
                                () -> new IllegalArgumentException("pluto.jdks names " + home + ", which is no JDK")));
    }

    /** The launcher of this JDK. */
    Path java() {
        return home.resolve("bin/java");
    }

    /** Asks the launcher for its release: not every JDK 8 has a file that tells it. */
    private static Optional<Jdk> at(Path home) {
        try {
            Process java = new ProcessBuilder(home.resolve("bin/java").toString(), "-version")
                    .redirectErrorStream(true)
                    .start();
            Matcher version = VERSION.matcher(new String(java.getInputStream().readAllBytes(), UTF_8));
            return version.find() ? Optional.of(new Jdk(Integer.parseInt(version.group(1)), home)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}

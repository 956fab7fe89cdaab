package io.plutorun.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/promises.md lists the tests of each promise. The page must not name a test that does not exist, nor leave one out. */
class PromisesTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", "agent"), "..");
    private static final Path PAGE = ROOT.resolve("docs/promises.md");
    private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+Test)`");
    private static final Pattern PROMISE = Pattern.compile("(?<![A-Za-z0-9])P([1-9])(?![A-Za-z0-9])");
    private static final Pattern LIST =
            Pattern.compile("(<!-- tests P([1-9]) -->\n)(.*?)(<!-- /tests -->)", Pattern.DOTALL);

    @Test
    void every_test_class_on_the_page_exists() throws IOException {
        Set<String> named = new TreeSet<>();
        TEST_CLASS.matcher(Files.readString(PAGE)).results().forEach(match -> named.add(match.group(1)));

        assertThat(named).isNotEmpty();
        assertThat(testClasses().keySet()).as("test classes").containsAll(named);
    }

    @Test
    void every_promise_lists_the_tests_that_name_it() throws IOException {
        String page = Files.readString(PAGE).replace("\r\n", "\n");
        Map<String, Set<String>> tests = testsOfPromises();
        String fresh = LIST.matcher(page)
                .replaceAll(list -> Matcher.quoteReplacement(
                        list.group(1) + markdown(tests.getOrDefault(list.group(2), Set.of())) + list.group(4)));
        if (Boolean.getBoolean("pluto.write.readme")) {
            Files.writeString(PAGE, fresh);
            return;
        }
        assertThat(tests.keySet())
                .as("every promise has a test")
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(page)
                .as("docs/promises.md is stale: its first lines say how to write it anew")
                .isEqualTo(fresh);
    }

    private static String markdown(Set<String> classes) {
        return classes.stream().map(name -> "`" + name + "`").collect(Collectors.joining(",\n", "", "\n"));
    }

    private static Map<String, Set<String>> testsOfPromises() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (Map.Entry<String, Path> test : testClasses().entrySet()) {
            if (test.getKey().equals(PromisesTest.class.getSimpleName())) {
                continue;
            }
            PROMISE.matcher(Files.readString(test.getValue()))
                    .results()
                    .forEach(match -> tests.computeIfAbsent(match.group(1), promise -> new TreeSet<>())
                            .add(test.getKey()));
        }
        return tests;
    }

    private static boolean isMade(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/').contains("/target/");
    }

    /** By simple name. */
    private static Map<String, Path> testClasses() throws IOException {
        Map<String, Path> classes = new TreeMap<>();
        for (String module : new String[] {"annotations", "agent", "demo-app", "tests"}) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
                files.filter(file -> file.toString().replace('\\', '/').contains("/src/test/java/"))
                        .filter(file -> !isMade(file)) // such as another copy of the sources
                        .filter(file -> file.toString().endsWith("Test.java"))
                        .forEach(file -> {
                            String name = file.getFileName().toString();
                            classes.put(name.substring(0, name.length() - ".java".length()), file);
                        });
            }
        }
        return classes;
    }
}

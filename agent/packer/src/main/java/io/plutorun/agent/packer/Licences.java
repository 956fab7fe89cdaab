package io.plutorun.agent.packer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the libraries say about their licences, carried along with their classes: the Apache License wants it (4, a and d), and so do the
 * BSD and MIT licences of what they bundle themselves. Into the engine's archive, since the JVM pays for every entry of the jar itself.
 */
final class Licences {

    private static final String FOLDER = "META-INF/licenses/";

    /** Libraries, versions and licences. */
    static final String LIST = FOLDER + "THIRD-PARTY.txt";

    private static final Pattern TEXT =
            Pattern.compile("META-INF/(?:licen[cs]es?/)?([^/]*(?:LICEN[CS]E|NOTICE|COPYING)[^/]*|(?<=licenses/)[^/]+)");

    private static final Pattern VERSION = Pattern.compile("-[0-9][^/]*\\.jar$");

    private Licences() {}

    /** The licences and notices that the libraries hold, in a folder for each. */
    static Map<String, byte[]> of(List<Path> libraries) throws IOException {
        Map<String, byte[]> texts = new TreeMap<>();
        for (Path library : libraries) {
            for (Map.Entry<String, byte[]> entry : Contents.ofJar(library).entrySet()) {
                Matcher text = TEXT.matcher(entry.getKey());
                if (text.matches() && !entry.getKey().endsWith(".class")) {
                    texts.put(FOLDER + name(library) + "/" + text.group(1), entry.getValue());
                }
            }
        }
        return texts;
    }

    /** The build's report, in one order and without its blank head; it must name every library. */
    static byte[] list(Path report, List<Path> libraries) throws IOException {
        List<String> lines = Files.readAllLines(report).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("("))
                .sorted(Comparator.comparing(line -> line.substring(line.indexOf(')'))))
                .toList();
        for (Path library : libraries) {
            if (lines.stream().noneMatch(line -> line.contains(":" + name(library) + ":"))) {
                throw new IllegalStateException(report + " does not say under which licence " + library + " is");
            }
        }
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String name(Path library) {
        return VERSION.matcher(library.getFileName().toString()).replaceFirst("");
    }
}

package io.plutorun.agent.describe.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Which libraries a jar holds: by the {@code pom.properties} that Maven writes into it, else by its file's name. */
final class JarContents {

    private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

    /** Of Spring Boot, of a web archive, of other launchers of jars in jars. */
    private static final Pattern NESTED =
            Pattern.compile("(?:BOOT-INF/lib|WEB-INF/lib|WEB-INF/lib-provided|lib|main)/[^/]+\\.jar");

    private static final Pattern NAME = Pattern.compile("(.+?)-(\\d[\\w.+]*(?:-[\\w.+]+)*)\\.jar");

    private JarContents() {}

    /** The libraries of a jar, {@code group:artifact==version}; without a group where no {@code pom.properties} tells it. */
    static List<String> libraries(Path jar) throws IOException {
        List<String> libraries = new ArrayList<>();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            List<String> nested = new ArrayList<>();
            for (ZipEntry entry : Collections.list(file.entries())) {
                if (POM.matcher(entry.getName()).matches()) {
                    add(libraries, coordinates(file.getInputStream(entry)));
                } else if (NESTED.matcher(entry.getName()).matches()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        nested.add(nested(entry.getName(), in));
                    }
                }
            }
            if (libraries.isEmpty() && nested.isEmpty()) {
                add(libraries, byName(jar.getFileName().toString()));
            }
            libraries.addAll(nested);
        }
        return libraries;
    }

    private static void add(List<String> libraries, @Nullable String library) {
        if (library != null) {
            libraries.add(library);
        }
    }

    /** A jar in a jar, up to the first {@code pom.properties}: Maven writes it to the beginning. */
    private static String nested(String name, InputStream in) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (POM.matcher(entry.getName()).matches()) {
                String library = coordinates(zip);
                if (library != null) {
                    return library;
                }
            }
        }
        String file = name.substring(name.lastIndexOf('/') + 1);
        String library = byName(file);
        return library == null ? file : library;
    }

    private static @Nullable String coordinates(InputStream pom) throws IOException {
        Properties properties = new Properties();
        properties.load(pom);
        String group = properties.getProperty("groupId");
        String artifact = properties.getProperty("artifactId");
        String version = properties.getProperty("version");
        return group == null || artifact == null || version == null ? null : group + ":" + artifact + "==" + version;
    }

    /** {@code opennlp-tools-2.5.5.jar} → {@code opennlp-tools==2.5.5}; null where the name has no version. */
    static @Nullable String byName(String file) {
        Matcher name = NAME.matcher(file);
        return name.matches() ? name.group(1) + "==" + name.group(2) : null;
    }
}

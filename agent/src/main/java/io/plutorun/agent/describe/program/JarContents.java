package io.plutorun.agent.describe.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Which libraries a jar holds: by the {@code pom.properties} that Maven writes into it, else by its place in a repository of Maven, Gradle or
 * Coursier, else by its file's name, else by its manifest.
 */
final class JarContents {

    private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

    /** Of Spring Boot, of a web archive, of other launchers of jars in jars. */
    private static final Pattern NESTED =
            Pattern.compile("(?:BOOT-INF/lib|WEB-INF/lib|WEB-INF/lib-provided|lib|main)/[^/]+\\.jar");

    /** What the root of a repository is called: Maven's own, Coursier's and a mirror's, Gradle's. */
    private static final Set<String> REPOSITORIES = Set.of("repository", "maven2", "files-2.1");

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
                String library = byPath(jar);
                add(libraries, library == null ? byManifest(file) : library);
            } else if (libraries.size() > 1) {
                add(libraries, ofShaded(jar, libraries));
            }
            libraries.addAll(nested);
        }
        return libraries;
    }

    /** A jar that has other libraries in it, and none of the name that it bears: it is one itself. Null where one bears its name. */
    private static @Nullable String ofShaded(Path jar, List<String> inside) {
        String library = byPath(jar);
        if (library != null) {
            String name = artifact(library);
            for (String one : inside) {
                if (artifact(one).equals(name)) {
                    return null;
                }
            }
        }
        return library;
    }

    /** {@code artifact==version}. */
    private static String artifact(String library) {
        return library.substring(library.indexOf(':') + 1);
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

    /**
     * {@code …/repository/org/acme/tools/2.5/tools-2.5.jar} → {@code org.acme:tools==2.5}, by the layouts of repositories; elsewhere as {@link
     * #byName} says.
     */
    static @Nullable String byPath(Path jar) {
        String file = jar.getFileName().toString();
        for (int up = 1; up <= 2; up++) { // Gradle puts a folder between, named after the checksum
            int at = jar.getNameCount() - 1 - up;
            if (at > 1) {
                String version = jar.getName(at).toString();
                String artifact = jar.getName(at - 1).toString();
                String group = file.startsWith(artifact + "-" + version) ? group(jar.subpath(0, at - 1)) : null;
                if (group != null) {
                    return group + ":" + artifact + "==" + version;
                }
            }
        }
        return byName(file);
    }

    /** What a folder of artifacts is called below the root of its repository, with dots; null where that is not to be seen. */
    private static @Nullable String group(Path folder) {
        StringBuilder group = new StringBuilder();
        for (int i = folder.getNameCount() - 1; i > 0; i--) {
            group.insert(0, folder.getName(i));
            if (REPOSITORIES.contains(folder.getName(i - 1).toString())) {
                return group.toString();
            }
            group.insert(0, '.');
        }
        return null;
    }

    private static @Nullable String byManifest(ZipFile jar) throws IOException {
        ZipEntry entry = jar.getEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            return null;
        }
        Attributes manifest = new Manifest(jar.getInputStream(entry)).getMainAttributes();
        String name = manifest.getValue("Bundle-SymbolicName");
        String version = manifest.getValue("Bundle-Version");
        if (name == null || version == null) {
            name = manifest.getValue(Attributes.Name.IMPLEMENTATION_TITLE);
            version = manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
        return name == null || version == null ? null : name.replaceFirst(";.*", "") + "==" + version;
    }

    /** {@code opennlp-tools-2.5.5.jar} → {@code opennlp-tools==2.5.5}; null where the name has no version. */
    static @Nullable String byName(String file) {
        Matcher name = NAME.matcher(file);
        return name.matches() ? name.group(1) + "==" + name.group(2) : null;
    }
}

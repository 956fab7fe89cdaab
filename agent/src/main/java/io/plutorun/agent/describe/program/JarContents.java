package io.plutorun.agent.describe.program;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a jar holds, as far as a run tells it.
 *
 * @param libraries {@code group:artifact==version}: by the {@code pom.properties} that Maven writes into a jar, else by its place in a
 *     repository, else by its file's name, else by its manifest; without a group where nothing tells it
 * @param checksum of the names, sizes and checksums of its entries, in any order, without the jars in it
 * @param checksumOfJars the same of the jars in it; 0 where there are none
 * @param classPath the addresses that its manifest adds to the class path, as they stand there
 */
record JarContents(List<String> libraries, long checksum, long checksumOfJars, List<String> classPath) {

    /** Of a file that is no jar. */
    static final JarContents NONE = new JarContents(List.of(), 0, 0, List.of());

    private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

    /** Of Spring Boot, of a web archive, of other launchers of jars in jars. */
    private static final Pattern NESTED =
            Pattern.compile("(?:BOOT-INF/lib|WEB-INF/lib|WEB-INF/lib-provided|lib|main)/[^/]+\\.jar");

    /** Those that are written by tools are much smaller. */
    private static final int MAX_BYTES = 1 << 20;

    /** Reads a jar, which is opened once. */
    static JarContents read(Path jar) throws IOException {
        List<String> libraries = new ArrayList<>();
        List<String> nested = new ArrayList<>();
        long checksum = 0;
        long checksumOfJars = 0;
        try (ZipFile file = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.endsWith(".jar")) {
                    checksumOfJars += checksum(entry);
                    if (NESTED.matcher(name).matches()) {
                        try (InputStream in = file.getInputStream(entry)) {
                            nested.add(nested(name, in));
                        }
                    }
                } else {
                    checksum += checksum(entry);
                    if (name.endsWith("/pom.properties") && POM.matcher(name).matches()) {
                        add(libraries, coordinates(file.getInputStream(entry)));
                    }
                }
            }
            Attributes manifest = manifest(file);
            if (libraries.isEmpty() && nested.isEmpty()) {
                String library = LibraryName.byPath(jar);
                add(libraries, library == null ? byManifest(manifest) : library);
            } else if (libraries.size() > 1) {
                add(libraries, ofShaded(jar, libraries));
            }
            libraries.addAll(nested);
            return new JarContents(libraries, checksum, checksumOfJars, classPath(manifest));
        }
    }

    /** Spread over all bits of a number, so that a sum of many tells them apart. The constants are those of SplitMix64. */
    private static long checksum(ZipEntry entry) {
        long bits = ((long) entry.getName().hashCode() << 32 | entry.getCrc()) + entry.getSize() * 0x9E3779B97F4A7C15L;
        bits = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
        return bits ^ bits >>> 31;
    }

    private static Attributes manifest(ZipFile jar) {
        ZipEntry entry = jar.getEntry(JarFile.MANIFEST_NAME);
        if (entry != null) {
            try (InputStream in = jar.getInputStream(entry)) {
                return new Manifest(beginning(in)).getMainAttributes();
            } catch (IOException e) {
                // malformed: the JVM takes nothing from it either
            }
        }
        return new Attributes();
    }

    private static List<String> classPath(Attributes manifest) {
        String addresses = manifest.getValue(Attributes.Name.CLASS_PATH);
        return addresses == null || addresses.isBlank()
                ? List.of()
                : List.of(addresses.strip().split("\\s+"));
    }

    /** A jar that has other libraries in it, and none of the name that it bears: it is one itself. Null where one bears its name. */
    private static @Nullable String ofShaded(Path jar, List<String> inside) {
        String library = LibraryName.byPath(jar);
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
        String library = LibraryName.byName(file);
        return library == null ? file : library;
    }

    private static @Nullable String coordinates(InputStream pom) throws IOException {
        Properties properties = new Properties();
        properties.load(beginning(pom));
        String group = properties.getProperty("groupId");
        String artifact = properties.getProperty("artifactId");
        String version = properties.getProperty("version");
        return group == null || artifact == null || version == null ? null : group + ":" + artifact + "==" + version;
    }

    /** A jar may hold anything under such a name. */
    private static InputStream beginning(InputStream in) throws IOException {
        return new ByteArrayInputStream(in.readNBytes(MAX_BYTES));
    }

    private static @Nullable String byManifest(Attributes manifest) {
        String name = manifest.getValue("Bundle-SymbolicName");
        String version = manifest.getValue("Bundle-Version");
        if (name == null || version == null) {
            name = manifest.getValue(Attributes.Name.IMPLEMENTATION_TITLE);
            version = manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
        return name == null || version == null ? null : name.replaceFirst(";.*", "") + "==" + version;
    }
}

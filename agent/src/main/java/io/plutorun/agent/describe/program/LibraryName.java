package io.plutorun.agent.describe.program;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which library a jar is, by its name and by its place in a repository. */
final class LibraryName {

    /** What the root of a repository is called: Maven's own, Coursier's and a mirror's, Gradle's. */
    private static final Set<String> REPOSITORIES = Set.of("repository", "maven2", "files-2.1");

    private static final Pattern NAME = Pattern.compile("(.+?)-(\\d[\\w.+]*(?:-[\\w.+]+)*)\\.jar");

    private LibraryName() {}

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

    /** {@code opennlp-tools-2.5.5.jar} → {@code opennlp-tools==2.5.5}; null where the name has no version. */
    static @Nullable String byName(String file) {
        Matcher name = NAME.matcher(file);
        return name.matches() ? name.group(1) + "==" + name.group(2) : null;
    }
}

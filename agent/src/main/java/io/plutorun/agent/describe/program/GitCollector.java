package io.plutorun.agent.describe.program;

import io.plutorun.agent.describe.Collector;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The version of the program's code: of the repository around the working folder, else around the folders of the class path, else as a
 * build has noted it in variables.
 */
public final class GitCollector implements Collector {

    /** Those that a build server, or who builds an image, sets. The first that is set counts. */
    private static final List<String> COMMITS =
            List.of("GIT_COMMIT", "CI_COMMIT_SHA", "GITHUB_SHA", "BUILDKITE_COMMIT", "CIRCLE_SHA1");

    private static final List<String> BRANCHES = List.of("GIT_BRANCH", "CI_COMMIT_REF_NAME", "GITHUB_REF_NAME");

    private final Path workingFolder;
    private final Supplier<List<Path>> classPath;
    private final Map<String, String> environment;

    /**
     * Makes it.
     *
     * @param workingFolder where a repository is looked for first
     * @param classPath see {@link ClassPath#entries}
     * @param environment the variables of the process
     */
    public GitCollector(Path workingFolder, Supplier<List<Path>> classPath, Map<String, String> environment) {
        this.workingFolder = workingFolder;
        this.classPath = classPath;
        this.environment = environment;
    }

    @Override
    public Map<String, @Nullable Object> collect() {
        Map<String, @Nullable Object> git = GitFolder.around(workingFolder)
                .or(this::ofClassPath)
                .map(GitCollector::of)
                .orElseGet(this::ofVariables);
        return git.isEmpty() ? Map.of() : Map.of("git", git);
    }

    private Optional<GitFolder> ofClassPath() {
        return classPath.get().stream()
                .filter(Files::isDirectory)
                .flatMap(folder -> GitFolder.around(folder).stream())
                .findFirst();
    }

    private static Map<String, @Nullable Object> of(GitFolder folder) {
        Map<String, @Nullable Object> git = new LinkedHashMap<>();
        put(git, "url", shown(folder.remoteUrl()));
        put(git, "root", folder.root().toString());
        put(git, "branch", folder.branch());
        put(git, "commit", folder.commit());
        put(git, "dirty", GitIndex.isDirty(folder).orElse(null));
        git.put("diff", Map.of()); // required
        return git;
    }

    private Map<String, @Nullable Object> ofVariables() {
        Map<String, @Nullable Object> git = new LinkedHashMap<>();
        first(COMMITS).filter(commit -> commit.matches("[0-9a-fA-F]{7,64}")).ifPresent(commit -> {
            git.put("commit", commit);
            put(git, "branch", first(BRANCHES).orElse(null));
            git.put("diff", Map.of());
        });
        return git;
    }

    private Optional<String> first(List<String> names) {
        return names.stream()
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static void put(Map<String, @Nullable Object> git, String name, @Nullable Object value) {
        if (value != null) {
            git.put(name, value);
        }
    }

    /** A remote without user and password; null for one that the page's card can't show: it must be a URL, or {@code git@host:path}. */
    static @Nullable String shown(@Nullable String remote) {
        if (remote == null || remote.matches("git@[^:/@]+:[^@]+")) {
            return remote;
        }
        try {
            URI uri = new URI(remote);
            return uri.getHost() == null
                    ? null
                    : new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null)
                            .toString();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}

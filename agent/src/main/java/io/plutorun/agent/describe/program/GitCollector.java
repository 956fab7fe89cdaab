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
import java.util.Properties;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * The version of the program's code: of the repository around the working folder, else around the folders of the class path, else as a
 * build has noted it in {@code git.properties} or in variables. With it goes the version that the program's manifest names.
 */
public final class GitCollector implements Collector {

    /** Those that a build server, or who builds an image, sets. The first that is set counts. */
    private static final List<String> COMMITS =
            List.of("GIT_COMMIT", "CI_COMMIT_SHA", "GITHUB_SHA", "BUILDKITE_COMMIT", "CIRCLE_SHA1");

    private static final String COMMIT = "[0-9a-fA-F]{7,64}";

    private static final List<String> BRANCHES = List.of("GIT_BRANCH", "CI_COMMIT_REF_NAME", "GITHUB_REF_NAME");

    private final @Nullable Path workingFolder;
    private final Supplier<List<Path>> own;
    private final Map<String, String> environment;
    private volatile boolean hasLeftChanges;

    /**
     * Makes it.
     *
     * @param workingFolder where a repository is looked for first; null where it can't be named
     * @param own see {@link ClassPath#own}
     * @param environment the variables of the process
     */
    public GitCollector(@Nullable Path workingFolder, Supplier<List<Path>> own, Map<String, String> environment) {
        this.workingFolder = workingFolder;
        this.own = own;
        this.environment = environment;
    }

    @Override
    public Map<String, @Nullable Object> collect() {
        BuildNotes notes = BuildNotes.in(own.get());
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        Map<String, @Nullable Object> git = folder().map(this::of).orElseGet(() -> ofProperties(notes.git()));
        if (git.isEmpty()) {
            git = ofVariables();
        }
        if (!git.isEmpty()) {
            found.put("git", git);
        }
        Map<String, @Nullable Object> program = new LinkedHashMap<>();
        put(program, "title", notes.manifest().getValue(Attributes.Name.IMPLEMENTATION_TITLE));
        put(program, "version", notes.manifest().getValue(Attributes.Name.IMPLEMENTATION_VERSION));
        if (!program.isEmpty()) {
            found.put("program", program);
        }
        return found;
    }

    /** The folder of the repository that the program is of; empty for none. */
    public Optional<Path> root() {
        return folder().map(GitFolder::root);
    }

    /** Whether {@link #collect} has left {@link #changes} for later, since they may take long. */
    public boolean hasLeftChanges() {
        return hasLeftChanges;
    }

    /** Whether files differ from what is checked out: each is looked at, and those of another time are read. */
    public Map<String, @Nullable Object> changes() {
        return folder().flatMap(folder -> GitIndex.isDirty(folder, folder.commit()))
                .<Map<String, @Nullable Object>>map(isDirty -> Map.of("git", Map.of("dirty", isDirty)))
                .orElse(Map.of());
    }

    private Optional<GitFolder> folder() {
        return Optional.ofNullable(workingFolder).flatMap(GitFolder::around).or(this::ofClassPath);
    }

    private Optional<GitFolder> ofClassPath() {
        return own.get().stream()
                .filter(Files::isDirectory)
                .flatMap(folder -> GitFolder.around(folder).stream())
                .findFirst();
    }

    private Map<String, @Nullable Object> of(GitFolder folder) {
        Map<String, @Nullable Object> git = new LinkedHashMap<>();
        put(git, "url", shown(folder.remoteUrl()));
        put(git, "root", folder.root().toString());
        put(git, "branch", folder.branch());
        String commit = folder.commit();
        put(git, "commit", commit);
        Boolean isDirty = GitIndex.isDirtyAtALook(folder, commit).orElse(null);
        put(git, "dirty", isDirty);
        hasLeftChanges = isDirty == null;
        git.put("diff", Map.of()); // required
        return git;
    }

    private static Map<String, @Nullable Object> ofProperties(Properties properties) {
        Map<String, @Nullable Object> git = new LinkedHashMap<>();
        String full = properties.getProperty("git.commit.id.full"); // the plugin's flat and its full form
        String commit = full == null ? properties.getProperty("git.commit.id") : full;
        if (commit != null && commit.matches(COMMIT)) {
            put(git, "url", shown(properties.getProperty("git.remote.origin.url")));
            put(git, "branch", properties.getProperty("git.branch"));
            git.put("commit", commit);
            String dirty = properties.getProperty("git.dirty");
            put(git, "dirty", dirty == null ? null : Boolean.valueOf(dirty));
            git.put("diff", Map.of());
        }
        return git;
    }

    private Map<String, @Nullable Object> ofVariables() {
        Map<String, @Nullable Object> git = new LinkedHashMap<>();
        first(COMMITS).filter(commit -> commit.matches(COMMIT)).ifPresent(commit -> {
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

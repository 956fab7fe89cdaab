package io.plutorun.agent.describe.program;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A git repository, read as files (gitrepository-layout(5)): no git need be installed.
 *
 * @param root the folder that is worked in
 * @param own what belongs to this folder alone: {@code HEAD} and the index
 * @param common what all work trees of the repository share: references and config
 */
record GitFolder(Path root, Path own, Path common) {

    private static final String REFERENCE = "ref: ";
    private static final String BRANCHES = "refs/heads/";
    private static final int MAX_BYTES = 4 << 20;

    /** The repository that a folder is in; empty for none. */
    static Optional<GitFolder> around(Path folder) {
        for (Path root = folder.toAbsolutePath().normalize(); root != null; root = root.getParent()) {
            Path git = root.resolve(".git");
            if (Files.isDirectory(git)) {
                return Optional.of(of(root, git));
            }
            String link = text(git); // of a work tree, or a submodule
            if (link.startsWith("gitdir: ")) {
                return Optional.of(of(root, root.resolve(link.substring(8)).normalize()));
            }
        }
        return Optional.empty();
    }

    private static GitFolder of(Path root, Path own) {
        String common = text(own.resolve("commondir"));
        return new GitFolder(
                root, own, common.isEmpty() ? own : own.resolve(common).normalize());
    }

    /** The branch; null where a commit is checked out instead of one. */
    @Nullable
    String branch() {
        String head = text(own.resolve("HEAD"));
        String reference = head.startsWith(REFERENCE) ? head.substring(REFERENCE.length()) : "";
        return reference.startsWith(BRANCHES) ? reference.substring(BRANCHES.length()) : null;
    }

    /** The commit, in hexadecimal digits; null where there is none yet. */
    @Nullable
    String commit() {
        String head = text(own.resolve("HEAD"));
        if (!head.startsWith(REFERENCE)) {
            return isId(head) ? head : null;
        }
        String reference = head.substring(REFERENCE.length());
        for (Path folder : new Path[] {own, common}) {
            String id = text(folder.resolve(reference));
            if (isId(id)) {
                return id;
            }
        }
        return text(common.resolve("packed-refs"))
                .lines()
                .filter(line -> line.endsWith(" " + reference) && isId(line.substring(0, line.indexOf(' '))))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElse(null);
    }

    /** Where {@code origin} is, or else the first remote, as the config has it; null for none. */
    @Nullable
    String remoteUrl() {
        String url = null;
        boolean isRemote = false;
        boolean isOrigin = false;
        for (String line : text(common.resolve("config")).lines().toList()) {
            String trimmed = line.strip();
            if (trimmed.startsWith("[")) {
                isRemote = trimmed.startsWith("[remote ");
                isOrigin = trimmed.equals("[remote \"origin\"]");
            } else if (isRemote && trimmed.matches("url\\s*=.*") && (url == null || isOrigin)) {
                url = trimmed.substring(trimmed.indexOf('=') + 1).strip();
            }
        }
        return url;
    }

    /** The list of the files that are checked out. */
    Path index() {
        return own.resolve("index");
    }

    private static boolean isId(String text) {
        return text.matches("[0-9a-f]{40}|[0-9a-f]{64}");
    }

    /** What a file holds; no channel is made for it, see {@link io.plutorun.agent.host.linux.SystemFiles#text}. */
    static byte[] bytes(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
                    ? new String(bytes(file), StandardCharsets.UTF_8).strip()
                    : "";
        } catch (IOException e) {
            return "";
        }
    }
}

package io.plutorun.agent.describe.program;

import io.plutorun.agent.describe.Collector;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.commands.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the program's files differ from what was committed, and from the branch's upstream, as {@code git diff} tells it. Nothing that a repository
 * or a user has configured is executed for it, and nothing is fetched: no other program for differences, no filter, no hook, no monitor of
 * files. A file behind a filter is compared as it lies on disk.
 */
public final class GitDiffCollector implements Collector {

    private static final int MAX_BYTES = 1 << 20;
    private static final Duration MAX_TIME = Duration.ofSeconds(20);
    private static final String CUT_OFF = "… (cut off: the difference is larger than 1 MiB)\n";

    private static final int FAILED = 128;
    private static final Map<String, String> COMMITS = Map.of("head", "HEAD", "remote", "@{upstream}");

    private final Supplier<Optional<Path>> root;
    private final @Nullable String path;
    private final Redactor redactor;
    private final ThreadFactory threads;

    /**
     * Makes it.
     *
     * @param root the folder that is worked in; empty where there is no repository
     * @param path the folders in which commands lie, as the environment names them; null where it names none
     * @param threads makes the thread that ends a git which takes too long
     */
    public GitDiffCollector(
            Supplier<Optional<Path>> root, @Nullable String path, Redactor redactor, ThreadFactory threads) {
        this.root = root;
        this.path = path;
        this.redactor = redactor;
        this.threads = threads;
    }

    @Override
    public Map<String, @Nullable Object> collect() throws IOException, InterruptedException {
        Path git = Commands.find(path, "git");
        Optional<Path> folder = root.get();
        if (git == null || folder.isEmpty()) {
            return Map.of();
        }
        List<String> filters = filters(git, folder.get());
        if (filters == null) {
            return Map.of();
        }
        Map<String, @Nullable Object> diff = new LinkedHashMap<>();
        for (Map.Entry<String, String> against : COMMITS.entrySet()) {
            List<String> options = List.of(
                    "diff",
                    "--no-ext-diff",
                    "--no-textconv",
                    "--no-color",
                    "--submodule=short",
                    "--ignore-submodules=dirty", // to look into one is to execute another git, with its config
                    against.getValue(),
                    "--");
            Said said = said(git, folder.get(), filters, options);
            if (!said.text().isEmpty() && said.exitCode() == 0) {
                diff.put(against.getKey(), redactor.text(said.text()));
            }
        }
        return diff.isEmpty() ? Map.of() : Map.of("git", Map.of("diff", diff));
    }

    /**
     * Settings without any of the filters that are configured, anywhere.
     *
     * @return null where they are not known
     */
    private @Nullable List<String> filters(Path git, Path folder) throws IOException, InterruptedException {
        Said said =
                said(git, folder, List.of(), List.of("config", "--null", "--name-only", "--get-regexp", "^filter[.]"));
        if (said.exitCode() > 1 || said.text().endsWith(CUT_OFF)) { // 1: there is none
            return null;
        }
        Set<String> names = new LinkedHashSet<>();
        for (int begin = 0, end; (end = said.text().indexOf('\0', begin)) >= 0; begin = end + 1) {
            names.add(said.text().substring(begin, said.text().lastIndexOf('.', end)));
        }
        List<String> settings = new ArrayList<>();
        for (String name : names) {
            if (name.indexOf('=') >= 0) { // git would take what is before it for the name
                return null;
            }
            for (String setting : List.of(".clean=", ".smudge=", ".process=", ".required=false")) {
                settings.addAll(List.of("-c", name + setting));
            }
        }
        return settings;
    }

    /**
     * What git has said.
     *
     * @param exitCode 0 where it was stopped since the text is too long
     */
    private record Said(String text, int exitCode) {}

    private Said said(Path git, Path folder, List<String> settings, List<String> words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(git.toString(), "--no-pager", "-C", folder.toString()));
        command.addAll(List.of("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"));
        command.addAll(List.of("-c", "core.quotePath=false"));
        command.addAll(settings);
        command.addAll(words);
        ProcessBuilder builder = Commands.withoutSettings(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0"); // nothing of the repository is written
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_NO_LAZY_FETCH", "1");
        builder.environment().put("GIT_ALLOW_PROTOCOL", "none"); // the same for a git before 2.45
        Process process = builder.start();
        try (InputStream output = process.getInputStream()) {
            process.getOutputStream().close();
            threads.newThread(() -> endWhenLate(process)).start();
            byte[] bytes = output.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                String text = new String(bytes, 0, MAX_BYTES, StandardCharsets.UTF_8);
                return new Said(text.substring(0, text.lastIndexOf('\n') + 1) + CUT_OFF, 0); // no secret is cut in two
            }
            boolean isOver = process.waitFor(MAX_TIME.toMillis(), TimeUnit.MILLISECONDS);
            return new Said(new String(bytes, StandardCharsets.UTF_8), isOver ? process.exitValue() : FAILED);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What reads from it comes to its end then. */
    private static void endWhenLate(Process process) {
        try {
            if (!process.waitFor(MAX_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}

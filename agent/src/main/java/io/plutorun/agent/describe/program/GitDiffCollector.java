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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the program's files differ from what was committed, and from the branch's upstream, as {@code git diff} tells it. Other
 * programs for differences, which a repository may have configured, are not executed; its filters are, since git compares what they make.
 */
public final class GitDiffCollector implements Collector {

    private static final int MAX_BYTES = 1 << 20;
    private static final Duration MAX_TIME = Duration.ofSeconds(20);
    private static final String CUT_OFF = "… (cut off: the difference is larger than 1 MiB)\n";

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
        Map<String, @Nullable Object> diff = new LinkedHashMap<>();
        for (Map.Entry<String, String> against :
                Map.of("head", "HEAD", "remote", "@{upstream}").entrySet()) {
            String text = difference(git, folder.get(), against.getValue());
            if (!text.isEmpty()) {
                diff.put(against.getKey(), redactor.text(text));
            }
        }
        return diff.isEmpty() ? Map.of() : Map.of("git", Map.of("diff", diff));
    }

    /** Empty where there is none, where there is no such commit, and where it took too long. */
    private String difference(Path git, Path folder, String commit) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(git.toString(), "-C", folder.toString()));
        command.addAll(List.of("-c", "core.fsmonitor=false", "-c", "core.quotePath=false"));
        command.addAll(List.of("diff", "--no-ext-diff", "--no-textconv", "--no-color", commit, "--"));
        ProcessBuilder builder = Commands.withoutSettings(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0"); // nothing of the repository is written
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        Process process = builder.start();
        try (InputStream output = process.getInputStream()) {
            process.getOutputStream().close();
            threads.newThread(() -> endWhenLate(process)).start();
            byte[] bytes = output.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                String text = new String(bytes, 0, MAX_BYTES, StandardCharsets.UTF_8);
                return text.substring(0, text.lastIndexOf('\n') + 1) + CUT_OFF; // no secret is cut in two
            }
            return process.waitFor(MAX_TIME.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0
                    ? new String(bytes, StandardCharsets.UTF_8)
                    : "";
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

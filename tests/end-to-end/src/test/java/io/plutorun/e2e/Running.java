package io.plutorun.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A program that has been started. */
final class Running {

    private final Process process;
    private final Path out;
    private final Path err;
    private final Consumer<Result> check;

    private Running(Process process, Path out, Path err, Consumer<Result> check) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.check = check;
    }

    static Running start(List<String> command, Map<String, String> environment, Path directory) {
        return start(command, environment, directory, new Home(), result -> {});
    }

    /**
     * Starts a program.
     *
     * @param command its words; the options of the JVM that keep it in that home are added
     * @param environment variables of its own, beside those of this JVM that do not change what a JVM does
     * @param home where the program is at home, whoever runs the tests
     * @param check what to do with every end of it, before the test sees it
     */
    static Running start(
            List<String> command, Map<String, String> environment, Path directory, Home home, Consumer<Result> check) {
        try {
            Path out = Files.createTempFile("pluto-e2e", ".out");
            Path err = Files.createTempFile("pluto-e2e", ".err");
            ProcessBuilder builder = new ProcessBuilder(home.in(command))
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("PLUTO_")
                            || name.startsWith("XDG_")
                            || name.endsWith("JAVA_OPTIONS")
                            || name.equals("JAVA_TOOL_OPTIONS"));
            builder.environment().putAll(home.variables());
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, err, check);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Sends a signal, by its name without {@code SIG}. */
    void signal(String name) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder("kill", "-s", name, String.valueOf(pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IOException("kill -s " + name + " ended with " + exitCode);
        }
    }

    /** Waits until the program has written these words to stderr, as the agent does. */
    void awaitWords(String words) {
        awaitThat(() -> read(err).contains(words), "its stderr has no \"" + words + "\"");
    }

    /** What it has printed until now. */
    String stdout() {
        return read(out);
    }

    /**
     * Waits until a condition holds that the program makes true, and fails at once where the program ends without that.
     *
     * @param missing what is missing as long as the condition does not hold
     */
    void awaitThat(BooleanSupplier condition, String missing) {
        // Whether it lives is asked first: what it does last counts.
        Await.until(
                () -> {
                    boolean alive = process.isAlive();
                    boolean holds = condition.getAsBoolean();
                    if (!holds && !alive) {
                        throw new AssertionError("the program has ended, and " + missing + told());
                    }
                    return holds;
                },
                () -> {
                    process.destroyForcibly();
                    return missing + told();
                });
    }

    /** Waits until the program ends by itself, but not longer than this. */
    void awaitEndFor(Duration atMost) {
        try {
            process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private String told() {
        return "\nstdout:\n" + read(out) + "\nstderr:\n" + read(err);
    }

    /** Lets a program go on that waits for a byte of its standard input. */
    void goOn() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the program's standard input. */
    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the program's end. */
    Result await() {
        try {
            if (!process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("the program did not end within " + Await.LONG.toSeconds() + " s" + told());
            }
            Result result = new Result(process.exitValue(), read(out), read(err));
            check.accept(result);
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            delete(out);
            delete(err);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

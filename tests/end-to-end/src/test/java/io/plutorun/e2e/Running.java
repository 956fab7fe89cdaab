package io.plutorun.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A program that has been started. */
final class Running {

    /** Far more than any of the programs takes, so that only one that hangs is ended. */
    private static final long MOST_SECONDS = 120;

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
        return start(command, environment, directory, result -> {});
    }

    /**
     * Starts a program.
     *
     * @param check what to do with every end of it, before the test sees it
     */
    static Running start(
            List<String> command, Map<String, String> environment, Path directory, Consumer<Result> check) {
        try {
            Path out = Files.createTempFile("pluto-e2e", ".out");
            Path err = Files.createTempFile("pluto-e2e", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("PLUTO_")
                            || name.endsWith("JAVA_OPTIONS")
                            || name.equals("JAVA_TOOL_OPTIONS"));
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
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!read(err).contains(words)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("it never said \"" + words + "\", but:\n" + read(err));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // a file wakes nobody
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
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("the program did not end within " + MOST_SECONDS + " s; stdout:\n" + read(out)
                        + "\nstderr:\n" + read(err));
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

package io.plutorun.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A program in a JVM of its own, as often as it is run: with the JVM's own defaults, and an environment without the agent's variables. */
final class Child {

    private static final Path BASH = Path.of("/bin/bash");

    /** What a clock tick of {@code /proc} is, on all Linux systems that Java runs on. */
    private static final double SECONDS_PER_TICK = 0.01;

    private final Jdk jdk;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<Path> classPath = new ArrayList<>();
    private final List<String> main = new ArrayList<>();

    private Child(Jdk jdk) {
        this.jdk = jdk;
    }

    /**
     * What a run of it was.
     *
     * @param stdout what it printed
     * @param started when it was started, in milliseconds since 1970
     * @param cpuSeconds what it and the kernel for it computed
     */
    record Run(String stdout, long started, double cpuSeconds) {

        /** What it printed, as a number. */
        double number() {
            return Double.parseDouble(stdout.strip());
        }
    }

    /** A program of this module's. */
    static Child of(Jdk jdk, Class<?> main, String... arguments) {
        return new Child(jdk).on(Place.classes(), Place.annotations()).main(main.getName(), arguments);
    }

    /** A program that was made for the occasion. */
    static Child of(Jdk jdk, Path classes, String main) {
        return new Child(jdk).on(classes, Place.annotations()).main(main);
    }

    /** What a jar does as a program. */
    static Child ofJar(Jdk jdk, Path jar, String... arguments) {
        Child child = new Child(jdk);
        child.main.addAll(List.of("-jar", jar.toString()));
        child.main.addAll(List.of(arguments));
        return child;
    }

    /** Puts these on its class path, too. */
    Child on(Path... entries) {
        classPath.addAll(List.of(entries));
        return this;
    }

    /**
     * Puts these on its class path, before all others. The JVM then opens them to find the program; else it would for the class of an
     * agent, whichever that is, and not without one.
     */
    Child behind(Path... entries) {
        classPath.addAll(0, List.of(entries));
        return this;
    }

    private Child main(String name, String... arguments) {
        main.add(name);
        main.addAll(List.of(arguments));
        return this;
    }

    Child agent(@Nullable Path jar) {
        if (jar != null) {
            options.add("-javaagent:" + jar);
        }
        return this;
    }

    Child option(String option) {
        options.add(option);
        return this;
    }

    Child environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** Puts all libraries of this module on its class path, too. */
    Child withLibraries() {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            classPath.add(Path.of(entry).toAbsolutePath());
        }
        return this;
    }

    /** A run that answers lines. It has ended when it is closed. */
    static final class Conversation implements AutoCloseable {

        private final Path folder;
        private final Process process;
        private final BufferedReader answers;
        private final BufferedWriter questions;

        private Conversation(Path folder, Process process) {
            this.folder = folder;
            this.process = process;
            this.answers = process.inputReader();
            this.questions = process.outputWriter();
        }

        /** Writes a line to the program, and waits for one of its. */
        String ask(String line) throws IOException {
            questions.write(line + "\n");
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("no answer: " + Files.readString(folder.resolve("err")));
            }
            return answer;
        }

        @Override
        public void close() throws IOException {
            questions.close();
            process.onExit().join();
            Place.delete(folder);
        }
    }

    Conversation start() throws IOException {
        Path folder = Files.createTempDirectory(Place.folder(), "child");
        Process process = builder(folder, List.of())
                .redirectError(folder.resolve("err").toFile())
                .start();
        return new Conversation(folder, process);
    }

    Run run() {
        try {
            Path folder = Files.createTempDirectory(Place.folder(), "child");
            try {
                return run(folder);
            } finally {
                Place.delete(folder);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Run run(Path folder) throws IOException, InterruptedException {
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        Path times = folder.resolve("times");
        List<String> timed = new ArrayList<>();
        boolean bash = Files.isExecutable(BASH);
        if (bash) { // its time is getrusage's of the child; without bash there are only ticks
            timed.addAll(List.of(
                    BASH.toString(),
                    "-c",
                    "TIMEFORMAT='%3U %3S'; exec 3>&2; { time \"$@\" 2>&3; } 2>'" + times + "'",
                    "bash"));
        }
        ProcessBuilder builder = builder(folder, timed).redirectOutput(out).redirectError(err);
        double before = ticks();
        long started = System.currentTimeMillis();
        int exitCode = builder.start().waitFor();
        double cpu = bash ? seconds(times) : (ticks() - before) * SECONDS_PER_TICK;
        if (exitCode != 0) {
            throw new IllegalStateException(
                    builder.command() + " ended with " + exitCode + ": " + Files.readString(err.toPath()));
        }
        return new Run(Files.readString(out.toPath()), started, cpu);
    }

    /** What starts it, behind the words that start the JVM. */
    private ProcessBuilder builder(Path folder, List<String> starter) {
        List<String> words = new ArrayList<>(starter);
        words.add(jdk.java().toString());
        words.add("-Duser.home=" + folder);
        words.addAll(options);
        words.add("-cp");
        words.add(String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList()));
        words.addAll(main);
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PLUTO_") || name.contains("JAVA_"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    private static double seconds(Path times) throws IOException {
        String[] userAndSystem =
                Files.readString(times).strip().replace(',', '.').split(" ", -1);
        return Double.parseDouble(userAndSystem[0]) + Double.parseDouble(userAndSystem[1]);
    }

    /** Of all children that have ended: proc(5), cutime and cstime. */
    private static double ticks() throws IOException {
        Path stat = Path.of("/proc/self/stat");
        if (!Files.isReadable(stat)) {
            return 0;
        }
        String text = Files.readString(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]);
    }
}

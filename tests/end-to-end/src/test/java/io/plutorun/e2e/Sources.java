package io.plutorun.e2e;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Java sources that a test compiles itself, where the build's own compiler is not what the story needs. */
final class Sources {

    private final Path directory = Directories.fresh();
    private final List<String> options = new ArrayList<>(List.of("-proc:none", "-g", "-Xlint:none", "-nowarn"));

    /** Adds a file. */
    Sources file(String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a program of {@code src/main}. */
    Sources program(Class<?> program) {
        String path = program.getName().replace('.', '/') + ".java";
        return file(path, read(Path.of(System.getProperty("basedir"), "src/main/java", path)));
    }

    /** Adds a file that lies beside the tests' classes, in the folder {@code sources}. */
    Sources resource(String path) {
        return file(path, read(Path.of(System.getProperty("basedir"), "src/test/resources/sources", path)));
    }

    /** Options of the compiler. */
    Sources options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** The sources belong to a module of the JDK. */
    Sources patching(String module) {
        return options("--patch-module", module + "=" + directory);
    }

    Sources classPath(Path... entries) {
        return options(
                "-classpath",
                Arrays.stream(entries).map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }

    /**
     * Compiles.
     *
     * @return the directory of the classes
     */
    Path compile() {
        Path classes = Directories.fresh();
        options.addAll(List.of("-d", classes.toString()));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> files = Files.walk(directory);
                var manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            StringWriter complaints = new StringWriter();
            boolean done = compiler.getTask(
                            complaints, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!done) {
                throw new AssertionError("a source of the test does not compile:\n" + complaints);
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

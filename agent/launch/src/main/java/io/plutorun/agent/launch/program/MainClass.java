package io.plutorun.agent.launch.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * The class whose main method is the program's: the one on the command line, or the one that a launcher on the command line starts. A JVM
 * that runs a tool of the JDK, a build tool, a test runner or a worker of a cluster has none.
 */
public final class MainClass {

    /** What {@code java Train.java} runs: it compiles the source, and starts the class that comes out. */
    private static final String SOURCE_LAUNCHER = "jdk.compiler/com.sun.tools.javac.launcher.";

    /** How the names of that launcher's class loaders begin. */
    private static final String SOURCE_LOADERS = "com.sun.tools.javac.launcher.";

    private final Set<String> internalNames = Collections.newSetFromMap(new ConcurrentHashMap<String, Boolean>());
    private final boolean isOfSource;
    private final @Nullable String silentLauncher;

    private MainClass(@Nullable String name, boolean isOfSource, @Nullable String silentLauncher) {
        this.isOfSource = isOfSource;
        this.silentLauncher = silentLauncher;
        if (name != null) {
            internalNames.add(name.replace('.', '/'));
        }
    }

    /** Whether the JVM tells what it was started for; one that a native program made does not. */
    public static boolean isToldByJvm() {
        return System.getProperty("sun.java.command") != null;
    }

    /** The main class of this JVM's program; null where it has none, or the JVM was not started by a launcher of the JDK. */
    public static @Nullable MainClass ofThisJvm() {
        return of(
                System.getProperty("sun.java.command"),
                System.getProperty("java.class.path", ""),
                System.getProperty("jdk.module.main"));
    }

    /**
     * The program of Python's whose Spark driver this JVM is, by the name of its script; null for none. It has no main method to track, but
     * it may train.
     */
    public static @Nullable MainClass ofPythonDriver() {
        return ofPythonDriver(System.getProperty("sun.java.command", ""));
    }

    static @Nullable MainClass ofPythonDriver(String command) {
        String name = SparkPrograms.python(words(command));
        return name == null ? null : new MainClass(name, false, null);
    }

    /** Whether this JVM is a Spark Connect server: then no one program is meant by what it trains. */
    public static boolean isSparkConnectServer() {
        return SparkPrograms.isConnectServer(words(System.getProperty("sun.java.command", "")));
    }

    /**
     * The main class that a command line means.
     *
     * @param command main class, jar or module, and the program's arguments, separated by blanks
     * @param classPath the class path; with {@code -jar}, the jar
     * @param module the main module; null for none
     */
    static @Nullable MainClass of(@Nullable String command, String classPath, @Nullable String module) {
        if (command == null) {
            return null;
        }
        if (command.startsWith(SOURCE_LAUNCHER)) {
            return new MainClass(null, true, null);
        }
        if (module != null) {
            List<String> words = words(command);
            String main = MainModule.mainClass(words.get(0), module);
            return main == null ? null : behind(main, words.subList(1, words.size()), classPath);
        }
        if (isJar(command, classPath)) {
            Attributes manifest = Manifests.of(classPath);
            if (manifest != null) {
                String main = manifest.getValue(Attributes.Name.MAIN_CLASS);
                return main == null
                        ? null
                        : behind(main.trim(), words(command.substring(classPath.length())), classPath);
            }
        }
        List<String> words = words(command);
        return words.isEmpty()
                ? null
                : behind(words.get(0).replace('/', '.'), words.subList(1, words.size()), classPath);
    }

    /** Whether a command line may be that of {@code -jar}: then the class path is the jar. */
    public static boolean isJar(String command, String classPath) {
        return !classPath.isEmpty()
                && command.startsWith(classPath)
                && (command.length() == classPath.length() || command.charAt(classPath.length()) == ' ');
    }

    private static @Nullable MainClass behind(String main, List<String> arguments, String classPath) {
        String started = Launchers.startedBy(main, arguments, classPath);
        if (started == null || Tools.include(started)) {
            return null;
        }
        return started.isEmpty() ? new MainClass(null, false, main) : new MainClass(started, false, null);
    }

    /** Whether the program's main method may be in a class that is being loaded. */
    public boolean is(String internalName, ClassLoader loader) {
        if (isOfSource && internalNames.isEmpty() && loader.getClass().getName().startsWith(SOURCE_LOADERS)) {
            internalNames.add(internalName); // it loads the main class first
        }
        return internalNames.contains(internalName);
    }

    /** Internal names, empty where the name is not known yet. Who finds that the method is inherited adds the class that has it. */
    public Set<String> internalNames() {
        return internalNames;
    }

    /** Whether the program is a source file that the launcher of the JDK compiles. */
    public boolean isOfSource() {
        return isOfSource;
    }

    /** A launcher that does not tell which class it starts; null where the class is known, or is going to be. */
    public @Nullable String silentLauncher() {
        return silentLauncher;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf(' ', start);
            end = end < 0 ? text.length() : end;
            if (end > start) {
                words.add(text.substring(start, end));
            }
            start = end + 1;
        }
        return words;
    }
}
